import { type AlipayControl, type Started, startAlipay } from "@weimenhu/sandbox";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { alipaySafety } from "./alipay.ts";

let vendor: Started<AlipayControl>;
const adapter = () =>
  alipaySafety({
    dial: makeDial({ system: "alipay", ...quick }),
    now: Date.now,
    appid: env(vendor, "ALIPAY_APPID"),
    privateKey: env(vendor, "ALIPAY_PRIVATE_KEY"),
    publicKey: env(vendor, "ALIPAY_PUBLIC_KEY"),
    gateway: env(vendor, "ALIPAY_GATEWAY"),
    channel: "tinyapp-eco-open",
  });
const words = (text: string) => adapter().words({ text, who: "a_1", what: "post" });

beforeAll(async () => {
  vendor = await startAlipay();
  vendor.control.judge("办证刻章", "block", "TJ_ILLEGAL_MC");
  vendor.control.judge("有点像", "review", "TJ_ABUSES_MC");
  vendor.control.judge("bad", "block", "TJ_PORN_MC");
});
afterEach(() => vendor.control.clearFaults());
afterAll(() => vendor.close());

test("words and pictures get Alipay's verdict in our words, at once", async () => {
  expect(await words("早上好 𠮷")).toEqual({ says: "pass", label: "other" });
  expect(await words("办\u200b证刻章")).toEqual({ says: "risky", label: "crime" });
  expect(await words("有点像")).toEqual({ says: "review", label: "abuse" });
  const picture = (url: string) => adapter().picture({ url, who: "", key: "k" });
  expect(await picture("https://x/1.jpg")).toEqual({ says: "pass", label: "other" });
  expect(await picture("https://x/bad.jpg")).toEqual({ says: "risky", label: "porn" });
});

test("the longest post is looked at whole, also where one question ends and the next begins", async () => {
  const long = `${"好".repeat(1_898)}办证刻章${"好".repeat(100)}`;
  expect((await words(long)).valueOf()).toEqual({ says: "risky", label: "crime" });
  expect(await words("𠮷".repeat(2_061))).toEqual({ says: "pass", label: "other" });
  expect(vendor.control.lookedAt().every(({ letters }) => letters <= 2_000)).toBe(true);
});

test.each([
  ["5xx", "down"],
  ["drop", "down"],
  ["lost", "down"],
  ["malformed", "bad-answer"],
  ["bad-signature", "bad-answer"],
  ["unsigned", "bad-answer"],
  ["busy", "busy"],
  ["rate-limit", "busy"],
] as const)("%s: there is no answer, and never a pass", async (kind, expected) => {
  vendor.control.fault({ kind, on: "sync.detect" });
  expect((await faultOf(words("好"))).kind).toBe(expected);
});

test("a slow Alipay is a time-out", async () => {
  vendor.control.fault({ kind: "delay", ms: 3_000 });
  expect((await faultOf(words("好"))).kind).toBe("timeout");
});
