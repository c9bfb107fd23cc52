import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import multipart, { type MultipartFile } from "@fastify/multipart";
import { OutsideFault } from "@weimenhu/connectors/fault";
import { mediaLimits, type Stored } from "@weimenhu/contract/media";
import { key as keyShape } from "@weimenhu/contract/shape";
import type { UploadRight } from "@weimenhu/domain/media/upload";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { signedIn } from "../../kernel/caller.ts";
import type { Db } from "../../kernel/db.ts";
import { type Refusal, refusalIn, refuse } from "../../kernel/refuse.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import { wireError } from "../../kernel/rpc-error.ts";
import { Limits } from "../../kernel/rpc-limits.ts";
import { drain, patience } from "./callbacks.drain.ts";
import { give } from "./callbacks.give.ts";
import type { Addresses } from "./service.addresses.ts";
import { sights } from "./service.sight.ts";
import * as service from "./service.ts";
import type { Files } from "./store.files.ts";

export type MediaRoutes = {
  db: Db;
  files: Files;
  addresses: Addresses;
  /** Who calls: the same session and cross-site checks as for every mutation. */
  context: (request: FastifyRequest, reply: FastifyReply) => Promise<Ctx>;
  /** GUARDIAN_FIRST for a child for whom nobody has agreed. */
  needConsent: (ctx: Ctx) => Promise<void>;
};

/** Uploads a minute: whole albums by hand, not a machine's flood. Behind one address may sit a whole office. */
const perMinute = { RATE_ACCOUNT: 60, RATE_ADDRESS: 300 };

/** `POST /media` takes a file in, `GET /m/:name` gives it out. */
export async function mediaRoutes(app: FastifyInstance, house: MediaRoutes): Promise<void> {
  const { db, files, addresses, context } = house;
  const giving = { storage: files.storage, addresses, sightOf: sights(db), now: () => db.clock.now() };
  const limits = new Limits(perMinute);
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { files: 1, fields: 4, fieldNameSize: 40, fieldSize: 200, fileSize: mediaLimits.file },
      throwFileSizeLimit: false,
    });
    scope.post("/media", async (request, reply) => {
      let ctx: Ctx | undefined;
      try {
        await limits.address(request.ip, 1);
        ctx = await context(request, reply);
        const { what } = service.mayUpload(ctx);
        await limits.account(signedIn(ctx).personId, 1);
        await house.needConsent(ctx);
        return await reply
          .header("cache-control", "no-store")
          .send(signed(addresses, ctx, await upload(files, ctx, request, most(what))));
      } catch (fault) {
        const whole = await drain(request.raw, ctx?.caller ? patience.known : patience.stranger);
        // What was not read any more must not be taken for the next request of this connection.
        if (!whole) reply.header("connection", "close");
        if (fault instanceof OutsideFault) request.log.error({ err: fault }, "a file was not kept");
        const refusal = refusalIn(fault) ?? away(fault) ?? broken(fault);
        if (!refusal) throw fault;
        const seconds = refusal.details?.["seconds"];
        if (typeof seconds === "number") reply.header("retry-after", seconds);
        return await reply.code(refusal.http).send({ error: wireError(refusal, "media", ctx?.requestId) });
      }
    });
  });
  app.get<{ Params: { name: string } }>("/m/:name", (request, reply) => give(giving, request, reply));
}

/** Whoever sent it looks at it before anybody shows it. */
const signed = ({ sign }: Addresses, { clock }: Ctx, stored: Stored): Stored => ({
  ...stored,
  url: sign(stored.url, clock.now(), "draft"),
  small: stored.small === null ? null : sign(stored.small, clock.now(), "draft"),
});

/** The envelope around the file is small. */
const most = (what: UploadRight["what"]) => (what === "pictures" ? mediaLimits.picture : mediaLimits.file);
const envelope = 100_000;

async function upload(files: Files, ctx: Ctx, request: FastifyRequest, bytes: number): Promise<Stored> {
  if (!request.isMultipart()) throw refuse("MALFORMED", { why: "not multipart" });
  if (Number(request.headers["content-length"] ?? 0) > bytes + envelope) throw refuse("FILE_TOO_LARGE");
  const path = files.incoming();
  try {
    let file: { bytes: number; sent: string; name: string } | undefined;
    let key = "";
    for await (const part of request.parts({ limits: { fileSize: bytes } })) {
      if (part.type === "file") file = { ...(await save(part, path)), name: part.filename };
      else if (part.fieldname === "key" && typeof part.value === "string") key = part.value;
    }
    if (!file || !keyShape.safeParse(key).success)
      throw refuse("BAD_INPUT", { details: { fields: file ? ["key"] : ["file"] } });
    return await service.receive(files, ctx, { ...file, path, key });
  } finally {
    await rm(path, { force: true });
  }
}

async function save(part: MultipartFile, path: string): Promise<{ bytes: number; sent: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(part.file, count, createWriteStream(path, { flags: "wx" }));
  if (part.file.truncated) throw refuse("FILE_TOO_LARGE");
  return { bytes, sent: hash.digest("hex") };
}

/** Nobody looked at it, or there is no place for it: later. */
function away(fault: unknown): Refusal | null {
  if (!(fault instanceof OutsideFault)) return null;
  return refuse(fault.system === "clamd" ? "FILE_UNCHECKED" : "OUTSIDE_DOWN", { details: { seconds: 30 } });
}

/** Faults of the multipart reader are the sender's. */
function broken(fault: unknown): Refusal | null {
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : "";
  if (code === "FST_REQ_FILE_TOO_LARGE") return refuse("FILE_TOO_LARGE");
  const ofSender = /^FST_(FILES|PARTS|FIELDS|INVALID|PROTO|NO_FORM)/.test(code);
  const words = fault instanceof Error ? fault.message : "";
  if (code.endsWith("_PREMATURE_CLOSE") || /unexpected end/i.test(words)) return refuse("UPLOAD_CUT");
  const ofReader = /multipart|part header/i.test(words);
  return ofSender || ofReader ? refuse("MALFORMED", { why: code || "multipart" }) : null;
}
