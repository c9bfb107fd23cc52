import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import Fastify, { type FastifyReply } from "fastify";
import { encodingOf, type File, filesOf } from "../serve/files.ts";

/**
 * The folder of the same app as Taro builds it by default (`miniapp/config/plain.ts`). It takes a minute, so it is kept as
 * long as the sources stay the same.
 */
export async function plainBuild(root: string): Promise<string> {
  const out = path.join(root, "node_modules/.cache/h5-plain");
  const note = path.join(out, "made-from");
  const sources = digestOf(root, ["miniapp/src", "miniapp/config", "packages/contract/src", "packages/domain/src"]);
  if (existsSync(note) && readFileSync(note, "utf8") === sources) return out;
  rmSync(out, { recursive: true, force: true });
  const words = ["TARO_PLAIN=1", "NODE_ENV=production", path.join(root, "node_modules/.bin/taro")];
  const how = ["build", "--type", "h5", "--no-check", "--disable-global-config"];
  const cwd = path.join(root, "miniapp");
  const code = await new Promise<number | null>((ended, failed) => {
    spawn("env", [...words, ...how], { cwd, stdio: ["ignore", "ignore", "inherit"] })
      .on("error", failed)
      .on("close", ended);
  });
  if (code !== 0 || !existsSync(path.join(out, "index.html"))) throw new Error("Taro's default build failed");
  writeFileSync(note, sources);
  return out;
}

function digestOf(root: string, folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders)
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile()) hash.update(path.relative(root, file)).update(readFileSync(file));
    }
  return hash.digest("hex");
}

/** Serves that build as well as files can be served (squeezed like ours, kept for good), before the same API. */
export async function servePlain(folder: string, api: string): Promise<{ url: string; close: () => Promise<void> }> {
  const files = filesOf(folder);
  const app = Fastify();
  for (const [name, file] of files) app.get(`/${name}`, async (req, reply) => give(req.headers, reply, file));
  const start = files.get("index.html");
  if (!start) throw new Error("Taro's default build has no index.html");
  app.get("/*", async (req, reply) => give(req.headers, reply, start));
  app.get("/trpc/*", async (req, reply) => {
    const answer = await fetch(new URL(req.url, api), { headers: { "x-client": String(req.headers["x-client"]) } });
    const type = answer.headers.get("content-type") ?? "application/json";
    return reply
      .code(answer.status)
      .type(type)
      .send(await answer.text());
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return { url, close: () => app.close() };
}

async function give(
  headers: { "accept-encoding"?: string | string[] | undefined },
  reply: FastifyReply,
  file: File,
): Promise<unknown> {
  const encoding = encodingOf(headers["accept-encoding"]);
  const body = encoding ? await file.squeezed(encoding) : file.body;
  if (encoding && body !== file.body) reply.header("content-encoding", encoding);
  return reply.type(file.type).send(body);
}
