import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { hashOf } from "../prerender/document.ts";
import { type Answered, openSite, refused, type Site } from "./site.fixture.ts";

const village = "990101001001";
const nasty = `停水</script><script>alert(1)</script>"'&<!--`;
const card = (id: string, title: string) => ({ id, title, region: village, publishedAt: 1_790_000_000_000 });
const notice = (more: object = {}) => ({
  ...card("n1", nasty),
  regionName: "竹溪村",
  category: "outage",
  summary: "请储水",
  cover: null,
  source: null,
  withdrawn: null,
  link: "https://other.example/a?b=1&c=2",
  ...more,
});
const answers: Answered = {
  "notices.list": ({ region }) => ({ items: [card("n1", region === village ? "村里的事" : nasty)], next: null }),
  "notices.get": ({ id }) => {
    if (id === "n1") return notice();
    if (id === "n2") return notice({ withdrawn: { at: 1, reason: "写错了" } });
    throw refused(id === "" ? "BAD_INPUT" : "NOT_FOUND");
  },
  "regions.get": ({ code }) => {
    if (code === village) return { code, name: "竹溪村" };
    throw refused("NO_SUCH_REGION");
  },
  "regions.tree": () => ({ nodes: [{ code: village, name: "竹溪村" }] }),
};

let site: Site;
afterEach(() => site.close());
const get = async (url: string, headers: Record<string, string> = {}) => site.app.inject({ url, headers });
const open = async (more: Answered = {}, url?: string) => {
  site = await openSite({ ...answers, ...more }, url);
};

describe("first HTML", () => {
  it("carries the content, the answers under the names the app asks by, and the tags of the site", async () => {
    await open();
    const { statusCode, body } = await get("/");
    expect(statusCode).toBe(200);
    expect(body).toContain('<html lang="zh-CN" class="first">');
    expect(body).toContain('<a href="/notice?id=n1">');
    expect(body).toContain('<meta name="SiteIDCode" content="9901010001">');
    expect(body).toContain('<link rel="canonical" href="https://www.example.gov.cn/">');
    const [, json = ""] = /id="first-answers">(.*?)<\/script>/s.exec(body) ?? [];
    expect(JSON.parse(json)).toEqual({
      at: expect.any(Number),
      answers: { "notices.list?{}": { items: [card("n1", nasty)], next: null } },
    });
    expect(body.indexOf('<div id="first">')).toBeLessThan(body.indexOf('rel="stylesheet"'));
    expect(body).toContain('<link rel="preload" href="/js/home.33333333.js" as="script" fetchpriority="low">');
  });

  it("lets no text of a notice become markup, wherever it stands", async () => {
    await open();
    const { body } = await get("/notice?id=n1");
    expect(body).not.toContain("<script>alert");
    expect(body).not.toContain("<!--");
    expect(body.match(/<\/script>/g)).toHaveLength(4);
    expect(body).toContain(`<title>停水&lt;/script&gt;`);
    expect(body).toContain('<meta name="PubDate" content="2026-09-21 22:13">');
  });

  it("allows by policy exactly the style sheet that stands in the page", async () => {
    await open();
    for (const [url, sheets] of [
      ["/", 2],
      ["/notice?id=n1", 2],
      ["/me", 2],
      ["/notices/more", 1],
      ["/nowhere", 1],
    ] as const) {
      const { body, headers } = await get(url);
      const policy = String(headers["content-security-policy"]);
      const inlined = [...body.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text = ""]) => `'${hashOf(text)}'`);
      expect([url, inlined.length]).toEqual([url, sheets]);
      expect(policy).toContain(`style-src 'self' ${inlined.join(" ")};`);
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(body).not.toMatch(/ style="| on\w+="/);
    }
  });

  it("is drawn for the village and the edition of the cookies; invented ones count as none", async () => {
    await open();
    const own = await get("/", { cookie: `a=b; place=${village}; skin=2` });
    expect(own.body).toContain(`class="skin-2" data-place="${village}"`);
    expect(own.body).toContain("村里的事");
    for (const cookie of ["place=990101999999; skin=9", "place=<b>; skin=", "place=1%0d%0a", "skin=__proto__"]) {
      const { statusCode, body } = await get("/", { cookie });
      expect([statusCode, body.includes('class="skin-0" data-place=""')]).toEqual([200, true]);
    }
  });

  it("is made once for everybody who asks in the same moment, and never for one person", async () => {
    await open();
    const all = await Promise.all([
      get("/"),
      get("/?utm=1", { cookie: "session=secret" }),
      get("/", { cookie: "skin=0" }),
    ]);
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    expect(site.asked).toEqual(["notices.list?{}"]);
    expect(all[1]?.headers["set-cookie"]).toBeUndefined();
    expect(all[1]?.body).not.toContain("secret");
  });

  it("answers 304 to whoever has it, squeezes it, and says what it varies with", async () => {
    await open();
    const plain = await get("/");
    const etag = String(plain.headers.etag);
    expect(plain.headers.vary).toBe("accept-encoding, cookie");
    const again = await get("/", { "if-none-match": `"x", ${etag}` });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
    const br = await get("/", { "accept-encoding": "gzip, br" });
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
    const gzip = await get("/", { "accept-encoding": "gzip" });
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
  });
});

