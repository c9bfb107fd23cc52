import { createHash, createHmac } from "node:crypto";
import { pipeline } from "node:stream/promises";
import type { StreamAnswer, StreamDial } from "../ports.ts";
import type { Source } from "./port.ts";

export type S3Settings = {
  dial: StreamDial;
  /** Epoch milliseconds. */
  now: () => number;
  /** https://oss-cn-hangzhou.aliyuncs.com */
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secret: string;
  /** `https://endpoint/bucket/key` instead of `https://bucket.endpoint/key`: MinIO and the like. */
  pathStyle: boolean;
};

type Keys = Pick<S3Settings, "accessKey" | "secret" | "region">;
export type SignedCall = {
  method: string;
  host: string;
  /** Not encoded. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** SHA-256 of the body in hex. */
  payload: string;
  /** `yyyyMMddTHHmmssZ` */
  date: string;
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();
export const nothing = sha256("");

/** RFC 3986: also what `encodeURIComponent` leaves alone. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
export const encodePath = (path: string) => path.split("/").map(encode).join("/");
const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1);
export const encodeQuery = (query: Record<string, string>) =>
  Object.entries(query)
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .toSorted(byName)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");

/** AWS Signature Version 4 in the header, for S3: the headers to send. */
export function signV4({ accessKey, secret, region }: Keys, call: SignedCall): Record<string, string> {
  const headers: Record<string, string> = {
    ...call.headers,
    host: call.host,
    "x-amz-content-sha256": call.payload,
    "x-amz-date": call.date,
  };
  const lines = Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.trim()])
    .toSorted(byName);
  const names = lines.map(([name]) => name).join(";");
  const canonical = [
    call.method,
    encodePath(call.path),
    encodeQuery(call.query),
    ...lines.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    call.payload,
  ].join("\n");
  const day = call.date.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = [day, region, "s3", "aws4_request"].reduce<string | Uint8Array>(hmac, `AWS4${secret}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", call.date, scope, sha256(canonical)].join("\n")).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope},SignedHeaders=${names},Signature=${signature}`;
  return { ...headers, authorization };
}

const utc = (ms: number) =>
  `${new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC", dateStyle: "short", timeStyle: "medium" }).format(ms).replace(/[-:]/g, "").replace(" ", "T")}Z`;

export type S3Call = {
  method: "GET" | "HEAD" | "PUT" | "DELETE";
  key: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Source;
};

/** One signed request. The body is signed too, so it is read twice: a cut or changed one is refused by the other side. */
export function s3Client(settings: S3Settings) {
  const { dial, now, bucket, pathStyle } = settings;
  const base = new URL(settings.endpoint);
  const host = pathStyle ? base.host : `${bucket}.${base.host}`;
  return async ({ method, key, query = {}, headers = {}, body }: S3Call): Promise<StreamAnswer> => {
    const path = pathStyle ? `/${bucket}/${key}` : `/${key}`;
    const payload = body ? await digestOf(body) : nothing;
    const call = { method, host, path, query, headers, payload, date: utc(now()) };
    const search = encodeQuery(query);
    const { host: _, ...signed } = signV4(settings, call);
    return dial({
      url: `${base.protocol}//${host}${encodePath(path)}${search ? `?${search}` : ""}`,
      method,
      headers: signed,
      ...(body ? { body } : {}),
    });
  };
}

async function digestOf(source: Source): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(source.open(), hash);
  return hash.digest("hex");
}
