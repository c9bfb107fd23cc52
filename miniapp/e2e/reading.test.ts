import { describe, expect, test } from "vitest";
import {
  aCounty,
  type County,
  committee,
  firstScreenNodes,
  open,
  pages,
  phonesOf,
  platforms,
  procedures,
  secretary,
  supervisor,
  zhuxi,
} from "./kit.ts";

const county = aCounty();

describe.each(platforms)("reading on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("the first start shows the county's notices and collects nothing", async () => {
    const host = await phones.start();
    const words = await host.texts();
    expect(words).toContain("示例县公告");
    expect(words).toContain("示例县气象台发布寒潮蓝色预警");
    expect(host.requests.length).toBeGreaterThan(0);
    expect(host.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(host.requests.filter(({ headers }) => "authorization" in headers)).toEqual([]);
    expect(new Set(procedures(host))).toEqual(new Set(["site.about", "notices.list", "account.me"]));
    for (const name of ["login", "getAuthCode", "getUserProfile", "getLocation"])
      expect(host.callsOf(name)).toEqual([]);
    expect(Object.keys(host.storage.all()).filter((key) => !key.startsWith("kept"))).toEqual([]);
    expect(await host.nodes()).toBeLessThanOrEqual(firstScreenNodes);
  });

  test("a village is chosen in two taps without signing in, and stays chosen at the next start", async () => {
    const host = await phones.start();
    await host.tap({ label: "示例县，换一个村" });
    expect(host.route).toBe(pages.region);
    await host.type({ label: /^找村名/ }, "竹溪");
    expect(await host.texts()).not.toContain("桃坪村");
    await host.tap({ text: zhuxi.name });
    expect(host.route).toBe(pages.home);
    expect(await host.texts()).toContain("竹溪村公告");
    const again = await phones.start({ storage: host.storage });
    expect(await again.texts()).toContain("竹溪村公告");
  });

  test("the list grows at its bottom, is read anew when pulled down, and filters by kind", async () => {
    const host = await phones.start({ url: `/${pages.notices}?region=${zhuxi.code}` });
    expect(host.title).toBe("竹溪村公告");
    const rows = () => host.findAll({ role: "link", within: { role: "list", label: "公告" } });
    const first = (await rows()).length;
    await host.reachBottom();
    expect((await rows()).length).toBeGreaterThan(first);
    const asked = procedures(host).length;
    await host.pullDown();
    expect(procedures(host).slice(asked)).toContain("notices.list");
    expect(host.refreshing).toBe(false);
    expect((await rows()).length).toBe(first);
    await host.tap({ role: "radio", text: "停水停电" });
    const outages = await rows();
    expect(outages.length).toBeGreaterThan(0);
    expect(outages.every(({ text }) => text.includes("停水停电"))).toBe(true);
  });

  test("a notice is read whole, shared by its own address, and opened from that address with a way home", async () => {
    const host = await phones.start({ url: `/${pages.notices}?region=${zhuxi.code}` });
    await host.tap({ role: "link", text: /服务室调整开放时间/ });
    expect(host.route).toBe(pages.notice);
    const words = await host.texts();
    expect(words).toContain("周六");
    expect(words).toContain("周日有急事请打值班电话");
    const card = await host.share();
    expect(card.title).toBe("便民服务室调整开放时间");
    await host.tap({ text: "转给家人朋友" });
    expect(host.shares.at(-1)).toMatchObject({ from: "button", path: card.path });
    await host.back();
    expect(host.route).toBe(pages.notices);
    const friend = await phones.start({ url: card.path });
    expect(await friend.texts()).toContain("周日有急事请打值班电话");
    await friend.tap({ text: "看竹溪村的其他公告" });
    expect(friend.route).toBe(pages.notices);
    await friend.back();
    expect(friend.route).toBe(pages.notice);
  });

  test("a notice that is not there says so and leads home", async () => {
    const host = await phones.start({ url: `/${pages.notice}?id=01M0SX4SMZ9MFBKAN1GN16EWNP` });
    expect(await host.texts()).toContain("没有找到");
    await host.tap({ role: "button", text: "返回" });
    expect(host.route).toBe(pages.home);
  });

  test("a withdrawn notice shows the reason instead of its words", async () => {
    const id = await publishAndWithdraw(county(), `walk-withdraw-${platform}`);
    const host = await phones.start({ url: `/${pages.notice}?id=${id}` });
    const words = await host.texts();
    expect(words).toContain("这条公告已经撤回");
    expect(words).toContain("原因：日期写错了");
    expect(words).not.toContain("本周日开会");
    expect(words).not.toContain("转给家人朋友");
  });

  test("a notice from the county's portal names its source, and its address is copied after a warning", async () => {
    const { items } = await bringIn(county());
    const host = await phones.start({ url: `/${pages.notice}?id=${items[0]?.id}` });
    expect(await host.texts()).toContain("转自 示例县门户网站");
    await host.tap({ role: "link", text: /看原文/ });
    expect(await host.texts()).toContain("即将离开本站");
    await host.tap({ text: "复制网址" });
    expect(host.clipboard).toBe(items[0]?.source?.url);
    expect(await host.texts()).toContain("网址已复制");
    await host.tap({ text: "不打开，留在本页" });
    expect(await host.texts()).not.toContain("即将离开本站");
  });

  test("who searches for the elder edition by any of its names is led to the switch", async () => {
    const host = await phones.start({ url: `/${pages.search}`, storage: { place: zhuxi } });
    for (const words of ["长辈版", "关怀版", "亲情版", "大字"]) {
      await host.type({ label: /^想找什么/ }, words);
      await host.tap({ role: "button", text: "搜索" });
      expect(await host.find({ role: "link", text: /长辈版：大字、大按钮/ }), words).not.toBeNull();
    }
    await host.tap({ role: "link", text: /长辈版：大字、大按钮/ });
    expect(host.route).toBe(pages.settings);
    await host.tap({ role: "radio", label: /^长辈版，/ });
    await open(host, pages.search);
    await host.type({ label: /^想找什么/ }, "停水");
    await host.tap({ role: "button", text: "搜索" });
    expect(await host.texts()).not.toContain("长辈版：大字");
  });

  test("search finds two characters, pinyin initials, and says when there is nothing; old searches are one tap", async () => {
    const host = await phones.start({ url: `/${pages.search}`, storage: { place: zhuxi } });
    const look = async (words: string) => {
      await host.type({ label: /^想找什么/ }, words);
      await host.tap({ role: "button", text: "搜索" });
      return host.texts();
    };
    expect(await look("")).toContain("请先写想找的几个字");
    expect(await look("停水")).toContain("停水通知：五组、六组清洗水池");
    expect(await look("tstz")).toContain("停水通知：五组、六组清洗水池");
    expect(await look("寒潮预警")).toContain("示例县气象台发布寒潮蓝色预警");
    expect(await look("火星旅行")).toContain("没有找到“火星旅行”");
    await open(host, pages.search);
    await host.tap({ text: "停水" });
    expect(await host.texts()).toContain("“停水”的结果");
    await host.tap({ role: "link", text: /清洗水池/ });
    expect(host.route).toBe(pages.notice);
  });
});

