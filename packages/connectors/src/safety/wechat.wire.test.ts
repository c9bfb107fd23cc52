import { createServer, type Server } from "node:http";
import { type Started, startWechat, type WechatControl } from "@weimenhu/sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import { wechatTokens } from "../login/wechat.client.ts";
import { wechatMini } from "../login/wechat.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { wechatSafety } from "./wechat.ts";
import { wechatPush } from "./wechat-push.ts";

let vendor: Started<WechatControl>;
let ours: Server;
const got: { query: Record<string, string>; body: string }[] = [];

const settings = () => ({
  dial: makeDial({ system: "wechat", ...quick }),
  now: Date.now,
  appid: env(vendor, "WECHAT_APPID"),
  secret: env(vendor, "WECHAT_SECRET"),
  base: env(vendor, "WECHAT_BASE"),
});
const adapter = () => wechatSafety(settings());
const push = () =>
  wechatPush({
    appid: env(vendor, "WECHAT_APPID"),
    token: env(vendor, "WECHAT_PUSH_TOKEN"),
    aesKey: env(vendor, "WECHAT_PUSH_KEY"),
  });
const words = (text: string, who = "o_1") => adapter().words({ text, who, what: "post" });
const picture = (url: string, who = "o_1") => adapter().picture({ url, who, key: "k" });

beforeAll(async () => {
  vendor = await startWechat();
  ours = createServer((request, answer) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      const query = Object.fromEntries(new URL(request.url ?? "", "http://here").searchParams);
      got.push({ query, body });
      answer.end("success");
    });
  });
  await new Promise<void>((resolve) => ours.listen(0, "127.0.0.1", resolve));
  const at = ours.address();
  vendor.control.holdPushes(true);
  vendor.control.pushTo(`http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}/push`);
  vendor.control.judgeWords("办证刻章", "risky", 20006);
  vendor.control.judgeWords("有点像", "review", 10001);
  vendor.control.judgePictures("bad", "risky", 20002);
});
afterEach(() => {
  vendor.control.clearFaults();
  got.length = 0;
});
afterAll(async () => {
  await vendor.close();
  await new Promise((resolve) => ours.close(resolve));
});

describe("words", () => {
  test("get WeChat's verdict in our words", async () => {
    expect(await words("村口垃圾没人清 𠮷😀")).toEqual({ says: "pass", label: "other" });
    expect(await words("办证刻章")).toEqual({ says: "risky", label: "crime" });
    expect(await words("有点像")).toEqual({ says: "review", label: "ad" });
  });

  test("are looked at as a reader sees them", async () => {
    expect(await words("办\u200b证\u2060刻\ufeff章")).toEqual({ says: "risky", label: "crime" });
  });

  test("of somebody who has not used the app for two hours cannot be checked, which is said and is no pass", async () => {
    vendor.control.asleep("o_asleep");
    expect(await words("早上好", "o_asleep")).toEqual({ no: "not-active" });
    expect(await picture("https://x/1.jpg", "o_asleep")).toEqual({ no: "not-active" });
  });

  test.each([
    ["5xx", "down"],
    ["drop", "down"],
    ["lost", "down"],
    ["malformed", "bad-answer"],
    ["busy", "busy"],
    ["rate-limit", "busy"],
    ["quota", "busy"],
  ] as const)("%s: there is no answer, and never a pass", async (kind, expected) => {
    const mine = adapter();
    await mine.check();
    vendor.control.fault({ kind, on: "msg_sec_check" });
    expect((await faultOf(mine.words({ text: "好", who: "o_1", what: "comment" }))).kind).toBe(expected);
  });

  test("a slow WeChat is a time-out", async () => {
    vendor.control.fault({ kind: "delay", ms: 3_000, on: "msg_sec_check" });
    expect((await faultOf(words("好"))).kind).toBe("timeout");
  });
});

test("signing in and the check of content share one token, and renew it once when it has died", async () => {
  const tokens = wechatTokens("wechat", settings());
  const [mini, safety] = [wechatMini({ ...settings(), tokens }), wechatSafety({ ...settings(), tokens })];
  const asked = () => vendor.control.requests().filter((line) => line.includes("stable_token")).length;
  const before = asked();
  await mini.check();
  await safety.words({ text: "好", who: "o_1", what: "post" });
  expect(asked() - before).toBe(1);
  vendor.control.endTokens("superseded");
  expect(await safety.words({ text: "好", who: "o_1", what: "post" })).toMatchObject({ says: "pass" });
  expect(await mini.phone(vendor.control.issuePhoneCode("19900000001"))).toEqual({ phone: "19900000001" });
  expect(asked() - before).toBe(2);
});

describe("a picture", () => {
  const ask = async (url: string) => {
    const answer = await picture(url);
    expect(answer).toEqual({ pushed: expect.any(String) });
    return "pushed" in answer ? answer.pushed : "";
  };
  const read = (at = 0) => push().read(got[at]?.query ?? {}, got[at]?.body ?? "");

  test("gets its verdict by a push that only WeChat can have sent", async () => {
    const [good, bad] = [await ask("https://x/1.jpg"), await ask("https://x/bad.jpg")];
    expect(await vendor.control.push(good)).toEqual({ status: 200, text: "success" });
    await vendor.control.push(bad, "twice");
    expect([read(0), read(1), read(2)]).toEqual([
      { trace: good, verdict: { says: "pass", label: "other" } },
      { trace: bad, verdict: { says: "risky", label: "porn" } },
      { trace: bad, verdict: { says: "risky", label: "porn" } },
    ]);
  });

  test.each(["badly-signed", "other-app", "plain"] as const)("is not believed when it came %s", async (how) => {
    await vendor.control.push(await ask("https://x/1.jpg"), how);
    expect(read()).toBe("forged");
  });

  test("is not believed under the signature of another push, or with another body", async () => {
    const [first, second] = [await ask("https://x/1.jpg"), await ask("https://x/2.jpg")];
    await vendor.control.push(first);
    await vendor.control.push(second);
    expect(push().read(got[0]?.query ?? {}, got[1]?.body ?? "")).toBe("forged");
    for (const body of ["", "{}", "[1]", "<xml/>", '{"Encrypt":5}', '{"Encrypt":"AAAA"}'])
      expect(push().read(got[0]?.query ?? {}, body)).toBe("forged");
  });

  test("that WeChat could not look at has no verdict", async () => {
    const trace = await ask("https://x/1.jpg");
    await vendor.control.pushError(trace, -1008);
    expect(read()).toEqual({ trace, verdict: null });
  });

  test("is not sent for: the address proves itself ours with the token", async () => {
    const trace = await ask("https://x/1.jpg");
    await vendor.control.push(trace);
    const query = { ...got[0]?.query, echostr: "echo-1" };
    expect(push().hello(query)).toBe("echo-1");
    expect(push().hello({ ...query, nonce: "other" })).toBeNull();
    expect(push().hello({})).toBeNull();
  });
});
