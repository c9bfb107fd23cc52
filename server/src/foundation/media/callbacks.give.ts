import { Readable } from "node:stream";
import { OutsideFault } from "@weimenhu/connectors/fault";
import type { Storage } from "@weimenhu/connectors/ports";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Refusal, refuse } from "../../kernel/refuse.ts";
import { wireError } from "../../kernel/rpc-error.ts";
import type { Addresses } from "./service.addresses.ts";
import type { Sight } from "./service.sight.ts";
import { isPicture, readName } from "./view.ts";

const types: Record<string, string> = {
  jpg: "image/jpeg",
  png: "image/png",
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
};

/**
 * A name stands for its content for ever, but not for being public: what was withdrawn must leave browsers and caches on
 * the way as well. After a minute they ask again, and are answered with 304 or with 404.
 */
const kept = "max-age=60, must-revalidate";

export type Give = {
  storage: Storage;
  sightOf: (digest: string) => Promise<Sight>;
  addresses: Addresses;
  now: () => number;
};

/** As `given`; when the store does not answer, the phone is told to come again. */
export async function give(giving: Give, request: FastifyRequest<{ Params: { name: string } }>, reply: FastifyReply) {
  try {
    return await given(giving, request, reply);
  } catch (fault) {
    if (!(fault instanceof OutsideFault)) throw fault;
    request.log.error({ err: fault }, "a file could not be read");
    return refused(reply.removeHeader("etag").header("retry-after", 5), refuse("OUTSIDE_DOWN"));
  }
}

/** Gives a file out, whole or the part that was asked for (RFC 9110 §14): a download on a weak network goes on where it broke. */
async function given(
  { storage, sightOf, addresses, now }: Give,
  request: FastifyRequest<{ Params: { name: string } }>,
  reply: FastifyReply,
) {
  const name = readName(request.params.name);
  if (!name) return missing(reply);
  const query = request.query as Record<string, unknown>;
  const sight = await sightOf(name.digest);
  const isGiven = sight === "public" || (sight === "signed" && addresses.holds(name, query, now()));
  const file = isGiven ? await storage.find(request.params.name) : undefined;
  if (!file) return missing(reply);
  const etag = `"${request.params.name}"`;
  const { headers } = request;
  reply.headers({ etag, "cache-control": `${sight === "public" ? "public" : "private"}, ${kept}` });
  if (isAmong(headers["if-none-match"], etag)) return reply.code(304).send();
  const savedAs = typeof query["as"] === "string" ? query["as"] : "";
  reply.headers({
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  });
  // A part of what has changed meanwhile would not fit to the rest.
  const goesOn = headers["if-range"] === undefined || headers["if-range"] === etag;
  const part = request.method === "GET" && goesOn ? partOf(headers.range, file.bytes) : "whole";
  if (part === "outside")
    return reply
      .code(416)
      .headers({ "cache-control": "no-store", "content-range": `bytes */${file.bytes}` })
      .send();
  const { from, to } = part === "whole" ? { from: 0, to: file.bytes - 1 } : part;
  const bytes = request.method === "HEAD" ? Readable.from([]) : await file.stream(part === "whole" ? undefined : part);
  if (part !== "whole") reply.code(206).header("content-range", `bytes ${from}-${to}/${file.bytes}`);
  return reply
    .headers({
      "content-type": types[name.kind] ?? "application/octet-stream",
      "content-length": to - from + 1,
      "content-disposition": isPicture(name.kind) ? "inline" : attachment(savedAs, name.kind),
    })
    .send(bytes);
}

const missing = (reply: FastifyReply) => refused(reply, refuse("NOT_FOUND"));

function refused(reply: FastifyReply, refusal: Refusal) {
  return reply
    .code(refusal.http)
    .header("cache-control", "no-store")
    .send({ error: wireError(refusal, "media", undefined) });
}

/** Weak comparison; caches on the way mark a tag as weak when they pack the bytes. */
const isAmong = (tags: string | undefined, etag: string): boolean =>
  (tags ?? "").split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);

export type Part = { from: number; to: number };

/** Several parts at once, another unit and what cannot be read are answered with the whole. */
export function partOf(range: string | undefined, bytes: number): Part | "whole" | "outside" {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return "whole";
  if (first === "") return Number(last) === 0 ? "outside" : { from: Math.max(0, bytes - Number(last)), to: bytes - 1 };
  const from = Number(first);
  const to = last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== "" && Number(last) < from) return "whole";
  return from >= bytes ? "outside" : { from, to };
}

/** The kind is ours, whatever the address says; RFC 5987 for the rest. */
function attachment(savedAs: string, kind: string): string {
  const base = [...savedAs.replace(/\.[a-z0-9]{1,5}$/i, "").replace(/[\p{Cc}\p{Cf}\p{Cs}/\\"]/gu, "")]
    .slice(0, 100)
    .join("");
  const name = encodeURIComponent(`${base || "附件"}.${kind}`).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="file.${kind}"; filename*=UTF-8''${name}`;
}
