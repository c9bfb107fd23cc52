import { createHash, createHmac, randomBytes } from "node:crypto";
import { type Json, jsonOf } from "../parse.ts";
import type { Dial } from "../ports.ts";

export const SYSTEM = "aliyun-sms";

export type AliyunSettings = {
  dial: Dial;
  /** Epoch milliseconds. */
  now: () => number;
  accessKey: string;
  secret: string;
  /** https://dysmsapi.aliyuncs.com */
  endpoint: string;
};

export type SignedCall = {
  host: string;
  action: string;
  version: string;
  /** `yyyy-MM-ddTHH:mm:ssZ` */
  date: string;
  nonce: string;
  params: Record<string, string>;
};

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

/** RFC 3986: also what `encodeURIComponent` leaves alone. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** ACS3-HMAC-SHA256 over an RPC call: parameters in the query, empty body. */
export function signAcs3(
  keys: { accessKey: string; secret: string },
  call: SignedCall,
): { query: string; headers: Record<string, string> } {
  const hash = sha256("");
  const signed: Record<string, string> = {
    host: call.host,
    "x-acs-action": call.action,
    "x-acs-content-sha256": hash,
    "x-acs-date": call.date,
    "x-acs-signature-nonce": call.nonce,
    "x-acs-version": call.version,
  };
  const query = Object.entries(call.params)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const names = Object.keys(signed).sort();
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join("");
  const canonical = ["POST", "/", query, lines, names.join(";"), hash].join("\n");
  const signature = createHmac("sha256", keys.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest("hex");
  const authorization = `ACS3-HMAC-SHA256 Credential=${keys.accessKey},SignedHeaders=${names.join(";")},Signature=${signature}`;
  return { query, headers: { ...signed, authorization } };
}

const utc = (ms: number) =>
  `${new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC", dateStyle: "short", timeStyle: "medium" }).format(ms).replace(" ", "T")}Z`;

/** Calls an action of the SMS service. Never repeated: each call may send a message. */
export function aliyunClient({ dial, now, accessKey, secret, endpoint }: AliyunSettings) {
  const base = endpoint.replace(/\/$/, "");
  return async (action: string, params: Record<string, string>): Promise<Json> => {
    const { host } = new URL(base);
    const nonce = randomBytes(16).toString("hex");
    const call = { host, action, version: "2017-05-25", date: utc(now()), nonce, params };
    const { query, headers } = signAcs3({ accessKey, secret }, call);
    return jsonOf(SYSTEM, await dial({ url: `${base}/?${query}`, method: "POST", headers, idempotent: false }));
  };
}
