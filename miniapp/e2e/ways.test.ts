import type { MiniHost } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import { aCounty, committee, open, pages, phonesOf, platforms, secretary, supervisor, taoping, zhuxi } from "./kit.ts";

/** Where taps, scanned codes and links lead. */
const county = aCounty();
const site = "https://www.example.gov.cn";

describe.each(platforms)("ways on %s", (platform) => {
  const at = platform === "weapp" ? 0 : 1;
  const phones = phonesOf(platform, county);
  const followedBy = async (phone: string) =>
    (await (await county().as(phone)).account.me.query({})).me?.villages.map(({ name }) => name);

  test("who wants to follow a village follows it with one tap on it", async () => {
    const phone = `1990000071${at}`;
    const host = await phones.start({ as: phone, url: `/${pages.me}` });
    await host.tap({ text: "关注一个村" });
    expect(host.title).toBe("关注一个村");
    await host.tap({ role: "button", text: /^竹溪村/, nth: 0 });
    expect(host.route).toBe(pages.me);
    expect(await host.texts()).toContain("竹溪村");
    expect(await followedBy(phone)).toEqual([zhuxi.name]);
    await host.tap({ text: "换村、加村" });
    await host.tap({ role: "button", text: /^桃坪村/, nth: 0 });
    expect(await followedBy(phone)).toEqual([zhuxi.name, taoping.name]);
    await host.tab("首页");
    expect(await host.texts()).toContain("桃坪村公告");
  });

  test("a new resident's first village is followed, from the home page too; looking at a second one follows nothing", async () => {
    const phone = `1990000072${at}`;
    const host = await phones.start({ as: phone });
    await host.tap({ role: "link", label: /^选村/ });
    await host.tap({ role: "button", text: /^竹溪村/, nth: 0 });
    expect(host.route).toBe(pages.home);
    expect(await followedBy(phone)).toEqual([zhuxi.name]);
    await host.tap({ label: /换一个村$/ });
    await host.tap({ role: "button", text: /^桃坪村/, nth: 0 });
    expect(await host.texts()).toContain("桃坪村公告");
    expect(await followedBy(phone)).toEqual([zhuxi.name]);
  });

  test("a village that could not be followed says why, and the next tap does it", async () => {
    const phone = `1990000073${at}`;
    const host = await phones.start({ as: phone, url: `/${pages.me}` });
    await host.tap({ text: "关注一个村" });
    host.network.dropNext = 1;
    await host.tap({ role: "button", text: /^竹溪村/, nth: 0 });
    expect(host.route).toBe(pages.region);
    await host.tap({ text: "重试" });
    expect(host.route).toBe(pages.me);
    expect(await followedBy(phone)).toEqual([zhuxi.name]);
  });

  test("following asks who one is, and is done once that is known", async () => {
    const phone = `1990000074${at}`;
    const host = await phones.start({ url: `/${pages.region}?follow=1`, number: phone });
    await host.tap({ role: "button", text: /^竹溪村/, nth: 0 });
    expect(host.route).toBe(pages.signIn);
    await host.tap({ text: "用手机号和验证码登录" });
    await host.type({ role: "textbox", label: /^手机号/ }, phone);
    await host.tap({ role: "checkbox", label: /我已阅读并同意/ });
    await host.tap({ text: "获取验证码" });
    await host.type({ role: "textbox", label: /^验证码/ }, await county().world.codeOn(phone));
    await host.tap({ role: "button", text: "登录" });
    expect(await followedBy(phone)).toEqual([zhuxi.name]);
    await open(host, pages.me);
    expect(await host.texts()).toContain("竹溪村");
  });

  test("who chose a village before signing in is led to follow it", async () => {
    const phone = `1990000075${at}`;
    const host = await phones.start({ as: phone, url: `/${pages.circle}` });
    await open(host, pages.home);
    expect(await host.find({ role: "link", label: /^去关注/ })).toBeNull();
    const next = await phones.start({ storage: { ...host.storage.all(), place: zhuxi } });
    await next.tap({ role: "link", label: /^去关注/ });
    expect(next.route).toBe(pages.circle);
    await next.tap({ text: `关注${zhuxi.name}` });
    expect(await followedBy(phone)).toEqual([zhuxi.name]);
  });

  /** Somebody whose home is 竹溪村, signed out on this phone. */
  const atHome = async (phone: string) => {
    const openid = `o-ways-${phone}`;
    const { api } = await county().world.person({ phone, openid, channel: platform });
    await api.regions.follow.mutate({ code: zhuxi.code });
    return openid;
  };
  const signIn = async (host: MiniHost) => {
    await host.tap({ role: "checkbox", label: /我已阅读并同意/ });
    await host.tap({ text: /一键登录$/ });
  };

  test("who signs in to follow another village than their home sees that one afterwards", async () => {
    const phone = `1990000076${at}`;
    const host = await phones.start({
      openid: await atHome(phone),
      storage: { place: taoping },
      url: `/${pages.circle}`,
    });
    await host.tap({ text: `关注${taoping.name}` });
    await signIn(host);
    expect(host.route).toBe(pages.circle);
    expect(await host.texts()).toContain("认证成为村民");
    await host.tap({ role: "radio", text: "公告和村情" });
    expect(await host.texts()).toContain("设为我的家乡村");
    expect(await followedBy(phone)).toEqual([zhuxi.name, taoping.name]);
    await host.tab("首页");
    expect(await host.texts()).toContain("桃坪村公告");
  });

  test("who leaves the sign-in page does not follow what they wanted there when they sign in later", async () => {
    const phone = `1990000077${at}`;
    const host = await phones.start({
      openid: await atHome(phone),
      storage: { place: taoping },
      url: `/${pages.circle}`,
    });
    await host.tap({ text: `关注${taoping.name}` });
    await host.back();
    expect(host.storage.get("wanted-village") ?? null).toBeNull();
    await host.tab("我的");
    await host.tap({ role: "link", text: "登录" });
    await signIn(host);
    expect(host.route).toBe(pages.me);
    expect(await followedBy(phone)).toEqual([zhuxi.name]);
  });

  test("a link to the verification of one village is still about it after signing in", async () => {
    const openid = await atHome(`1990000078${at}`);
    const host = await phones.start({
      openid,
      storage: { place: zhuxi },
      url: `/${pages.verify}?region=${taoping.code}`,
    });
    await host.tap({ text: "去登录" });
    await signIn(host);
    expect(host.route).toBe(pages.verify);
    expect(await host.texts()).toContain(taoping.name);
    expect(await host.texts()).not.toContain(zhuxi.name);
  });

  test("a search that is opened before the village is known looks in it once it is", async () => {
    const { token } = await county().world.person({
      phone: `1990000079${at}`,
      openid: await atHome(`1990000079${at}`),
      channel: platform,
    });
    const host = await phones.start({ storage: { token }, url: `/${pages.search}` });
    await host.type({ role: "textbox", label: /^想找什么/ }, "停水");
    await host.tap({ role: "button", text: "搜索" });
    const asked = host.requests
      .map(({ url }) => decodeURIComponent(url))
      .filter((url) => url.includes("notices.search"));
    expect(asked.at(-1)).toContain(zhuxi.code);
  });

  test("two quick taps open a page once, and later taps open it again", async () => {
    const host = await phones.start({ storage: { place: zhuxi } });
    const tile = { role: "link", text: "停水停电", nth: 0 };
    await Promise.all([host.tap(tile), host.tap(tile)]);
    expect(host.routes).toEqual([pages.home, pages.notices]);
    await host.back();
    await host.tap(tile);
    expect(host.routes).toEqual([pages.home, pages.notices]);
  });

  test("a scanned code leads to the notice, as an address of our own site or as a few letters", async () => {
    const id = await county().noticeId("服务室调整");
    const host = await phones.start({ url: `/${pages.about}` });
    const codes = [
      `${pages.notice}?q=${encodeURIComponent(`${site}/notice?id=${id}`)}&scancode_time=1700000000`,
      `${pages.notice}?q=${encodeURIComponent(`http://localhost:8080/notices/${id}`)}`,
      `${pages.notice}?scene=${encodeURIComponent(`id=${id}`)}`,
      `${pages.notice}?scene=${id}`,
      `${pages.home}?q=${encodeURIComponent(`${site}/notice?id=${id}`)}`,
      `${pages.home}?qrCode=${encodeURIComponent(`${site}/notice?id=${id}`)}`,
    ];
    for (const code of codes) {
      await host.foreground(`/${code}`, 1011);
      expect([code, host.route]).toEqual([code, pages.notice]);
      expect([code, (await host.texts()).includes("服务室调整")]).toEqual([code, true]);
    }
    await host.back();
    expect(host.route).toBe(pages.home);
    await host.foreground(`/${pages.notices}?q=${encodeURIComponent(`${site}/notices?region=${zhuxi.code}`)}`, 1011);
    expect(host.title).toBe("竹溪村公告");
    await host.foreground(`/${pages.notice}?q=${encodeURIComponent(`https://evil.example/notice?id=${id}`)}`, 1011);
    expect(await host.texts()).toContain("链接可能不完整");
  });

  test("links to our own pages open in the app; to others one is asked first; a mailbox is no other site", async () => {
    const inner = await county().noticeId("服务室调整");
    const id = await published(`链接 ${platform}`, [
      ["内链一", `/notices/${inner}`],
      ["内链二", `http://localhost:8080/notice?id=${inner}`],
      ["外链", "https://elsewhere.example/notices/1"],
      ["信箱", "mailto:cun@example.gov.cn"],
    ]);
    const host = await phones.start({ url: `/${pages.notice}?id=${id}` });
    for (const words of ["内链一", "内链二"]) {
      await host.tap({ css: ".b-link", text: words });
      expect([words, host.route, host.query.id]).toEqual([words, pages.notice, inner]);
      await host.back();
    }
    await host.tap({ css: ".b-link", text: "外链" });
    expect(await host.texts()).toContain("即将离开本站");
    await host.tap({ text: "不打开，留在本页" });
    await host.tap({ css: ".b-link", text: "信箱" });
    expect(await host.texts()).not.toContain("即将离开本站");
    expect(await host.texts()).toContain("cun@example.gov.cn");
    await host.tap({ text: "复制邮箱地址" });
    expect(host.clipboard).toBe("cun@example.gov.cn");
  });

  test("an update that is ready is put in; one that does not come has words that say what to do", async () => {
    const ready = manager();
    const host = await phones.start({ url: `/${pages.update}`, apis: { getUpdateManager: () => ready.api } });
    ready.tell("onCheckForUpdate", { hasUpdate: true });
    ready.tell("onUpdateReady");
    await host.tap({ text: "马上更新" });
    expect(ready.applied()).toBe(1);

    const none = manager();
    const second = await phones.start({ url: `/${pages.update}`, apis: { getUpdateManager: () => none.api } });
    none.tell("onCheckForUpdate", { hasUpdate: false });
    await second.tap({ text: "马上更新" });
    expect(await second.texts()).toContain("请关掉小程序");

    const silent = manager();
    const third = await phones.start({ url: `/${pages.update}`, apis: { getUpdateManager: () => silent.api } });
    await third.tap({ text: "马上更新" });
    await third.waitFor(async () => (await third.texts()).includes("删除"), "words that say what to do", 15_000);
    silent.tell("onCheckForUpdate", { hasUpdate: true });
    silent.tell("onUpdateFailed");
    await third.tap({ text: "马上更新" });
    expect(await third.texts()).toContain("没有成功");
  });

  async function published(title: string, links: [string, string][]): Promise<string> {
    const body = links.map(([v, href]) => ({ t: "p" as const, c: [{ t: "a" as const, href, v }] }));
    const writer = await county().as(committee);
    const category = "announcement" as const;
    const draft = await writer.notices.draft.mutate({
      key: `walk-links-${platform}-0001`,
      title,
      category,
      body,
      region: zhuxi.code,
    });
    const { id } = draft;
    const sent = await writer.notices.move.mutate({ id, version: draft.version, move: "submit" });
    const approver = await county().as(supervisor);
    const approved = await approver.notices.move.mutate({ id, version: sent.version, move: "approve" });
    const publisher = await county().as(secretary);
    await publisher.notices.move.mutate({ id, version: approved.version, move: "publish" });
    return id;
  }
});

/** The platform's manager of updates, in the hands of the test. */
function manager() {
  const heard = new Map<string, ((detail?: unknown) => void)[]>();
  let applied = 0;
  const on = (name: string) => (listener: (detail?: unknown) => void) => {
    heard.set(name, [...(heard.get(name) ?? []), listener]);
  };
  return {
    api: {
      onCheckForUpdate: on("onCheckForUpdate"),
      onUpdateReady: on("onUpdateReady"),
      onUpdateFailed: on("onUpdateFailed"),
      applyUpdate: () => {
        applied += 1;
      },
    },
    tell(name: string, detail?: unknown) {
      const listeners = heard.get(name) ?? [];
      expect([name, listeners.length > 0]).toEqual([name, true]);
      for (const listener of listeners) listener(detail);
    },
    applied: () => applied,
  };
}
