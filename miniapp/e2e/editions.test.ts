import type { MiniHost } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import {
  aCounty,
  everyPage,
  firstScreenNodes,
  open,
  pages,
  phonesOf,
  platforms,
  resident,
  secretary,
  tappable,
} from "./kit.ts";

/** The elder edition: one tap away, the same on every phone of a person, and nothing is missing in it. */
const county = aCounty();

describe.each(platforms)("editions on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("one tap on the home page changes every page, and the account carries it to the next phone", async () => {
    const host = await phones.start({ as: resident });
    await host.tap({ label: "长辈版，换成大字" });
    expect(await host.find(".skin-1")).not.toBeNull();
    await host.tab("服务");
    expect(await host.find(".skin-1")).not.toBeNull();
    const other = await phones.start({ as: resident });
    expect(await other.find(".skin-1")).not.toBeNull();
    await other.tap({ label: "普通版，换回小字" });
    const third = await phones.start({ as: resident });
    expect(await third.find(".skin-0")).not.toBeNull();
  });

  test("without an account the phone itself remembers it", async () => {
    const host = await phones.start();
    await host.tap({ label: "长辈版，换成大字" });
    const again = await phones.start({ storage: host.storage });
    expect(await again.find(".skin-1")).not.toBeNull();
  });

  test("an edition chosen on a phone that is full reaches the account and stays", async () => {
    const phone = `1990000087${platforms.indexOf(platform)}`;
    await county().world.person({ phone, channel: platform, openid: `o-full-${phone}` });
    const host = await phones.start({ openid: `o-full-${phone}`, as: phone, url: `/${pages.home}` });
    host.storage.set("filler", "x".repeat(10 * 1024 * 1024));
    await host.tap({ label: "长辈版，换成大字" });
    const elder = async () => (await (await county().as(phone)).account.me.query({})).me?.elder;
    await host.waitFor(async () => (await elder()) === 1, "the account knows the edition");
    await open(host, pages.me);
    expect(await host.find(".skin-1")).not.toBeNull();
  });

  test("an edition chosen before the sign-in goes along onto the account; the one of whoever was here before stays theirs", async () => {
    const { world } = county();
    const sign = async (host: MiniHost) => {
      await host.tap({ role: "checkbox", label: "我已阅读并同意《隐私保护说明》" });
      await host.tap({ role: "button", text: platform === "weapp" ? "微信一键登录" : "支付宝一键登录" });
    };
    const elderOf = async (phone: string) => (await (await county().as(phone)).account.me.query({})).me?.elder;
    const [first, next] = ["1990000085", "1990000086"].map((start) => `${start}${platforms.indexOf(platform)}`);
    if (first === undefined || next === undefined) throw new Error("two phones");
    for (const phone of [first, next]) await world.person({ phone, channel: platform, openid: `o-ed-${phone}` });
    const host = await phones.start({ openid: `o-ed-${first}`, url: `/${pages.home}` });
    await host.tap({ label: "长辈版，换成大字" });
    await open(host, pages.signIn);
    await sign(host);
    await host.waitFor(async () => (await elderOf(first)) === 1, "the account knows the edition");
    await open(host, pages.sessions);
    await host.tap({ role: "button", text: "退出登录" });
    await host.tap({ role: "button", text: "确定退出" });
    const other = await phones.start({ storage: host.storage, openid: `o-ed-${next}`, url: `/${pages.signIn}` });
    expect(await other.find(".skin-1")).not.toBeNull();
    await sign(other);
    await open(other, pages.home);
    expect(await other.find(".skin-0")).not.toBeNull();
    expect(await elderOf(next)).toBe(0);
  });

  test("both editions offer the same on every page, each with a role and a name, within the budget of nodes", async () => {
    const walk = await everyPage(county());
    const host = await phones.start({ as: secretary });
    const normal = await offers(host, walk);
    await open(host, pages.home);
    await host.tap({ label: "长辈版，换成大字" });
    const elder = await offers(host, walk);
    await open(host, pages.home);
    await host.tap({ label: "普通版，换回小字" });
    expect(elder).toEqual(normal);
  });

  test("from the tabs, both editions lead to the same pages", async () => {
    const host = await phones.start({ as: secretary });
    const normal = await ways(host);
    await open(host, pages.home);
    await host.tap({ label: "长辈版，换成大字" });
    const elder = await ways(host);
    await open(host, pages.home);
    await host.tap({ label: "普通版，换回小字" });
    expect(elder).toEqual(normal);
    expect(new Set(Object.values(normal).map((url) => url.split("?")[0])).size).toBeGreaterThan(12);
  });

  test("the picker of the elder edition chooses the kinds that the chips of the other offer", async () => {
    const chips = await phones.start({ url: `/${pages.notices}` });
    const kinds = (await chips.findAll({ role: "radio" })).map(({ text }) => text);
    const host = await phones.start({ url: `/${pages.notices}`, storage: { skin: 1 } });
    const shown: string[] = [];
    for (const at of kinds.keys()) {
      await host.choose("wx-picker", at);
      shown.push(await host.text("wx-picker"));
    }
    expect(shown).toEqual(kinds);
    expect(kinds.length).toBe(10);
  });
});

/** What can be pressed on each page, by role and name. The edition's own words do not count. */
async function offers(host: MiniHost, walk: [string, string][]): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const [name, url] of walk) {
    await open(host, url);
    expect(await host.nodes(), name).toBeLessThanOrEqual(firstScreenNodes);
    const found = (await host.findAll(tappable)).filter(({ visible }) => visible);
    expect(
      found
        .filter((one) => one.role === "" || one.name === "")
        .map(({ className, text }) => `${name}: .${className} ${text}`),
    ).toEqual([]);
    // What is looked at is chosen by chips in one edition and by a picker in the other: their own test compares those.
    const own = ["notices", "circle"].includes(name)
      ? found.filter(({ role }) => role !== "radio" && role !== "combobox")
      : found;
    all[name] = [...new Set(own.map((one) => `${one.role} ${plain(one.name)}`))].sort();
  }
  return all;
}

const plain = (name: string): string => name.replace(/(长辈版，换成大字|普通版，换回小字|普通版|长辈版)/g, "").trim();

/** Where every link of the four tabs leads. */
async function ways(host: MiniHost): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const tab of [pages.home, pages.services, pages.circle, pages.me]) {
    await open(host, tab);
    const links = (await host.findAll({ role: "link" })).filter(({ visible }) => visible);
    for (const nth of links.keys()) {
      await host.tap({ role: "link", nth });
      const query = new URLSearchParams(host.query);
      query.delete("$taroTimestamp");
      query.sort();
      all[`${tab} ${plain(links[nth]?.name ?? "")}`] = `${host.route}?${query}`;
      if (host.route === tab) continue;
      if (host.routes.length > 1) await host.back();
      else await open(host, tab);
    }
  }
  return all;
}
