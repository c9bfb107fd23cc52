import { bodyFault, bodyText, isCut } from "@weimenhu/domain/body";
import { type ChannelName, type PortalStarted, startPortal } from "@weimenhu/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeDial } from "../../../../server/src/kernel/dial.ts";
import { env, faultOf, quick } from "../wire-help.ts";
import { toBody } from "./body.ts";
import { portal } from "./feed.ts";

let site: PortalStarted;
const allowed = () => env(site, "PORTAL_ALLOW_HOSTS").split(",");
const adapter = (allowHosts = allowed()) =>
  portal({ dial: makeDial({ system: "portal", ...quick, allowHosts, retries: 0 }) });
const read = async (channel: ChannelName) => {
  const reading = await adapter().read({ url: site.urls[channel], kind: channel });
  if (reading.state === "same") throw new Error("not fresh");
  return reading;
};
const CHANNELS: ChannelName[] = ["rss", "atom", "json"];

beforeAll(async () => {
  site = await startPortal();
});
afterAll(() => site.close());
beforeEach(() => site.control.clearFaults());

describe.each(CHANNELS)("%s", (channel) => {
  test("gives every notice as published: id, title, link, times, category, body, files", async () => {
    const published = site.control.items(channel);
    const { items, title, dropped } = await read(channel);
    expect([items.length, dropped, title]).toEqual([30, 0, expect.stringContaining("示例县")]);
    for (const [i, notice] of published.entries()) {
      const item = items[i];
      const seconds = (ms = 0) => Math.floor(ms / 1000);
      expect([item?.guid, item?.title, item?.categories]).toEqual([notice.id, notice.title, [notice.category]]);
      expect([seconds(item?.publishedAt), seconds(item?.updatedAt)]).toEqual([
        seconds(notice.published),
        seconds(notice.updated),
      ]);
      expect(item?.url.startsWith(`${site.url}/notices/${channel}/`)).toBe(true);
      expect(item?.enclosures.map(({ url }) => url)).toEqual(notice.file ? [site.url + notice.file] : []);
      expect((await fetch(item?.url ?? "")).status).toBe(200);
      expect(toBody(item?.html ?? "", item?.url ?? "")).toEqual(toBody(notice.html, site.url));
    }
    const kinds = new Set(items.flatMap((item) => toBody(item.html, item.url).map(({ t }) => t)));
    expect([...kinds]).toEqual(expect.arrayContaining(["p", "table", "img", "ol"]));
  });

  test("unchanged since the last reading is one short answer, by tag and by date", async () => {
    const { etag = "", lastModified = "" } = await read(channel);
    const url = site.urls[channel];
    expect(await adapter().read({ url, etag, lastModified })).toEqual({ state: "same" });
    expect(await adapter().read({ url, lastModified })).toEqual({ state: "same" });
    expect((await adapter().read({ url, etag: '"other"', lastModified })).state).toBe("fresh");
  });

  test("a changed item comes with its new text, a withdrawn one is gone while older ones stay", async () => {
    const before = await read(channel);
    const [first, second, third] = site.control.items(channel);
    site.control.change(channel, first?.id ?? "", { title: "更正后的标题", html: "<p>更正</p>" });
    site.control.withdraw(channel, second?.id ?? "");
    const question = { url: site.urls[channel], ...(before.etag ? { etag: before.etag } : {}) };
    const after = await adapter().read(question);
    if (after.state === "same") throw new Error("not fresh");
    expect(after.items.slice(0, 2).map(({ guid }) => guid)).toEqual([first?.id, third?.id]);
    expect(after.items[0]).toMatchObject({ title: "更正后的标题", html: "<p>更正</p>" });
    expect(after.items[0]?.updatedAt).toBeGreaterThan(before.items[0]?.updatedAt ?? Number.NaN);
  });

  test("an item of 5 MB keeps no other out, and its own beginning is kept with a word about the rest", async () => {
    site.control.fault({ kind: "huge-item" });
    const { items, dropped } = await read(channel);
    expect([items.length, dropped]).toEqual([site.control.items(channel).length + 1, 0]);
    const huge = items.find(({ title }) => title === "问题条目 bad-huge");
    const body = toBody(huge?.html ?? "", huge?.url ?? "");
    expect([bodyFault(body), isCut(body), bodyText(body).startsWith("字字")]).toEqual([null, true, true]);
  });

  test("another kind of feed than expected is a bad answer", async () => {
    const kind = channel === "rss" ? "atom" : "rss";
    expect((await faultOf(adapter().read({ url: site.urls[channel], kind }))).detail).toBe(
      `a feed of kind ${channel}, not ${kind}`,
    );
  });
});

