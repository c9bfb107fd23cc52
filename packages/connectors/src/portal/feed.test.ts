import { describe, expect, test } from "vitest";
import type { Dial, PortalReading } from "../ports.ts";
import { portal } from "./feed.ts";

/** A portal that answers with these bytes. */
async function read(
  text: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Extract<PortalReading, { state: "fresh" }>> {
  const url = "https://portal.example.cn/feeds/all.xml";
  const dial: Dial = async () => ({
    status: 200,
    headers,
    body: typeof text === "string" ? Buffer.from(text) : text,
    url,
  });
  const reading = await portal({ dial }).read({ url });
  if (reading.state === "same") throw new Error("not fresh");
  return reading;
}
const rss = (items: string, head = "") =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>门户</title>${head}${items}</channel></rss>`;

describe("what publishers really send", () => {
  test("relative links are absolute against the feed, a permanent guid serves as the link", async () => {
    const { items } = await read(
      rss(
        "<item><title>一</title><link>../a/1.html</link></item><item><title>二</title><guid>https://portal.example.cn/2</guid></item>",
      ),
    );
    expect(items.map(({ url, guid }) => [guid, url])).toEqual([
      ["https://portal.example.cn/a/1.html", "https://portal.example.cn/a/1.html"],
      ["https://portal.example.cn/2", "https://portal.example.cn/2"],
    ]);
  });

  test.each(["javascript:alert(1)", "file:///etc/passwd", "http://10.0.0.1/x", "http://localhost/x", ""])(
    "an item whose link is %o shows the publisher's home page as its source",
    async (link) => {
      const { items } = await read(
        rss(
          `<item><title>一</title><guid isPermaLink="false">1</guid><link>${link}</link></item>`,
          "<link>https://portal.example.cn/home</link>",
        ),
      );
      expect(items[0]?.url).toBe("https://portal.example.cn/home");
    },
  );

  test("an item with a text alone is kept, one with neither a title nor a text is dropped and counted", async () => {
    const { items, dropped } = await read(
      rss(
        "<item><guid>1</guid></item><item><guid>2</guid><description>明天停水。</description></item><item><title>三</title><guid>3</guid></item>",
      ),
    );
    expect([items.map(({ guid, title, html }) => [guid, title, html]), dropped]).toEqual([
      [
        ["2", "", "明天停水。"],
        ["3", "三", ""],
      ],
      1,
    ]);
  });

  test("a JSON Feed's item needs no title", async () => {
    const item = { id: "1", content_text: "明天停水。" };
    const feed = { version: "https://jsonfeed.org/version/1.1", title: "门户", items: [item] };
    expect((await read(JSON.stringify(feed))).items).toMatchObject([{ guid: "1", title: "", html: "明天停水。" }]);
  });

  test("ids tell items apart, whatever address they share; without an id it is the link, unless that is the channel's own", async () => {
    const home = "https://portal.example.cn/home";
    const page = "https://portal.example.cn/page";
    const { items, dropped } = await read(
      rss(
        `<item><title>一</title><guid>1</guid><link>${page}</link></item><item><title>二</title><guid>2</guid><link>${page}</link></item>` +
          `<item><title>三</title><link>${page}</link></item>` +
          `<item><title>四</title><link>${home}</link></item><item><title>五</title><link>${home}</link></item>` +
          "<item><description>六</description></item><item><title>七</title></item>",
        `<link>${home}</link>`,
      ),
    );
    expect([new Set(items.map(({ guid }) => guid)).size, dropped]).toEqual([7, 0]);
    expect(items.map(({ url, byLink }) => [url, byLink === true])).toEqual([
      [page, false],
      [page, false],
      [page, true],
      ...Array.from({ length: 4 }, () => [home, false]),
    ]);
  });

  test("the full text goes before the summary, and no text is an empty body", async () => {
    const full = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>t</title><item><title>一</title><guid>1</guid><description>短</description><content:encoded><![CDATA[<p>长</p>]]></content:encoded></item><item><title>二</title><guid>2</guid></item></channel></rss>`;
    expect((await read(full)).items.map(({ html }) => html)).toEqual(["<p>长</p>", ""]);
  });

  test("Atom text that is not markup stays words", async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>i</id><updated>2026-09-01T00:00:00Z</updated><entry><id>1</id><title>一</title><updated>2026-09-01T00:00:00Z</updated><content type="text">1 &lt; 2 &amp;amp; &lt;b&gt;</content></entry></feed>`;
    expect((await read(atom)).items[0]).toMatchObject({
      html: "1 &#60; 2 &#38;amp; &#60;b&#62;",
      publishedAt: Date.parse("2026-09-01T00:00:00Z"),
    });
  });

  test("a JSON Feed's plain text stays words", async () => {
    const feed = {
      version: "https://jsonfeed.org/version/1.1",
      title: "t",
      items: [{ id: "1", title: "一", content_text: "a<b\nc" }],
    };
    expect((await read(JSON.stringify(feed))).items[0]?.html).toBe("a&#60;b<br>c");
  });

  test("an empty feed is a feed", async () => {
    expect(await read(rss(""))).toMatchObject({ title: "门户", items: [], dropped: 0 });
  });

  test("entities cannot be used to grow or to read files", async () => {
    const evil = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>${rss("<item><title>z &b; &f;</title><guid>1</guid></item>").slice(21)}`;
    const outcome = await read(evil).then(
      (reading) => JSON.stringify(reading),
      (error: unknown) => String(error),
    );
    expect(outcome).not.toMatch(/xxxxxxxxxx|root:/);
  });
});