async function publishAndWithdraw({ as }: County, key: string): Promise<string> {
  const [author, reviewer, publisher] = [await as(committee), await as(supervisor), await as(secretary)];
  const draft = await author.notices.draft.mutate({
    key,
    region: zhuxi.code,
    title: "村民大会通知",
    category: "announcement",
    body: [{ t: "p", c: [{ t: "text", v: "本周日开会" }] }],
  });
  let { version } = draft;
  const steps = [
    [author, "submit"],
    [reviewer, "approve"],
    [publisher, "publish"],
    [publisher, "withdraw"],
  ] as const;
  for (const [api, move] of steps) {
    const reason = move === "withdraw" ? { reason: "日期写错了" } : {};
    ({ version } = await api.notices.move.mutate({ id: draft.id, version, move, ...reason }));
  }
  return draft.id;
}

/** The county's portal, brought in once; what came of it. */
async function bringIn({ as, world }: County) {
  const clerk = await as("19900000022");
  await clerk.portals.add.mutate({
    key: "walk-portal-00000",
    region: "990101000000",
    name: "示例县门户网站",
    url: world.outside.portal.urls.rss,
    category: "announcement",
    reach: "here",
  });
  await world.settle();
  const { items } = await world.anybody().notices.list.query({ limit: 50 });
  return { items: items.filter(({ source }) => source !== null) };
}
