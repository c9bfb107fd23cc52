import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const squeeze = { br: promisify(brotliCompress), gzip: promisify(gzip) };
export type Encoding = keyof typeof squeeze;

const kinds: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};
const squeezable = /\.(js|css|html|json|webmanifest|svg)$/;

/** Only bundlers write into these folders, each name with its content's hash. */
const hashed = /^(js|css|assets)\/(.*\/)?[^/]+[.-][\w-]{8}\.\w+$/;

export type File = {
  body: Buffer;
  type: string;
  etag: string;
  immutable: boolean;
  squeezed(encoding: Encoding): Promise<Buffer>;
};

/**
 * The files of a build, held in memory (a build is under two megabytes) and squeezed once, as small as it gets: on a weak
 * network bytes are time. A name with a hash never changes its content.
 */
export function filesOf(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name.endsWith(".map")) continue;
    const full = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, full).split(path.sep).join("/");
    files.set(name, fileOf(name, readFileSync(full)));
  }
  return files;
}

export function fileOf(name: string, body: Buffer): File {
  const kept = new Map<Encoding, Promise<Buffer>>();
  return {
    body,
    type: kinds[path.extname(name)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    immutable: hashed.test(name),
    squeezed(encoding) {
      if (!squeezable.test(name)) return Promise.resolve(body);
      const made = kept.get(encoding) ?? smaller(encoding, body);
      kept.set(encoding, made);
      return made;
    },
  };
}

const smaller = (encoding: Encoding, body: Buffer): Promise<Buffer> =>
  encoding === "br"
    ? squeeze.br(body, { params: { [constants.BROTLI_PARAM_QUALITY]: body.length > 400_000 ? 9 : 11 } })
    : squeeze.gzip(body, { level: 9 });

/** For pages made on the fly: quick, still a third of the size. */
export const squeezePage = (encoding: Encoding, text: string): Promise<Buffer> =>
  encoding === "br" ? squeeze.br(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : squeeze.gzip(text);

export function encodingOf(accepts: string | string[] | undefined): Encoding | null {
  const text = String(accepts ?? "");
  if (/\bbr\b/.test(text)) return "br";
  return /\bgzip\b/.test(text) ? "gzip" : null;
}