describe("addresses", () => {
  it("answers a withdrawn notice 410 with its page, an unknown one 404 with a way home", async () => {
    await open();
    expect((await get("/notice?id=n2")).statusCode).toBe(410);
    for (const url of [
      "/notice?id=n3",
      "/notice",
      "/nowhere",
      "/notices?region=990101999999",
      "/%00",
      "//evil.example/me/",
    ]) {
      const { statusCode, body, headers } = await get(url);
      expect([url, statusCode]).toEqual([url, 404]);
      expect(body).toContain('<a href="/">');
      expect(body).not.toContain("<script");
      expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    }
  });

  it("gives pages of the app alone a shell that says what can be read without scripts", async () => {
    await open();
    const { statusCode, body } = await get("/me");
    expect(statusCode).toBe(200);
    expect(body).toContain('<div id="wait"><div class="skin-0">等待 我的');
    expect(body).toMatch(/<noscript>.*<a href="\/notices\?region=all">.*<\/noscript>/s);
    expect((await get("/villages")).body).toContain(`<a href="/notices?region=${village}">竹溪村的公告</a>`);
    expect((await get("/me/?a=1")).headers.location).toBe("/me?a=1");
  });

  it("leads out over a page that only names the address, and never leads by itself", async () => {
    await open();
    const { body } = await get("/notice?id=n1");
    const [, leave = ""] = /href="(\/leave[^"]*)"/.exec(body) ?? [];
    const out = await get(leave);
    expect(out.statusCode).toBe(200);
    expect(out.body).toContain('<a rel="noopener" href="https://other.example/a?b=1&#38;c=2">');
    expect(out.headers.location).toBeUndefined();
    for (const to of ["javascript:alert(1)", "data:text/html,x", "/me", "https://a@b.example/", ""])
      expect((await get(`/leave?to=${encodeURIComponent(to)}`)).statusCode).toBe(404);
  });

  it("brings up the app when the answers cannot be had, and tells whoever watches", async () => {
    const broken = new Error("database away");
    await open({
      "notices.list": () => {
        throw broken;
      },
    });
    const { statusCode, body, headers } = await get("/");
    expect([statusCode, headers["cache-control"], headers["retry-after"]]).toEqual([503, "no-store", "5"]);
    expect(body).toContain('src="/js/app.22222222.js"');
    expect(site.faults).toEqual([broken]);
  });

  it("maps every list and notice once", async () => {
    await open();
    const { body, headers } = await get("/sitemap.xml");
    expect(headers["content-type"]).toContain("application/xml");
    expect(body.match(/<loc>/g)).toHaveLength(4);
    expect(body).toContain(
      "<loc>https://www.example.gov.cn/notice?id=n1</loc><lastmod>2026-09-21T22:13+08:00</lastmod>",
    );
  });
});

describe("files", () => {
  it("keeps hashed names for good and asks for the others anew; all are sniffed by nobody", async () => {
    await open();
    const script = await get("/js/app.22222222.js", { "accept-encoding": "br" });
    expect(script.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(script.headers["content-encoding"]).toBe("br");
    expect((await get("/js/app.22222222.js", { "if-none-match": String(script.headers.etag) })).statusCode).toBe(304);
    for (const url of ["/sw.js", "/manifest.webmanifest", "/icon.svg", "/robots.txt", "/desk/", "/"]) {
      const { headers } = await get(url);
      expect([url, headers["cache-control"], headers["x-content-type-options"]]).toEqual([url, "no-cache", "nosniff"]);
      expect(headers["strict-transport-security"]).toContain("max-age=31536000");
    }
    expect((await get("/js/gone.00000000.js")).headers["content-type"]).toContain("json");
  });

  it("promises no https when the site has none", async () => {
    await open({}, "http://localhost:8080");
    expect((await get("/")).headers["strict-transport-security"]).toBeUndefined();
  });

  it("gives the desk under a policy of its own, and its app for each of its addresses", async () => {
    await open();
    const { body, headers } = await get("/desk/notices/1");
    expect(body).toContain("工作台");
    expect(headers["content-security-policy"]).toContain("style-src 'self';");
    expect((await get("/desk/assets/index-AbCd_123.js")).headers["cache-control"]).toContain("immutable");
    expect((await get("/desk/assets/gone.js")).statusCode).toBe(404);
  });

  it("lists this build's files in the service worker and nothing personal", async () => {
    await open();
    const { body } = await get("/sw.js");
    expect(body).toContain('"/js/app.22222222.js"');
    expect(body).toMatch(/const files = \["/);
    expect(body).not.toContain("__VERSION__");
  });
});