describe("a document made to hold everybody up is refused before it is parsed", () => {
  const json = (items: string) => `{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[${items}]}`;
  const attributes = Array.from({ length: 300_000 }, (_, i) => `a${i}=""`).join(" ");
  test.each([
    ["tags within each other without end", rss("<a>".repeat(1_500_000)), "nested too deeply"],
    ["more items than anybody reads", rss("<item><title>x</title></item>".repeat(300_000)), "too many parts"],
    ["one tag with attributes without end", rss(`<item ${attributes}/>`), "too many parts"],
    ["objects without end", json(`${"{},".repeat(300_000)}{}`), "too many parts"],
    ["arrays within each other", json("[".repeat(1_000_000)), "too many parts"],
  ])(
    "%s",
    async (_name, text, detail) => {
      await expect(read(text)).rejects.toMatchObject({ kind: "too-large", detail });
    },
    60_000,
  );

  test.each([
    [
      "RSS",
      rss(
        `<item><title>长</title><guid>1</guid><description><![CDATA[${"<p>字</p>".repeat(2_500_000)}]]></description></item>`,
      ),
    ],
    [
      "RSS, escaped",
      rss(
        `<item><title>长</title><guid>1</guid><description>${"&lt;p&gt;字&lt;/p&gt;".repeat(900_000)}</description></item>`,
      ),
    ],
    ["JSON Feed", json(JSON.stringify({ id: "1", title: "长", content_html: "<p>字</p>".repeat(2_500_000) }))],
  ])(
    "25 MB of words are only words: %s",
    async (_name, text) => {
      expect((await read(text)).items.map(({ title }) => title)).toEqual(["长"]);
    },
    60_000,
  );
});

describe("charset", () => {
  // 示例 in GBK.
  const gbk = (declared: string) =>
    Buffer.concat([
      Buffer.from(`<?xml version="1.0"${declared}?><rss version="2.0"><channel><title>`),
      Buffer.from([0xca, 0xbe, 0xc0, 0xfd]),
      Buffer.from("</title></channel></rss>"),
    ]);
  test.each([
    ["the header", "", "text/xml; charset=gbk"],
    ["the header, quoted and in capitals", "", 'text/xml; charset="GB2312"'],
    ["the XML declaration", ' encoding="GBK"', "text/xml"],
    ["the declaration where the header is wrong", ' encoding="gb2312"', "text/xml; charset=utf-8"],
    ["neither", "", "text/xml"],
    ["an unknown name", ' encoding="x-klingon"', "text/xml; charset=nonsense"],
  ])("is taken from %s", async (_name, declared, type) => {
    expect((await read(gbk(declared), { "content-type": type })).title).toBe("示例");
  });

  test("UTF-8 with a byte order mark, and UTF-16", async () => {
    const text = rss("").replace("门户", "示例");
    expect((await read(`\ufeff${text}`, { "content-type": "text/xml; charset=gbk" })).title).toBe("示例");
    expect((await read(Buffer.from(`\ufeff${text}`, "utf16le"))).title).toBe("示例");
  });
});
