import { generateKeyPairSync } from "node:crypto";
import { type AlipayControl, identities, type Started, startAlipay } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { type AlipayOpenSettings, alipayOpen } from "./alipay.ts";

let alipay: Started<AlipayControl>;
const adapter = (more: Partial<AlipayOpenSettings> = {}) =>
  alipayOpen({
    dial: makeDial({ system: "alipay", ...quick }),
    now: Date.now,
    appid: env(alipay, "ALIPAY_APPID"),
    privateKey: env(alipay, "ALIPAY_PRIVATE_KEY"),
    publicKey: env(alipay, "ALIPAY_PUBLIC_KEY"),
    aesKey: env(alipay, "ALIPAY_AES_KEY"),
    gateway: env(alipay, "ALIPAY_GATEWAY"),
    authorize: env(alipay, "ALIPAY_AUTHORIZE"),
    ...more,
  });

beforeAll(async () => {
  alipay = await startAlipay();
});
afterAll(() => alipay.close());
beforeEach(() => alipay.control.clearFaults());

const otherKeys = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });

describe("an auth code", () => {
  test("gives the open id, once; used, unknown and empty ones are a no", async () => {
    const code = alipay.control.issueCode("a_1");
    expect(await adapter().session(code)).toEqual({ openId: "a_1" });
    for (const spent of [code, "nonsense", "", "码&app_id=1"])
      expect(await adapter().session(spent)).toEqual({ no: "bad-code" });
  });

  test("works in whatever time zone the process runs", async () => {
    vi.stubEnv("TZ", "America/New_York");
    const answer = await adapter().session(alipay.control.issueCode("a_1"));
    vi.unstubAllEnvs();
    expect(answer).toEqual({ openId: "a_1" });
  });

  test("an answer signed by somebody else is not believed", async () => {
    alipay.control.fault({ kind: "bad-signature" });
    const fault = await faultOf(adapter().session(alipay.control.issueCode("a_1")));
    expect([fault.kind, fault.detail, fault.unknown]).toEqual(["bad-answer", "signature does not hold", true]);
  });

  test("an unsigned answer is not believed, good or bad", async () => {
    for (const code of [alipay.control.issueCode("a_1"), "nonsense"]) {
      alipay.control.fault({ kind: "unsigned" });
      expect((await faultOf(adapter().session(code))).detail).toBe("unsigned");
    }
  });

  test("an answer whose node comes twice, one copy signed and one forged, is not believed", async () => {
    alipay.control.fault({ kind: "duplicate-node" });
    expect((await faultOf(adapter().session(alipay.control.issueCode("a_1")))).detail).toBe("a node comes twice");
  });

  test.each([
    ["busy", "bad-answer"],
    ["rate-limit", "busy"],
    ["malformed", "bad-answer"],
    ["5xx", "down"],
    ["drop", "down"],
    ["lost", "down"],
  ] as const)("%s: a fault of kind %s", async (kind, expected) => {
    alipay.control.fault({ kind, on: "oauth.token" });
    expect((await faultOf(adapter().session(alipay.control.issueCode("a_1")))).kind).toBe(expected);
  });
});

describe("keys", () => {
  test("of another app are refused by the gateway, and that is ours to mend", async () => {
    const fault = await faultOf(adapter({ privateKey: otherKeys().privateKey }).session("x"));
    expect([fault.kind, fault.detail]).toEqual(["config", "isv.invalid-signature"]);
    expect((await faultOf(adapter({ appid: "other" }).session("x"))).detail).toBe("isv.invalid-app-id");
  });

  test("that cannot be read stop the start without being quoted", () => {
    expect(() => adapter({ privateKey: "S3CRET" })).toThrow("alipay: config (private key is not a usable RSA key)");
    expect(() => adapter({ publicKey: "S3CRET" })).toThrow("alipay: config (public key is not a usable RSA key)");
    expect(() => adapter({ aesKey: "S3CRET" })).toThrow("alipay: config (AES key is not 16 bytes)");
  });

  test("health tells right from wrong on both sides of the signature", async () => {
    expect(await adapter().check()).toEqual({ ok: true });
    expect((await adapter({ privateKey: otherKeys().privateKey }).check()).ok).toBe(false);
    expect((await adapter({ publicKey: otherKeys().publicKey }).check()).ok).toBe(false);
  });
});

describe("the phone number that the mini-program hands over", () => {
  test("opens when Alipay signed it", async () => {
    const { response, sign } = alipay.control.issuePhone("19900000001");
    expect(await adapter().phone(response, sign)).toEqual({ phone: "19900000001" });
  });

  test("is refused as forged when one letter differs, the signature is another's, or there is none", async () => {
    const { response, sign } = alipay.control.issuePhone("19900000001");
    const other = alipay.control.issuePhone("19900000002");
    const tampered = (response.startsWith("A") ? "B" : "A") + response.slice(1);
    for (const [text, by] of [
      [tampered, sign],
      [other.response, sign],
      [response, ""],
      [response, "not base64 §"],
      ["", ""],
    ] as const)
      expect(await adapter().phone(text, by)).toEqual({ no: "forged" });
  });

  test("Alipay's own signed refusal is a no of its own", async () => {
    const { response, sign } = alipay.control.issuePhone("", "40003");
    expect(await adapter().phone(response, sign)).toEqual({ no: "not-allowed" });
  });

  test("a foreign number is a no; a key that does not open it is ours to mend", async () => {
    const foreign = alipay.control.issuePhone("85251234567");
    expect(await adapter().phone(foreign.response, foreign.sign)).toEqual({ no: "foreign-number" });
    const { response, sign } = alipay.control.issuePhone("19900000001");
    const wrongKey = adapter({ aesKey: Buffer.alloc(16, 7).toString("base64") });
    expect((await faultOf(wrongKey.phone(response, sign))).kind).toBe("config");
  });
});

test("H5 inside Alipay: the page sends the browser back with a code for the same person", async () => {
  const url = adapter().authorizeUrl({ back: "http://localhost:8080/alipay/back", state: "s1" });
  const page = await (await fetch(url)).text();
  const link = /href="([^"]+as=elder[^"]*)"/.exec(page)?.[1]?.replaceAll("&#38;", "&") ?? "";
  const hop = await fetch(new URL(link, alipay.url), { redirect: "manual" });
  const landed = new URL(hop.headers.get("location") ?? "");
  expect(landed.searchParams.get("state")).toBe("s1");
  const openId = identities("elder").alipayOpenId;
  expect(await adapter().session(landed.searchParams.get("auth_code") ?? "")).toEqual({ openId });
});
