import path from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readBuild } from "../prerender/build.ts";
import { type Painter, type PainterDeps, painter } from "../prerender/paint.ts";
import { loadViews } from "../prerender/views.ts";
import { icon, manifest } from "../shell/manifest.ts";
import { encodingOf, type File, fileOf, filesOf } from "./files.ts";
import { baseHeaders, deskHeaders } from "./headers.ts";
import { hashedName, readText, workerText } from "./worker.ts";

export type H5Deps = PainterDeps & {
  /** The checkout in whose `miniapp/dist` and `h5/desk/dist` the builds lie. */
  root: string;
  /** A page could not be drawn. */
  onFault: (fault: unknown, request: string) => void;
};

/** Pages, files and the desk: all that a browser asks of the site beside the API. */
export async function h5Site(app: FastifyInstance, deps: H5Deps): Promise<void> {
  const built = path.resolve(deps.root, "miniapp/dist");
  const files = filesOf(path.join(built, "h5"));
  const secure = deps.publicUrl.startsWith("https:");
  const build = readBuild(files);
  const views = await loadViews(path.join(built, "views/index.mjs"));
  const boot = addShell(files, deps);
  const paint = painter({ ...deps, views, build, boot: `/${boot}`, secure });

  for (const [name, file] of files) app.get(`/${name}`, (req, reply) => give(req, reply, file, secure));
  app.get("/sitemap.xml", async (_req, reply) =>
    reply
      .headers(baseHeaders(secure))
      .type("application/xml; charset=utf-8")
      .send(await paint.sitemap()),
  );
  for (const where of ["/", "/*"]) app.get(where, (req, reply) => page(req, reply, paint, deps.onFault));
  // A missing file is not a missing page: nobody reads it.
  for (const where of ["/js/*", "/css/*"]) app.get(where, (_req, reply) => reply.callNotFound());
  deskRoutes(app, filesOf(path.resolve(deps.root, "h5/desk/dist")), secure);
}

/** What stands beside the app's own files; answers the name of the script that goes with every page of the app. */
function addShell(files: Map<string, File>, { site, publicUrl }: H5Deps): string {
  const add = (name: string, text: string) => files.set(name, fileOf(name, Buffer.from(text)));
  const bootText = readText("../shell/boot.js");
  const boot = hashedName("boot", bootText);
  files.delete("index.html");
  add(boot, bootText);
  const listed = [...files.keys()].filter((name) => /\.(js|css)$/.test(name)).map((name) => `/${name}`);
  add("sw.js", workerText(readText("../shell/worker.js"), listed));
  add("manifest.webmanifest", JSON.stringify(manifest(site.name)));
  add("icon.svg", icon);
  const closed = ["/desk/", "/trpc/", "/auth/", "/leave"].map((where) => `Disallow: ${where}\n`).join("");
  add("robots.txt", `User-agent: *\n${closed}Sitemap: ${publicUrl}/sitemap.xml\n`);
  return boot;
}

function deskRoutes(app: FastifyInstance, desk: Map<string, File>, secure: boolean): void {
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
  if (matches(req, file.etag)) return reply.code(304).send();
  reply.type(file.type);
  const body = encoding ? await file.squeezed(encoding) : file.body;
  if (encoding && body !== file.body) reply.header("content-encoding", encoding);
  return reply.send(body);
}

async function page(
  req: FastifyRequest,
  reply: FastifyReply,
  paint: Painter,
  onFault: H5Deps["onFault"],
): Promise<FastifyReply> {
  const cookies = req.headers.cookie ?? "";
  const made = await paint.page(req.url, cookies).catch((fault: unknown) => {
    onFault(fault, req.id);
    reply.header("retry-after", "5");
    return paint.fault(req.url, cookies);
  });
  if ("moved" in made) return reply.redirect(made.moved, 308);
  reply.code(made.status).headers(made.headers).header("vary", "accept-encoding, cookie");
  if (made.status >= 500) reply.header("cache-control", "no-store");
  else reply.header("cache-control", "no-cache").header("etag", made.etag);
  if (made.status === 200 && matches(req, made.etag)) return reply.code(304).send();
  const encoding = encodingOf(req.headers["accept-encoding"]);
  if (!encoding) return reply.send(made.html);
  return reply.header("content-encoding", encoding).send(await made.squeezed(encoding));
}

/** Proxies that squeeze make a strong tag weak, so both are the same to us. */
function matches(req: FastifyRequest, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return (req.headers["if-none-match"] ?? "").split(",").some((tag) => bare(tag) === bare(etag));
}
