import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";

const WINDOW_MS = 15 * 60_000;
const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const hmac = (key: string | Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

export type Credentials = { accessKey: string; secret: string; region: string };

/** The refusal's code, or undefined when the signature (version 4, in the header) holds for what has arrived. */
export function refusalOf(request: FastifyRequest, keys: Credentials): string | undefined {
  const header = (name: string) => String(request.headers[name] ?? "").trim();
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header("authorization"),
    );
  if (!parts) return "AccessDenied";
  const [, accessKey = "", day = "", region = "", names = "", signature = ""] = parts;
  if (accessKey !== keys.accessKey) return "InvalidAccessKeyId";
  if (region !== keys.region) return "AuthorizationHeaderMalformed";
  const date = header("x-amz-date");
  const at = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  const sent = at
    ? Date.UTC(Number(at[1]), Number(at[2]) - 1, Number(at[3]), Number(at[4]), Number(at[5]), Number(at[6]))
    : 0;
  if (!date.startsWith(day) || Math.abs(Date.now() - sent) > WINDOW_MS) return "RequestTimeTooSkewed";
  const signed = names.split(";");
  const must = ["host", ...Object.keys(request.headers).filter((name) => name.startsWith("x-amz-"))];
  if (must.some((name) => !signed.includes(name))) return "AccessDenied";
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const payload = header("x-amz-content-sha256");
  const url = new URL(request.url, "http://here");
  const query = [...url.searchParams]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const path = decodeURIComponent(url.pathname).split("/").map(encode).join("/");
  const lines = signed.map((name) => `${name}:${header(name)}\n`).join("");
  const canonical = [request.method, path, query, lines, names, payload].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = [day, region, "s3", "aws4_request"].reduce<string | Uint8Array>(hmac, `AWS4${keys.secret}`);
  const right = hmac(key, ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n"));
  if (!timingSafeEqual(right, Buffer.from(signature, "hex"))) return "SignatureDoesNotMatch";
  return payload === sha256(body) ? undefined : "XAmzContentSHA256Mismatch";
}
