import type { MiniHost } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import { aCounty, committee, open, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";
import { newcomers } from "./people.ts";

/** Coming back: to a page, to the app after a while, to a phone that had no network, after somebody else. */
const county = aCounty();
const neighbour = "19900000002";

describe("the privacy question in WeChat", () => {
  const phones = phonesOf("weapp", county);

  test("is asked and answered on the page in front, also after going forward and back", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, privacy: "needed" });
    await host.tap({ text: "加照片" });
    await host.tap({ text: "看《隐私保护说明》" });
    expect(host.route).toBe(pages.document);
    expect(await host.texts()).not.toContain("用到您的信息前，请先看看");
    await host.back();
    await host.tap({ text: "不同意" });
    await host.tap({ text: "加照片" });
    expect(await host.texts()).toContain("用到您的信息前，请先看看");
    await host.tap({ css: "wx-button", text: "同意" });
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
  });

  test("left without an answer is a no, and the next page asks anew", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}`, privacy: "needed" });
    await host.tap({ text: "加照片" });
    await open(host, pages.compose);
    await host.tap({ text: "加照片" });
    await host.tap({ css: "wx-button", text: "同意" });
    expect(await host.texts()).toContain("照片已传好 1 / 1 张");
  });
});

describe.each(platforms)("coming back on %s", (platform) => {
  const at = platform === "weapp" ? 0 : 1;
  const phones = phonesOf(platform, county);
  const endSession = async (host: MiniHost) => {
    const answer = await fetch(`${county().world.url}/trpc/account.signOut`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${host.storage.get("token")}`,
        "x-client": `${platform}/1.0.0`,
        "content-type": "application/json",
      },
      body: "{}",
    });
    expect(answer.status).toBe(200);
  };

  test("a session that was ended elsewhere leads to the sign-in, not in a circle", async () => {
    const host = await phones.start({ as: `1990000061${at}`, url: `/${pages.me}` });
    await endSession(host);
    await host.tap({ text: "登录过的设备" });
    expect(await host.texts()).toContain("请先登录");
    await host.tap({ text: "去登录" });
    expect(await host.texts()).not.toContain("您已经登录");
    expect(await host.texts()).toContain("用手机号和验证码登录");
    await open(host, pages.me);
    expect(await host.texts()).toContain("还没有登录");
  });

  test("brought to the front again, the app knows that the session was ended elsewhere", async () => {
    const host = await phones.start({ as: `1990000062${at}`, url: `/${pages.me}` });
    await endSession(host);
    await host.background({ seconds: 60 });
    await host.foreground();
    expect(await host.texts()).toContain("还没有登录");
  });

  test("what the village decided is there when the app is brought to the front, and so is an edition chosen elsewhere", async () => {
    const phone = `1990000063${at}`;
    const { id, api } = await waiting(phone, 8 + at);
    const host = await phones.start({ as: phone, url: `/${pages.me}` });
    expect(await host.texts()).toContain("认证办理中");
    await (await county().as(secretary)).verification.decide.mutate({ id, accept: false, reason: "name-differs" });
    await api.account.setElder.mutate({ elder: 1 });
    await host.background({ seconds: 120 });
    await host.foreground();
    expect(await host.texts()).toContain("认证未通过");
    expect(await host.find(".skin-1")).not.toBeNull();
    await host.tab("首页");
    expect(await host.find({ role: "link", label: /^看原因/ })).not.toBeNull();
  });

  test("what the page of the application shows, the other pages show too", async () => {
    const phone = `1990000064${at}`;
    const { id } = await waiting(phone, 12 + at);
    const host = await phones.start({ as: phone, url: `/${pages.me}` });
    await (await county().as(secretary)).verification.decide.mutate({ id, accept: false, reason: "name-differs" });
    await host.tap({ text: /认证办理中/, role: "link" });
    expect(await host.texts()).toContain("没有通过");
    await host.back();
    expect(await host.texts()).toContain("认证未通过");
  });

  test("the page of the application, opened cold, shows the decision with the first return to it", async () => {
    const phone = `1990000066${at}`;
    const { id } = await waiting(phone, 16 + at);
    const host = await phones.start({ as: phone, url: `/${pages.verify}?region=${zhuxi.code}` });
    expect(await host.texts()).toContain("申请已经交给村里");
    await (await county().as(secretary)).verification.decide.mutate({ id, accept: false, reason: "name-differs" });
    await host.background({ seconds: 60 });
    await host.foreground();
    expect(await host.texts()).toContain("没有通过");
  });

  test("an edition chosen without a network stays, and reaches the account with the next start", async () => {
    const phone = `1990000065${at}`;
    const host = await phones.start({ as: phone });
    host.network.offline = true;
    await host.tap({ label: "长辈版，换成大字" });
    expect(await host.find(".skin-1")).not.toBeNull();
    host.network.offline = false;
    const next = await phones.start({ storage: host.storage });
    expect(await next.find(".skin-1")).not.toBeNull();
    expect((await (await county().as(phone)).account.me.query({})).me?.elder).toBe(1);
  });

  test("without a network a writer's draft is there and can be gone on with; back on it, it is sent", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}` });
    await host.type({ label: /^标题/ }, `断网写的 ${platform}`);
    await host.type({ label: /^内容/ }, "明天修水渠");
    await open(host, pages.home);
    const cold = await phones.start({ storage: host.storage, network: "none", url: `/${pages.compose}` });
    expect(await cold.texts()).toContain("没有连上网络");
    expect((await cold.find({ label: /^标题/ }))?.value).toBe(`断网写的 ${platform}`);
    await cold.type({ label: /^内容/ }, "明天和后天修水渠");
    cold.network.offline = false;
    cold.network.type = "wifi";
    await cold.tap({ text: "重试" });
    expect((await cold.find({ label: /^内容/ }))?.value).toBe("明天和后天修水渠");
    await cold.tap({ role: "button", text: "提交审核" });
    expect(cold.route).toBe(pages.deskNotice);
  });

  test("without a network somebody signed in is not asked to sign in, whichever page is opened", async () => {
    const host = await phones.start({ as: committee, network: "none", storage: { place: zhuxi } });
    for (const page of [
      "me",
      "sessions",
      "account",
      "verify",
      "phone",
      "verifyQueue",
      "compose",
      "desk",
      "signIn",
    ] as const) {
      await open(host, pages[page]);
      const words = await host.texts();
      expect([page, words.includes("登录，") || words.includes("去登录")]).toEqual([page, false]);
      expect([page, words.includes("重试")]).toEqual([page, true]);
    }
  });

  test("without a network somebody who never signed in is not told of a session of theirs", async () => {
    const host = await phones.start({ network: "none", url: `/${pages.me}` });
    expect(await host.texts()).toContain("没有连上");
    expect(await host.texts()).not.toContain("您的登录还在");
    const { storage } = await phones.start({ as: committee });
    const known = await phones.start({ storage, network: "none", url: `/${pages.me}` });
    expect(await known.texts()).toContain("您的登录还在");
  });

  test("what one person typed is not shown to the next, and leaving takes it off the phone", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.compose}` });
    await host.type({ label: /^标题/ }, "张三家的情况");
    await host.type({ label: /^内容/ }, "内部消息");
    await open(host, pages.search);
    await host.type({ label: /^想找什么/ }, "低保");
    await host.tap({ role: "button", text: "搜索" });
    const { token } = await county().world.person({
      phone: secretary,
      channel: platform,
      openid: `o-next-${platform}`,
    });
    const next = await phones.start({ storage: { ...host.storage.all(), token }, url: `/${pages.compose}` });
    expect((await next.find({ label: /^标题/ }))?.value).toBe("");
    await open(next, pages.search);
    expect(await next.texts()).not.toContain("低保");

    await open(host, pages.compose);
    expect((await host.find({ label: /^标题/ }))?.value).toBe("张三家的情况");
    await open(host, pages.sessions);
    await host.tap({ role: "button", text: "退出登录" });
    await host.tap({ role: "button", text: "确定退出" });
    expect(JSON.stringify(host.storage.all())).not.toMatch(/张三|内部消息|低保/);
  });

  test("nothing that one person had open is left when another signs in on the same phone", async () => {
    const { api } = await county().world.person({ phone: resident, openid: `o-demo-${resident}` });
    const text = `只给村干部看的话 ${platform}`;
    const input = {
      key: `walk-opened-${platform}`,
      village: zhuxi.code,
      kind: "chat",
      audience: "cadres",
      text,
    } as const;
    const { id } = await api.circle.post.mutate(input);
    const openid = `o-walk-${neighbour}`;
    await county().world.person({ phone: neighbour, channel: platform, openid });
    const host = await phones.start({ as: resident, openid, url: `/${pages.post}?id=${id}` });
    expect(await host.texts()).toContain(text);
    await endSession(host);
    await host.background({ seconds: 60 });
    await host.foreground();
    await host.tap({ text: "去登录" });
    await host.tap({ role: "checkbox", label: "我已阅读并同意《隐私保护说明》" });
    await host.tap({ role: "button", text: platform === "weapp" ? "微信一键登录" : "支付宝一键登录" });
    expect(host.route).toBe(pages.home);
    expect(host.routes).toHaveLength(1);
    expect(JSON.stringify(host.storage.all())).not.toContain(text);
  });

  test("words being typed are not written to the phone after the person has left it from a page above", async () => {
    const host = await phones.start({ as: committee, url: `/${pages.me}` });
    await host.tap({ role: "link", text: "写公告" });
    await host.type({ label: /^标题/ }, "张三家的情况");
    await endSession(host);
    await host.background({ seconds: 1 });
    await host.foreground();
    expect(await host.texts()).toContain("请先登录");
    expect(JSON.stringify(host.storage.all())).not.toContain(committee.slice(-4));
  });
});

/** Somebody whose application waits for the secretary: their name is not the roster's. */
async function waiting(phone: string, at: number) {
  const line = newcomers[at];
  if (!line) throw new Error("the roster is too short");
  const api = await county().as(phone);
  await api.regions.follow.mutate({ code: zhuxi.code });
  const name = `${line.name.slice(0, 1)}小`;
  const { idCard, group } = line;
  const input = { key: `walk-back-${phone}`, region: zhuxi.code, name, idCard, group, consent: true } as const;
  const { id } = await api.verification.submit.mutate(input);
  return { id, api };
}