describe("an upstream that misbehaves", () => {
  test.each([
    ["5xx", "down"],
    ["drop", "down"],
    ["malformed", "bad-answer"],
    ["huge", "too-large"],
    ["bomb", "too-large"],
    ["redirect-loop", "redirects"],
    ["redirect-inside", "refused-address"],
  ] as const)("%s: a fault of kind %s, and the next reading is well again", async (kind, expected) => {
    site.control.fault({ kind });
    expect((await faultOf(adapter().read({ url: site.urls.rss }))).kind).toBe(expected);
    expect((await read("rss")).items.length).toBeGreaterThan(20);
  });

  test("slow beyond patience is a time-out", async () => {
    site.control.fault({ kind: "delay", ms: 3_000 });
    expect((await faultOf(adapter().read({ url: site.urls.atom }))).kind).toBe("timeout");
  });

  test("a page that is no feed, and a page that is not there", async () => {
    expect((await faultOf(adapter().read({ url: site.urls.home }))).detail).toBe("not a feed");
    expect((await faultOf(adapter().read({ url: `${site.url}/nowhere` }))).detail).toBe("status 404");
  });

  test("a script in title and body is gone from what is stored", async () => {
    site.control.fault({ kind: "script-item" });
    const item = (await read("rss")).items.at(-1);
    expect(item?.title).toBe("alert(1)带脚本的条目");
    expect(toBody(item?.html ?? "", item?.url ?? "")).toEqual([
      { t: "p", c: [{ t: "text", v: "正文" }] },
      { t: "img", src: expect.stringContaining("/x"), alt: "" },
      { t: "p", c: [{ t: "text", v: "点我" }] },
    ]);
  });

  test("of two items with one id the first counts, and the other is told", async () => {
    site.control.fault({ kind: "duplicate-id" });
    const { items, dropped } = await read("json");
    expect([dropped, new Set(items.map(({ guid }) => guid)).size]).toEqual([1, items.length]);
    expect(items.some(({ title }) => title === "重复编号的条目")).toBe(false);
  });

  test("links into private networks leave neither in the body nor as a source", async () => {
    site.control.fault({ kind: "internal-link" });
    const item = (await read("rss")).items.at(-1);
    expect(toBody(item?.html ?? "", item?.url ?? "")).toEqual([{ t: "p", c: [{ t: "text", v: "内网" }] }]);
  });

  test.each(["rss", "atom"] as const)("GBK that is announced as UTF-8 is still read (%s)", async (channel) => {
    site.control.fault({ kind: "wrong-charset" });
    const { items } = await read(channel);
    expect(items[0]?.title).toBe(site.control.items(channel)[0]?.title);
  });
});

test("no request leaves for a private address that the configuration does not name", async () => {
  const before = site.control.requests().length;
  expect((await faultOf(adapter([]).read({ url: site.urls.rss }))).kind).toBe("refused-address");
  expect((await faultOf(adapter().read({ url: site.urls.rss.replace("127.0.0.1", "localhost") }))).kind).toBe(
    "refused-address",
  );
  expect(site.control.requests().length).toBe(before);
});

test("health reads the configured feed", async () => {
  const dial = makeDial({ system: "portal", ...quick, allowHosts: allowed(), retries: 0 });
  expect(await portal({ dial }).check()).toEqual({ ok: true });
  expect(await portal({ dial, probe: site.urls.rss }).check()).toEqual({ ok: true });
  site.control.fault({ kind: "5xx" });
  expect(await portal({ dial, probe: site.urls.rss }).check()).toEqual({
    ok: false,
    why: `portal: down (status 503) at ${site.urls.rss}`,
  });
});
