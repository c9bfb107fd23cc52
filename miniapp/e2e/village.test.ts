import { describe, expect, test } from "vitest";
import { aCounty, pages, phonesOf, platforms, taoping, zhuxi } from "./kit.ts";

/** Villages that a person follows: one tap to switch, the home village first, the same on every phone of theirs. */
const county = aCounty();
const about = { role: "radio", text: "公告和村情" } as const;

describe.each(platforms)("villages on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("a person follows two villages, switches in one tap, and their home village comes first on the next phone", async () => {
    const phone = platform === "weapp" ? "19900000901" : "19900000902";
    const host = await phones.start({ as: phone });
    const choose = async (name: string) => {
      await host.tap({ label: /换一个村$/ });
      await host.tap({ role: "button", text: new RegExp(`^${name}`), nth: 0 });
      expect(host.route).toBe(pages.home);
      await host.tab("为村");
    };
    // The first village that somebody signed in chooses is followed at once.
    await choose(zhuxi.name);
    expect(await host.texts()).toContain("认证成为村民");
    await host.tab("首页");
    await choose(taoping.name);
    await host.tap({ text: `关注${taoping.name}` });
    await host.tap(about);
    await host.tap({ text: "设为我的家乡村" });
    expect(await host.texts()).not.toContain("设为我的家乡村");

    await host.tab("首页");
    await host.tap({ label: /换一个村$/ });
    const [first, second] = await host.findAll({ role: "button", within: { role: "list", nth: 0 } });
    expect(first?.text).toContain("桃坪村家乡村 · 清溪镇");
    expect(second?.text).toContain("竹溪村");
    await host.tap({ role: "button", text: /^竹溪村/, nth: 0 });
    expect(await host.texts()).toContain("竹溪村公告");

    const other = await phones.start({ as: phone });
    expect(await other.texts()).toContain("桃坪村公告");
    await other.tab("我的");
    expect(await other.texts()).toContain("桃坪村");
    await other.tab("为村");
    await other.tap({ label: /换一个村$/ });
    await other.tap({ role: "button", text: /^竹溪村/, nth: 0 });
    await other.tab("为村");
    await other.tap(about);
    await other.tap({ text: "取消关注" });
    expect(await other.find({ role: "heading", text: taoping.name })).not.toBeNull();
    expect((await (await county().as(phone)).account.me.query({})).me?.villages.map(({ name }) => name)).toEqual([
      "桃坪村",
    ]);
  });

  test("following asks who one is first", async () => {
    const host = await phones.start({ storage: { place: zhuxi }, url: `/${pages.circle}` });
    await host.tap({ text: `关注${zhuxi.name}` });
    expect(host.route).toBe(pages.signIn);
    await host.back();
    expect(host.route).toBe(pages.circle);
  });

  test("the village's page leads to its notices by kind", async () => {
    const host = await phones.start({ storage: { place: zhuxi }, url: `/${pages.circle}` });
    await host.tap({ role: "link", text: "农事服务" });
    expect(host.route).toBe(pages.notices);
    const rows = await host.findAll({ role: "link", within: { role: "list", label: "公告" } });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ text }) => text.includes("农事服务"))).toBe(true);
  });
});
