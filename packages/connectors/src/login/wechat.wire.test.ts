import { type Started, startWechat, type WechatControl } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { wechatMini } from "./wechat.ts";

let wechat: Started<WechatControl>;
let clock = Date.now();

const adapter = (more: { appid?: string; secret?: string } = {}) =>
  wechatMini({
    dial: makeDial({ system: "wechat-mini", ...quick }),
    now: () => clock,
    appid: env(wechat, "WECHAT_APPID"),
    secret: env(wechat, "WECHAT_SECRET"),
    base: env(wechat, "WECHAT_BASE"),
    ...more,
  });

beforeAll(async () => {
  wechat = await startWechat();
});
afterAll(() => wechat.close());
beforeEach(() => {
  wechat.control.clearFaults();
  clock = Date.now();
});

const tokenCalls = () => wechat.control.requests().filter((line) => line.includes("stable_token")).length;

describe("a login code", () => {
  test("gives the person's openid and unionid", async () => {
    expect(await adapter().session(wechat.control.issueCode("o_1", "u_1"))).toEqual({ openid: "o_1", unionid: "u_1" });
  });

  test("never hands on the session key", async () => {
    expect(Object.keys(await adapter().session(wechat.control.issueCode("o_1")))).toEqual(["openid"]);
  });

  test("works once", async () => {
    const code = wechat.control.issueCode("o_1");
    await adapter().session(code);
    expect(await adapter().session(code)).toEqual({ no: "used-code" });
  });

  test("works for five minutes", async () => {
    const code = wechat.control.issueCode("o_1");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5 * 60_000 + 1 });
    const late = await adapter().session(code);
    vi.useRealTimers();
    expect(late).toEqual({ no: "bad-code" });
  });

  test.each(["nonsense", "", "a&appid=other", "码"])("that WeChat never gave is a plain no: %o", async (code) => {
    expect(await adapter().session(code)).toEqual({ no: "bad-code" });
  });

  test("of a person whom WeChat holds back is told apart", async () => {
    wechat.control.block("o_held");
    expect(await adapter().session(wechat.control.issueCode("o_held"))).toEqual({ no: "blocked" });
  });

  test("too many tries are a no, not a fault", async () => {
    wechat.control.fault({ kind: "rate-limit" });
    expect(await adapter().session(wechat.control.issueCode("o_1"))).toEqual({ no: "too-often" });
  });

  test("is sent once, even when the connection is cut: it might have been redeemed", async () => {
    wechat.control.fault({ kind: "lost" });
    const code = wechat.control.issueCode("o_1");
    const before = wechat.control.requests().length;
    const fault = await faultOf(adapter().session(code));
    expect([fault.kind, fault.unknown]).toEqual(["down", true]);
    expect(wechat.control.requests().length - before).toBe(1);
  });

  test.each([
    ["busy", "busy", false],
    ["malformed", "bad-answer", true],
    ["5xx", "down", true],
    ["drop", "down", true],
  ] as const)("%s: a fault of kind %s", async (kind, expected, unknown) => {
    wechat.control.fault({ kind });
    const fault = await faultOf(adapter().session(wechat.control.issueCode("o_1")));
    expect([fault.kind, fault.unknown]).toEqual([expected, unknown]);
  });

  test("a slow WeChat is a time-out", async () => {
    wechat.control.fault({ kind: "delay", ms: 3_000 });
    expect((await faultOf(adapter().session(wechat.control.issueCode("o_1")))).kind).toBe("timeout");
  });

  test("wrong appid or secret is ours to mend, and the secret stays out of the error", async () => {
    for (const wrong of [{ appid: "wx_other" }, { secret: "S3CRET" }]) {
      const fault = await faultOf(adapter(wrong).session(wechat.control.issueCode("o_1")));
      expect(fault.kind).toBe("config");
      expect(JSON.stringify(fault) + fault.stack).not.toContain("S3CRET");
    }
  });
});

describe("a phone code", () => {
  test("gives the eleven digits, once", async () => {
    const code = wechat.control.issuePhoneCode("19900000001");
    expect(await adapter().phone(code)).toEqual({ phone: "19900000001" });
    expect(await adapter().phone(code)).toEqual({ no: "used-code" });
    expect(await adapter().phone("nonsense")).toEqual({ no: "bad-code" });
  });

  test("of a foreign number is a no", async () => {
    expect(await adapter().phone(wechat.control.issuePhoneCode("5550100", "1"))).toEqual({ no: "foreign-number" });
    expect(await adapter().phone(wechat.control.issuePhoneCode("19900000001", "7"))).toEqual({ no: "foreign-number" });
  });

  test("of a number that was made out to another app is not believed", async () => {
    const fault = await faultOf(adapter().phone(wechat.control.issuePhoneCode("19900000001", "86", "wx_other")));
    expect([fault.kind, fault.detail]).toEqual(["bad-answer", "another app's number"]);
  });

  test("a lost answer is unknown and is not repeated", async () => {
    wechat.control.fault({ kind: "lost", on: "getuserphonenumber" });
    expect((await faultOf(adapter().phone(wechat.control.issuePhoneCode("19900000001")))).unknown).toBe(true);
  });
});

describe("the access token", () => {
  test("is fetched once for callers that come together, and kept until five minutes before its end", async () => {
    const mini = adapter();
    const phone = () => mini.phone(wechat.control.issuePhoneCode("19900000001"));
    const before = tokenCalls();
    await Promise.all([phone(), phone(), phone()]);
    clock += 6_899_000;
    await phone();
    expect(tokenCalls() - before).toBe(1);
    clock += 2_000;
    await phone();
    expect(tokenCalls() - before).toBe(2);
  });

  test.each(["expired", "superseded"] as const)(
    "that is %s before its time is renewed and the call repeated, once",
    async (how) => {
      const mini = adapter();
      await mini.check();
      wechat.control.endTokens(how);
      const before = tokenCalls();
      const both = ["19900000001", "19900000002"].map((phone) => mini.phone(wechat.control.issuePhoneCode(phone)));
      expect(await Promise.all(both)).toEqual([{ phone: "19900000001" }, { phone: "19900000002" }]);
      expect(tokenCalls() - before).toBe(1);
    },
  );
});

test("a refused token that WeChat hands out again is forced to change, once", async () => {
  const mini = adapter();
  await mini.check();
  wechat.control.endTokens("stuck");
  const before = tokenCalls();
  expect(await mini.phone(wechat.control.issuePhoneCode("19900000001"))).toEqual({ phone: "19900000001" });
  expect(tokenCalls() - before).toBe(2);
});

test("health tells good credentials from bad ones", async () => {
  expect(await adapter().check()).toEqual({ ok: true });
  expect(await adapter({ secret: "wrong" }).check()).toEqual({ ok: false, why: "wechat-mini: config (errcode 40125)" });
});

test("a lenient WeChat takes the codes of the vendor's developer tool for one stable person", async () => {
  const lenient = await startWechat({ lenient: true });
  const settings = { appid: env(lenient, "WECHAT_APPID"), secret: env(lenient, "WECHAT_SECRET"), base: lenient.url };
  const mini = wechatMini({ dial: makeDial({ system: "wechat-mini", ...quick }), now: Date.now, ...settings });
  const [first, second] = [await mini.session("from-the-tool-1"), await mini.session("from-the-tool-2")];
  const phone = await mini.phone("any");
  await lenient.close();
  expect(first).toEqual({ openid: "oMini_resident", unionid: "uUnion_resident" });
  expect(second).toEqual(first);
  expect(phone).toEqual({ phone: "19900000001" });
});
