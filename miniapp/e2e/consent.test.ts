import mysql from "mysql2/promise";
import { describe, expect, test } from "vitest";
import { aCounty, open, pages, phonesOf, platforms, resident, zhuxi } from "./kit.ts";

/** A privacy text that changed while somebody was signed in. */
const county = aCounty();
const title = "《隐私保护说明》有更新";

async function newText(): Promise<void> {
  const db = await mysql.createConnection(county().databaseUrl);
  await db.execute("DELETE FROM consent WHERE what = 'privacy'");
  await db.end();
}

async function refused(token: string | null): Promise<boolean> {
  const headers = { "content-type": "application/json", "x-client": "weapp/1.0.0", authorization: `Bearer ${token}` };
  const body = JSON.stringify({ id: "01H00000000000000000000000", why: "看看" });
  const answer = await fetch(`${county().world.url}/trpc/circle.report`, { method: "POST", headers, body });
  return (await answer.text()).includes("CONSENT_FIRST");
}

describe.each(platforms)("a newer privacy text on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("is asked for when the app is brought to the front, may be put off, and one press agrees", async () => {
    const host = await phones.start({ as: `1990000064${platforms.indexOf(platform)}`, url: `/${pages.me}` });
    expect(await host.texts()).not.toContain(title);
    await newText();
    await host.background({ seconds: 60 });
    await host.foreground();
    expect(await host.texts()).toContain("以后再说");
    await host.tap({ text: "看《隐私保护说明》" });
    expect(host.route).toBe(pages.document);
    await host.back();
    await host.tap({ text: "以后再说" });
    expect(await host.texts()).not.toContain("以后再说");
    await host.tap({ text: title });
    await host.tap({ text: "同意" });
    expect(host.route).toBe(pages.me);
    expect(await host.texts()).not.toContain(title);
  });

  test("comes before a phone number is asked for, and the number then is taken", async () => {
    const number = `1990000087${platforms.indexOf(platform)}`;
    const host = await phones.start({ number, url: `/${pages.signIn}` });
    await host.tap({ role: "checkbox", label: "我已阅读并同意《隐私保护说明》" });
    await host.tap({ role: "button", text: platform === "weapp" ? "微信一键登录" : "支付宝一键登录" });
    expect(host.route).toBe(pages.phone);
    await newText();
    const later = await phones.start({ number, storage: host.storage, url: `/${pages.phone}` });
    expect(await later.texts()).not.toContain("一键验证手机号");
    await later.tap({ role: "button", text: "同意" });
    await later.tap({ css: "wx-button", text: "一键验证手机号" });
    await later.waitFor(() => Promise.resolve(later.route !== pages.phone), "the number is taken");
    await open(later, pages.me);
    expect(await later.texts()).toContain(`199****${number.slice(-4)}`);
  });

  test("what was refused for it goes out with the yes, also when its form was looked at, but not while it is being changed", async () => {
    const [plain, changed] = [`场上卖秧苗 ${platform}`, `场上卖鸡苗 ${platform}`];
    const openid = `o-walk-${resident}`;
    const { token } = await county().world.person({ phone: resident, channel: platform, openid });
    await newText();
    // Seen by the server within seconds; in earnest it starts anew with a new text.
    await expect.poll(() => refused(token), { timeout: 10_000 }).toBe(true);
    const host = await phones.start({ storage: { token } });
    for (const words of [plain, changed]) {
      await open(host, `${pages.writePost}?village=${zhuxi.code}`);
      host.network.offline = true;
      await host.tap({ role: "radio", label: /^闲聊/ });
      await host.type({ label: /^内容/ }, words);
      await host.tap({ role: "button", text: /^发布/ });
      expect(host.route).toBe(pages.circle);
      host.network.offline = false;
    }
    await host.tap({ role: "button", text: "重试" });
    await host.waitFor(async () => !(await host.texts()).includes("待发送"), "both are refused");
    for (const words of [changed, plain]) {
      const own = { css: ".card", text: new RegExp(words) };
      await open(host, pages.circle);
      await host.tap({ role: "link", text: "改一改再发", within: own });
      expect((await host.find({ label: /^内容/ }))?.value).toBe(words);
      await host.type({ label: /^内容/ }, words === plain ? plain : `${changed}，还有鸭苗`);
    }
    await open(host, pages.me);
    await host.tap({ text: "同意" });
    const { api } = await county().world.person({ phone: resident, openid: `o-demo-${resident}` });
    const standing = async (words: string) =>
      (await api.circle.feed.query({ village: zhuxi.code, limit: 50 })).items.filter(({ text }) =>
        text.includes(words),
      );
    await host.waitFor(async () => (await standing(plain)).length === 1, "it went out");
    await open(host, pages.circle);
    expect(await standing(changed)).toEqual([]);
    expect(await host.texts()).toContain("没有发出");
  });
});
