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
