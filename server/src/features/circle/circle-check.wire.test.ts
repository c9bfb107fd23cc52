import { wechatPush, wechatSafety } from "@weimenhu/connectors/adapters";
import { type Started, startWechat, type WechatControl } from "@weimenhu/sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { key, village, villagerOf } from "../../../test/circle-kit.ts";
import { makeDial } from "../../kernel/dial.ts";
import { insideTx } from "../../kernel/tx.ts";

let vendor: Started<WechatControl>;
let kit: Awaited<ReturnType<typeof checksKit>>;
const minute = 60_000;

beforeAll(async () => {
  vendor = await startWechat();
  const { WECHAT_APPID: appid = "", WECHAT_SECRET: secret = "", WECHAT_BASE: base = "" } = vendor.env;
  const { WECHAT_PUSH_TOKEN: token = "", WECHAT_PUSH_KEY: aesKey = "" } = vendor.env;
  // Small time-outs: a slow platform must not become a slow test. The circuit stays out of it.
  const breaker = { failures: 1_000, halfOpenAfterMs: 1 };
  const dial = makeDial({ system: "wechat-safety", insideTx, timeoutMs: 500, breaker });
  const checker = wechatSafety({ dial, now: Date.now, appid, secret, base });
  kit = await checksKit(undefined, { checker, push: wechatPush({ appid, token, aesKey }) });
  vendor.control.holdPushes(true);
  vendor.control.pushTo(await kit.listen());
  vendor.control.judgeWords("骗人", "risky", 20008);
});
afterEach(() => vendor.control.clearFaults());
afterAll(async () => {
  await kit.close();
  await vendor.close();
});

const author = villagerOf();
const other = villagerOf();
const stateOf = async (id: string) => (await kit.as(author).circle.get({ id })).check;
const isSeen = async (id: string) =>
  (await kit.as(other).circle.feed({ village, limit: 50 })).items.some((one) => one.id === id);

describe("a post from WeChat", () => {
  test("is looked at by WeChat, also between the letters that nobody sees", async () => {
    expect((await kit.post(author, { text: "早上好" })).check).toBe("passed");
    expect(await kit.post(author, { text: "骗\u200b人的" })).toMatchObject({
      check: "refused",
      refused: expect.stringContaining("欺诈"),
    });
  });

  test.each(["5xx", "drop", "lost", "malformed", "busy", "quota", "rate-limit"] as const)(
    "waits unseen while WeChat fails (%s), and is shown once it answers",
    async (kind) => {
      vendor.control.fault({ kind, on: "msg_sec_check", times: 0 });
      const { id, check } = await kit.post(author, { text: `等一等 ${kind}` });
      expect(check).toBe("checking");
      await kit.settle();
      expect([await stateOf(id), await isSeen(id)]).toEqual(["checking", false]);
      vendor.control.clearFaults();
      await kit.later(minute);
      expect([await stateOf(id), await isSeen(id)]).toEqual(["passed", true]);
    },
  );

  test("does not keep its author waiting for a slow WeChat, and needs no second try for a token that died", async () => {
    vendor.control.fault({ kind: "delay", ms: 2_000, on: "msg_sec_check" });
    const { id, check } = await kit.post(author, { text: "慢慢来" });
    expect(check).toBe("checking");
    await kit.later(minute);
    expect(await stateOf(id)).toBe("passed");
    vendor.control.endTokens("superseded");
    expect((await kit.post(author, { text: "换了钥匙" })).check).toBe("passed");
  });
});

describe("a photo from WeChat", () => {
  const sent = async (text: string) => {
    const before = vendor.control.untold();
    const { id } = await kit.as(author).circle.post({
      key: key(),
      village,
      kind: "chat",
      text,
      photos: [await kit.upload(author)],
    });
    await kit.settle();
    const [trace = ""] = vendor.control.untold().filter((one) => !before.includes(one));
    return { id, trace };
  };

  test("is shown after WeChat's own push, sent twice and acknowledged twice", async () => {
    const { id, trace } = await sent("有图");
    expect([await stateOf(id), await isSeen(id)]).toEqual(["checking", false]);
    expect(await vendor.control.push(trace, "twice")).toEqual({ status: 200, text: "success" });
    await kit.settle();
    expect([await stateOf(id), await isSeen(id)]).toEqual(["passed", true]);
  });

  test.each(["badly-signed", "other-app", "plain"] as const)("is not shown by a push that came %s", async (how) => {
    const { id, trace } = await sent(`伪造 ${how}`);
    expect((await vendor.control.push(trace, how)).status).toBe(403);
    await kit.settle();
    expect([await stateOf(id), await isSeen(id)]).toEqual(["checking", false]);
  });

  test("whose push is late waits for a person, and a push after that changes nothing", async () => {
    const { id, trace } = await sent("迟到");
    await kit.later(45 * minute);
    expect(await stateOf(id)).toBe("held");
    expect((await vendor.control.push(trace)).text).toBe("success");
    await kit.settle();
    expect([await stateOf(id), await isSeen(id)]).toEqual(["held", false]);
  });
});
