import { createPrivateKey, createPublicKey, createSign, createVerify, type KeyObject } from "node:crypto";
import { OutsideFault } from "../fault.ts";
import { isObject, type Json } from "../parse.ts";
import type { Dial } from "../ports.ts";
import { nodeOf } from "./alipay-answer.ts";

export const SYSTEM = "alipay";

export type AlipaySettings = {
  dial: Dial;
  /** Epoch milliseconds. */
  now: () => number;
  appid: string;
  /** PEM, or the bare base64 that Alipay's key tool gives (PKCS#8 or PKCS#1). */
  privateKey: string;
  /** Alipay's public key (not the app's): PEM or bare base64. */
  publicKey: string;
  /** https://openapi.alipay.com/gateway.do */
  gateway: string;
};

export type AlipayClient = {
  /**
   * Calls a method with its top-level fields. The answer's signature has been checked over its raw text; `ok` false is the
   * gateway's signed refusal (`code`, `sub_code`).
   */
  call(method: string, fields: Record<string, string>): Promise<{ ok: boolean; answer: Json }>;
  /** Did Alipay sign this text? */
  signed(text: string, signature: string): boolean;
};

function key<T>(what: string, make: () => T): T {
  try {
    return make();
  } catch {
    // The cause would quote the key.
    throw new OutsideFault(SYSTEM, "config", { detail: `${what} is not a usable RSA key` });
  }
}

const isPem = (text: string) => text.includes("-----BEGIN");

function privateKeyOf(text: string): KeyObject {
  if (isPem(text)) return key("private key", () => createPrivateKey(text));
  const der = Buffer.from(text, "base64");
  try {
    return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  } catch {
    return key("private key", () => createPrivateKey({ key: der, format: "der", type: "pkcs1" }));
  }
}

const publicKeyOf = (text: string): KeyObject =>
  key("public key", () =>
    isPem(text)
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" }),
  );

/** The gateway reads Beijing wall time, wherever this process runs. */
const beijing = (ms: number) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" }).format(ms);

/**
 * Alipay's signed gateway (OpenAPI 2.0, RSA2). Made by hand because the vendor's SDK takes the process's time zone, skips the
 * check when the key is missing and accepts an answer whose node comes twice.
 */
export function alipayClient({ dial, now, appid, privateKey, publicKey, gateway }: AlipaySettings): AlipayClient {
  const ours = privateKeyOf(privateKey);
  const theirs = publicKeyOf(publicKey);
  const signed = (text: string, signature: string) =>
    signature !== "" && createVerify("RSA-SHA256").update(text, "utf8").verify(theirs, signature, "base64");

  return {
    signed,
    async call(method, own) {
      const common = { app_id: appid, method, format: "JSON", charset: "utf-8", sign_type: "RSA2", version: "1.0" };
      const fields: Record<string, string> = { ...common, timestamp: beijing(now()), ...own };
      const text = Object.keys(fields)
        .filter((name) => fields[name] !== "")
        .sort()
        .map((name) => `${name}=${fields[name]}`)
        .join("&");
      const sign = createSign("RSA-SHA256").update(text, "utf8").sign(ours, "base64");
      const body = new URLSearchParams({ ...fields, sign }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded;charset=utf-8" };
      const reply = await dial({ url: gateway, method: "POST", headers, body, idempotent: false });
      const bad = (detail: string) => new OutsideFault(SYSTEM, "bad-answer", { detail, status: reply.status });
      const raw = new TextDecoder().decode(reply.body);
      const node = nodeOf(raw, `${method.replaceAll(".", "_")}_response`);
      if ("fault" in node) throw bad(node.fault);
      if (!signed(node.text, node.sign)) throw bad(node.sign ? "signature does not hold" : "unsigned");
      const answer: unknown = JSON.parse(node.text);
      if (!isObject(answer)) throw bad("not an object");
      return { ok: !node.error && (answer.code === undefined || answer.code === "10000"), answer };
    },
  };
}
