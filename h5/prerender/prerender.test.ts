import { describe, expect, it } from "vitest";
import { fileOf } from "../serve/files.ts";
import { readBuild } from "./build.ts";
import { jsonForScript } from "./escape.ts";
import { hintsOf, queryOf } from "./hints.ts";
import { keeper } from "./kept.ts";
import { leavingFor, overLeaving } from "./links.ts";
import { metaTags } from "./meta.ts";
import { isoOf, minuteOf } from "./time.ts";

const site = { name: "示例县微门户", domain: "www.example.gov.cn", idCode: "9901010001" };

describe("what goes into a page", () => {
  it("writes JSON that no text in it can end or comment out, and that reads back the same", () => {
    const value = { title: "</script><!--\u2028\u2029", quotes: `"'&` };
    const text = jsonForScript(value);
    expect(text).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(value);
  });

  it("gives every page the site tags, and only articles the article tags", () => {
    const article = {
      title: `"><b>`,
      published: "2026-11-22 09:30",
      source: "竹溪村",
      url: "u",
      keywords: "k",
      image: null,
    };
    const column = { name: "公告", description: "d", keywords: "k" };
    const names = (html: string) => [...html.matchAll(/name="(\w+)"/g)].map(([, name]) => name);
    expect(names(metaTags(site, { description: "d" }))).toEqual([
      "SiteName",
      "SiteDomain",
      "SiteIDCode",
      "description",
    ]);
    const tags = metaTags(site, { description: "d", column, article });
    expect(names(tags)).toEqual(
      expect.arrayContaining(["ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource"]),
    );
    expect(names(tags)).not.toContain("Image");
    expect(tags).toContain('<meta name="ArticleTitle" content="&quot;&gt;&lt;b&gt;">');
  });

  it("says times in Beijing, whatever the machine's zone", () => {
    expect(minuteOf(1_763_775_000_000)).toBe("2025-11-22 09:30");
    expect(isoOf(1_763_826_000_000)).toBe("2025-11-22T23:40+08:00");
  });
});

describe("links to other sites", () => {
  const site = "https://www.example.gov.cn";
  it("lead over the leaving page with their whole address; our own do not", () => {
    const html = `<a rel="noopener" href="https://other.example/?a=1&amp;b=%22&amp;c=&#x27;">x</a>`;
    const to = encodeURIComponent("https://other.example/?a=1&b=%22&c='");
    expect(overLeaving(html, site)).toBe(`<a rel="noopener" href="/leave?to=${to}">x</a>`);
    for (const own of ['<a href="/notices">x</a>', `<a href="${site}/notice?id=1">x</a>`, '<a href="tel:12345">x</a>'])
      expect(overLeaving(own, site)).toBe(own);
    expect(overLeaving(`<a href="${site}.evil.example/">x</a>`, site)).toContain("/leave?to=");
  });

  it("are web addresses without a name before the host", () => {
    expect(leavingFor("HTTPS://例子.example/路")).toBe("https://xn--fsqu00a.example/%E8%B7%AF");
    for (const to of [
      null,
      "",
      "/me",
      "//other.example",
      "javascript:alert(1)",
      "ftp://a.example",
      "https://bank.example@evil.example",
    ])
      expect(leavingFor(to)).toBeNull();
    expect(leavingFor(`https://a.example/${"x".repeat(2000)}`)).toBeNull();
  });
});

describe("hints and questions", () => {
  it("takes place and edition from the cookies only as the app writes them", () => {
    expect(hintsOf("x=1; place=990101001001; skin=2")).toEqual({ place: "990101001001", skin: 2 });
    expect(hintsOf("place=000000000000; skin=3; myplace=990101001001")).toEqual({ place: undefined, skin: 0 });
  });

  it("reads of an address only what a page is drawn from", () => {
    const search = new URLSearchParams(`id=01ARZ&region=${"1".repeat(300)}&place=990101001001&category=<b>`);
    expect(queryOf(search, ["id", "region", "category"])).toEqual({ id: "01ARZ" });
  });
});

describe("keeping pages", () => {
  it("makes one for all who ask while it is made, and again when it failed", async () => {
    const kept = keeper<number>(1000, 10);
    let made = 0;
    let settle = (_value: number): void => undefined;
    const slow = () =>
      new Promise<number>((resolve) => {
        made += 1;
        settle = resolve;
      });
    const both = Promise.all([kept("a", slow), kept("a", slow)]);
    settle(7);
    expect([await both, made]).toEqual([[7, 7], 1]);
    await expect(kept("b", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await kept("b", async () => 8)).toBe(8);
  });

  it("holds no more than it may", async () => {
    const kept = keeper<number>(60_000, 2);
    for (const key of ["a", "b", "c"]) await kept(key, async () => 1);
    expect(await kept("a", async () => 2)).toBe(2);
    expect(await kept("c", async () => 3)).toBe(1);
  });
});

describe("the app's build", () => {
  it("is refused when it is not there", () => {
    expect(() => readBuild(new Map())).toThrow("not built");
    expect(() => readBuild(new Map([["index.html", fileOf("index.html", Buffer.from("<html></html>"))]]))).toThrow(
      "no script",
    );
  });
});
