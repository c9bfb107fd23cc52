import { createHash, randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { field, type Started, serve } from "../serve.ts";
import { type Credentials, refusalOf } from "./signature.ts";

export type S3Options = Partial<Credentials> & {
  port?: number;
  bucket?: string;
  /** So many names on one page of a list; 1000 when left out. */
  pageSize?: number;
};
export type S3Control = {
  /** Names of everything in the bucket, sorted. */
  keys(): string[];
  /** Does this hold these bytes (base64)? */
  content(key: string): string | undefined;
};

const status: Record<string, number> = { XAmzContentSHA256Mismatch: 400, AuthorizationHeaderMalformed: 400 };
const largest = 64 << 20;

/** A store that speaks S3, with path-style addresses: put, copy, get (whole or a range), head, delete, list version 2. */
export function startS3(options: S3Options = {}): Promise<Started<S3Control>> {
  const { accessKey = "AKIADEMO0000", secret = randomBytes(20).toString("hex") } = options;
  const { region = "cn-demo-1", bucket = "weimenhu-demo", pageSize = 1_000 } = options;
  return serve<S3Control>({
    port: options.port,
    about: { title: "沙箱：对象存储", what: "演示用：这里代替真实的对象存储，照片和附件存在内存里。没有要操作的。" },
    nameOf: (request) => `${request.method} ${request.url}`,
    env: (url) => ({
      S3_ENDPOINT: url,
      S3_REGION: region,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY: accessKey,
      S3_SECRET: secret,
      S3_PATH_STYLE: "1",
    }),
    build(app, faults) {
      const kept = new Map<string, Buffer>();
      app.addContentTypeParser("application/octet-stream", { parseAs: "buffer", bodyLimit: largest }, (_, body, done) =>
        done(null, body),
      );
      const refused = (reply: FastifyReply, code: string, http = status[code] ?? 403) =>
        reply
          .code(http)
          .type("application/xml")
          .send(
            `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>refused</Message></Error>`,
          );
      const nameOf = (request: FastifyRequest) => `${request.method} ${request.url}`;
      const etag = (bytes: Buffer) => `"${createHash("md5").update(bytes).digest("hex")}"`;

      const list = (request: FastifyRequest, reply: FastifyReply) => {
        const prefix = field(request.query, "prefix");
        const most = Math.min(Number(field(request.query, "max-keys") || pageSize), pageSize);
        const after = Buffer.from(field(request.query, "continuation-token"), "base64").toString();
        const found = [...kept.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
        const page = found.slice(0, most);
        const more = found.length > page.length;
        const token = Buffer.from(page.at(-1) ?? "").toString("base64");
        const contents = page.map(
          (key) => `<Contents><Key>${key}</Key><Size>${kept.get(key)?.length}</Size></Contents>`,
        );
        return reply
          .type("application/xml")
          .send(
            `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><Name>${bucket}</Name><IsTruncated>${more}</IsTruncated>${
              more ? `<NextContinuationToken>${token}</NextContinuationToken>` : ""
            }${contents.join("")}</ListBucketResult>`,
          );
      };
      const put = (request: FastifyRequest, reply: FastifyReply, key: string) => {
        const from = decodeURIComponent(String(request.headers["x-amz-copy-source"] ?? ""));
        const bytes = from ? kept.get(from.slice(`/${bucket}/`.length)) : request.body;
        if (!Buffer.isBuffer(bytes)) return refused(reply, "NoSuchKey", 404);
        kept.set(key, bytes);
        reply.header("etag", etag(bytes));
        return from
          ? reply.type("application/xml").send(`<CopyObjectResult><ETag>${etag(bytes)}</ETag></CopyObjectResult>`)
          : reply.send();
      };
      const get = (request: FastifyRequest, reply: FastifyReply, key: string) => {
        const whole = kept.get(key);
        if (!whole) return refused(reply, "NoSuchKey", 404);
        const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(String(request.headers.range ?? "")) ?? [];
        if (from !== undefined && Number(from) >= whole.length) return refused(reply, "InvalidRange", 416);
        const part = from === undefined ? whole : whole.subarray(Number(from), Number(to) + 1);
        reply.headers({ "content-type": "application/octet-stream", etag: etag(whole) });
        if (from !== undefined)
          reply.code(206).header("content-range", `bytes ${from}-${Number(from) + part.length - 1}/${whole.length}`);
        if (request.method === "HEAD") return reply.header("content-length", part.length).send();
        if (!faults.take(nameOf(request), ["cut"])) return reply.send(part);
        reply.hijack();
        const half = part.subarray(0, part.length / 2);
        reply.raw.writeHead(200, { "content-length": part.length });
        reply.raw.write(half, () => request.raw.socket.destroy());
        return reply;
      };

      app.route<{ Params: { bucket: string; "*": string } }>({
        method: ["GET", "HEAD", "PUT", "DELETE"],
        url: "/:bucket/*",
        exposeHeadRoute: false,
        handler(request, reply) {
          const refusal = refusalOf(request, { accessKey, secret, region });
          if (refusal) return refused(reply, refusal);
          if (request.params.bucket !== bucket) return refused(reply, "NoSuchBucket", 404);
          if (faults.take(nameOf(request), ["rate-limit"])) return refused(reply, "SlowDown", 503);
          if (faults.take(nameOf(request), ["busy"])) return refused(reply, "OperationAborted", 409);
          const key = request.params["*"];
          if (request.method === "GET" && key === "") return list(request, reply);
          if (request.method === "PUT") return put(request, reply, key);
          if (request.method !== "DELETE") return get(request, reply, key);
          kept.delete(key);
          return reply.code(204).send();
        },
      });
      return {
        keys: () => [...kept.keys()].sort(),
        content: (key) => kept.get(key)?.toString("base64"),
      };
    },
  });
}
