import { createHash } from "node:crypto";
import path from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Site } from "../prerender/meta.ts";
import { type Painter, painter } from "../prerender/paint.ts";
import { icon, manifest } from "../shell/manifest.ts";
import { encodingOf, type File, fileOf, filesOf, squeezePage } from "./files.ts";
import { baseHeaders, deskHeaders } from "./headers.ts";
import { readText, workerText } from "./worker.ts";

export type H5Deps = {
  /** The checkout in whose `miniapp/dist` and `h5/desk/dist` the builds lie. */
  root: string;
  site: Site;
  /** Region code of the county that is shown to somebody who follows no village. */
  home: string;
  publicUrl: string;
  now: () => number;
  /** Public queries of the API, asked from inside: `ask("notices.list", {})`. */
  ask: (path: string, input: object) => Promise<unknown>;
};

/** Pages, files and the desk: all that a browser asks of the site beside the API. */
export async function h5Site(app: FastifyInstance, deps: H5Deps): Promise<void> {
  const built = path.resolve(deps.root, "miniapp/dist");
  const files = filesOf(path.join(built, "h5"));
  const desk = filesOf(path.resolve(deps.root, "h5/desk/dist"));
  const secure = deps.publicUrl.startsWith("https:");
  const paint = await painter({ ...deps, files, views: path.join(built, "views/index.mjs"), secure });
  const hashed = [...files.keys()].filter((name) => /^(js|css)\//.test(name)).map((name) => `/${name}`);
  files.set("sw.js", fileOf("sw.js", Buffer.from(workerText(readText("../shell/worker.js"), hashed, paint.version))));
  files.set("manifest.webmanifest", fileOf("m.webmanifest", Buffer.from(JSON.stringify(manifest(deps.site.name)))));
  files.set("icon.svg", fileOf("icon.svg", Buffer.from(icon)));
  files.set(
    "robots.txt",
    fileOf(
      "robots.txt",
      Buffer.from(`User-agent: *\nDisallow: /desk/\nDisallow: /trpc/\nSitemap: ${deps.publicUrl}/sitemap.xml\n`),
    ),
  );
  files.delete("index.html");

  for (const [name, file] of files)
    app.get(`/${name}`, { exposeHeadRoute: true }, (req, reply) => give(req, reply, file, secure));
  for (const where of paint.paths) app.get(where, (req, reply) => page(paint, req, reply));
  app.get("/sitemap.xml", async (_req, reply) =>
    reply.type("application/xml; charset=utf-8").send(await paint.sitemap()),
  );

  const start = desk.get("index.html");
  app.get("/desk", (_req, reply) => reply.redirect("/desk/", 308));
  app.get("/desk/*", (req: FastifyRequest<{ Params: { "*": string } }>, reply) => {
    const file = desk.get(req.params["*"]);
    if (file && file !== start) return give(req, reply, file, secure);
    if (!start || /\.\w{2,5}$/.test(req.params["*"])) return reply.callNotFound();
    return give(req, reply.headers(deskHeaders(secure)), start, secure);
  });
}

async function give(req: FastifyRequest, reply: FastifyReply, file: File, secure: boolean): Promise<FastifyReply> {
  const encoding = encodingOf(req.headers["accept-encoding"]);
  reply.headers(baseHeaders(secure)).header("vary", "accept-encoding").header("etag", file.etag);
  reply.header("cache-control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (req.headers["if-none-match"] === file.etag) return reply.code(304).send();
  reply.type(file.type);
  const body = encoding ? await file.squeezed(encoding) : file.body;
  if (encoding && body !== file.body) reply.header("content-encoding", encoding);
  return reply.send(body);
}

async function page(paint: Painter, req: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const url = new URL(req.url, "http://site");
  const { status, html, headers } = await paint.page(url, req.headers.cookie ?? "");
  const etag = `"${createHash("sha256").update(html).digest("base64url").slice(0, 22)}"`;
  reply
    .code(status)
    .headers(headers)
    .header("vary", "accept-encoding, cookie")
    .header("etag", etag)
    .header("cache-control", "no-cache");
  if (req.headers["if-none-match"] === etag) return reply.code(304).send();
  const encoding = encodingOf(req.headers["accept-encoding"]);
  if (!encoding) return reply.send(html);
  return reply.header("content-encoding", encoding).send(await squeezePage(encoding, html));
}
