import { portal as portalAdapter, toBody } from "@weimenhu/connectors/adapters";
import { bodyText, isCut, picturesOf } from "@weimenhu/domain/body";
import { type FaultKind, type PortalStarted, startPortal } from "@weimenhu/sandbox";
import { afterEach, beforeEach, expect, test } from "vitest";
import { county, type Kit, key, log, noticesKit, personOf, sister, town, village } from "../../../test/notices-kit.ts";
import { makeDial } from "../../kernel/dial.ts";
import { OutboxWorker } from "../../kernel/outbox-worker.ts";
import { insideTx } from "../../kernel/tx.ts";
import { noticeJobs, noticeTicks } from "./index.ts";

let kit: Kit;
let site: PortalStarted;
let worker: OutboxWorker;
let called: string[];
const clerk = personOf("clerk", county);
const refused = (word: string) => expect.objectContaining({ cause: expect.objectContaining({ word }) });

beforeEach(async () => {
  site = await startPortal();
  for (const channel of ["rss", "atom", "json"] as const) {
    site.control.setItems(channel, site.control.items(channel).slice(0, 5));
  }
  const allowHosts = [new URL(site.url).host];
  kit = await noticesKit(allowHosts, Date.now());
  called = [];
  const real = makeDial({
    system: "portal",
    insideTx,
    timeoutMs: 1_500,
    retries: 0,
    maxBytes: 5 << 20,
    breaker: { failures: 1_000, halfOpenAfterMs: 1 },
    allowHosts,
  });
  const dial: typeof real = (request) => {
    called.push(request.url);
    return real(request);
  };
  const deps = { db: kit.db, log, portal: portalAdapter({ dial }), toBody, dial, files: kit.files };
  worker = new OutboxWorker({ db: kit.db, log, handlers: noticeJobs(deps) });
});
afterEach(async () => {
  await site.close();
  await kit.close();
});

const add = (more = {}) =>
  kit.as(clerk).portals.add({
    key: key(),
    region: county,
    name: "示例县政府网",
    url: site.urls.rss,
    category: "announcement",
    reach: "subtree",
    ...more,
  });
/** Ten minutes later the tick asks, and the outbox reads. */
async function read() {
  kit.clock.advance(600_000);
  await noticeTicks({ db: kit.db })["portals.due"]?.run(kit.clock.now());
  await worker.settle();
}
const shown = async (region = village) => (await kit.as(null).notices.list({ region, limit: 50 })).items;
const portalNow = async () => {
  const [portal] = (await kit.as(clerk).portals.list({})).items;
  if (!portal) throw new Error("no portal");
  return portal;
};
const full = (id: string) => kit.as(null).notices.get({ id });

test.each(["rss", "atom", "json"] as const)(
  "%s: every item appears once in each village, with its source, link and pictures of our own",
  async (channel) => {
    await add({ url: site.urls[channel] });
    await worker.settle();
    const items = await shown();
    expect(items.map((item) => item.title).sort()).toEqual(
      site.control
        .items(channel)
        .map((item) => item.title)
        .sort(),
    );
    expect((await shown(sister)).map((item) => item.id)).toEqual(items.map((item) => item.id));
    for (const item of items) {
      expect(item.source).toMatchObject({ name: "示例县政府网", stale: false });
      expect(item.source?.url).toContain("/notices/");
      for (const picture of picturesOf((await full(item.id)).body))
        expect(picture.src).toMatch(/^\/m\/[0-9a-f]{64}\.(png|jpg)$/);
    }
    expect(items.some((item) => item.cover?.startsWith("/m/"))).toBe(true);
    expect(await portalNow()).toMatchObject({ items: items.length, fault: null });
    expect(await portalNow()).toMatchObject({ freshAt: kit.clock.now() });
  },
);

test.each(["rss", "atom", "json"] as const)(
  "%s: an item of 5 MB is shown by its beginning with a link to the rest, keeps no other out, and staff are told",
  async (channel) => {
    site.control.fault({ kind: "huge-item", times: 0 });
    await add({ url: site.urls[channel] });
    await worker.settle();
    const items = await shown();
    expect(items.map((item) => item.title).sort()).toEqual(
      [...site.control.items(channel).map((item) => item.title), "问题条目 bad-huge"].sort(),
    );
    const huge = await full(items.find((item) => item.title.includes("bad-huge"))?.id ?? "");
    expect(isCut(huge.body)).toBe(true);
    expect(bodyText(huge.body)).toMatch(/^字字字/);
    expect(huge.source?.url).toContain(`/notices/${channel}/`);
    expect(await portalNow()).toMatchObject({ items: 6, cut: 1, dropped: 0, fault: null });
    site.control.clearFaults();
    await read();
    expect(await portalNow()).toMatchObject({ cut: 0 });
  },
);

test("an unchanged feed costs one conditional request, and nothing is stored twice", async () => {
  await add();
  await worker.settle();
  const before = await shown();
  called.length = 0;
  await read();
  await read();
  expect(called).toEqual([site.urls.rss, site.urls.rss]);
  expect((await shown()).map((item) => item.id)).toEqual(before.map((item) => item.id));
  const [row] = await kit.db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM notice_version");
  expect(Number(row?.n)).toBe(before.length);
});

test("a changed item becomes a new version of the same notice", async () => {
  await add();
  await worker.settle();
  const [item] = site.control.items("rss");
  const old = (await shown()).find((card) => card.title === item?.title);
  site.control.change("rss", item?.id ?? "", { title: "改期的通知", html: "<p>改到后天。</p>" });
  await read();
  const now = await full(old?.id ?? "");
  expect(now).toMatchObject({ title: "改期的通知", version: 2 });
  expect(JSON.stringify(now.body)).toContain("改到后天");
  const { items } = await kit.as(clerk).notices.history({ id: now.id });
  expect(items.map((step) => [step.move, step.by])).toEqual([
    ["changed", "示例县政府网"],
    ["imported", "示例县政府网"],
  ]);
  expect((await kit.as(null).notices.search({ q: "改期", region: village })).items.map((hit) => hit.id)).toEqual([
    now.id,
  ]);
});

test("an item taken down there is withdrawn here after the second reading, says why, and comes back when it does", async () => {
  await add();
  await worker.settle();
  const [item] = site.control.items("rss");
  const id = (await shown()).find((card) => card.title === item?.title)?.id ?? "";
  const pictures = async () => {
    const asked = "SELECT DISTINCT withdrawn_at IS NOT NULL AS gone FROM media_use WHERE owner = ?";
    return (await kit.db.rows<{ gone: number }>(asked, [`notice:${id}`])).map((row) => Number(row.gone));
  };
  expect(await pictures()).toEqual([0]);
  const all = site.control.items("rss");
  site.control.withdraw("rss", item?.id ?? "");
  await read();
  expect((await full(id)).withdrawn).toBeNull();
  await read();
  expect(await full(id)).toMatchObject({ withdrawn: { reason: "来源已撤下" }, body: [] });
  expect(await pictures()).toEqual([1]);
  expect((await shown()).some((card) => card.id === id)).toBe(false);
  site.control.setItems("rss", all);
  await read();
  expect((await full(id)).withdrawn).toBeNull();
  expect(await pictures()).toEqual([0]);
});

test("items that slide out at the old end of the feed stay", async () => {
  await add();
  await worker.settle();
  const before = await shown();
  site.control.setItems("rss", site.control.items("rss").slice(0, 2));
  await read();
  await read();
  await read();
  expect((await shown()).length).toBe(before.length);
});

test("what our staff withdrew stays withdrawn, whatever the portal does with it", async () => {
  await add();
  await worker.settle();
  const [item] = site.control.items("rss");
  const id = (await shown()).find((card) => card.title === item?.title)?.id ?? "";
  await expect(kit.as(clerk).notices.move({ id, version: 1, move: "revise" })).rejects.toEqual(refused("NOT_ALLOWED"));
  await kit.as(clerk).notices.move({ id, version: 1, move: "withdraw", reason: "内容有误" });
  site.control.change("rss", item?.id ?? "", { html: "<p>又改了。</p>" });
  await read();
  expect((await full(id)).withdrawn).toMatchObject({ reason: "内容有误" });
});

const down: [FaultKind, string][] = [
  ["delay", "没有按时"],
  ["drop", "打不开"],
  ["5xx", "打不开"],
  ["malformed", "订阅内容"],
  ["huge", "太大"],
  ["bomb", "太大"],
  ["redirect-loop", "跳转"],
  ["redirect-inside", "内部网络"],
];
test.each(down)("%s: the last copy stays with its time, and staff are told", async (kind, words) => {
  await add();
  await worker.settle();
  const before = await shown();
  const fresh = kit.clock.now();
  site.control.change("rss", site.control.items("rss")[0]?.id ?? "", { title: "改了" });
  site.control.fault({ kind, times: 0, ms: 3_000 });
  await read();
  const after = await shown();
  expect(after.map((item) => item.title)).toEqual(before.map((item) => item.title));
  expect(after[0]?.source).toMatchObject({ seenAt: fresh, stale: false });
  expect((await portalNow()).fault).toContain(words);
  kit.clock.advance(6 * 3_600_000);
  await read();
  expect((await shown())[0]?.source?.stale).toBe(true);
  site.control.clearFaults();
  await read();
  expect((await portalNow()).fault).toBeNull();
  expect((await shown()).every((item) => item.source?.stale === false)).toBe(true);
  expect((await shown()).some((item) => item.title === "改了")).toBe(true);
});

test("a script, a doubled id and an inside address neither get in nor keep the others out", async () => {
  await add();
  for (const kind of ["script-item", "duplicate-id", "internal-link"] as const) site.control.fault({ kind });
  await worker.settle();
  const items = await shown();
  const titles = items.map((item) => item.title);
  for (const item of site.control.items("rss")) expect(titles).toContain(item.title);
  expect(titles.filter((title) => title.includes("重复编号"))).toEqual([]);
  for (const item of items) {
    const { title, body } = await full(item.id);
    const text = JSON.stringify(body);
    expect(title).not.toContain("<");
    expect(text).not.toMatch(/alert\(1\)|javascript:|onerror|10\.0\.0\.1|steal/);
  }
  expect(called.filter((url) => url.includes("169.254"))).toEqual([]);
});

test("only a public http(s) address, or one that the configuration names, becomes a portal, and each once", async () => {
  const bad = [
    "http://127.0.0.1:1/rss",
    "http://10.0.0.8/",
    "http://[::1]/",
    "ftp://example.com/",
    "http://localhost/rss",
    "x",
    "http://a:b@example.com/",
  ];
  for (const url of bad) await expect(add({ url })).rejects.toEqual(refused("ADDRESS_BAD"));
  const sent = { key: key(), url: site.urls.json };
  const [one, two] = await Promise.all([add(sent), add(sent)]);
  expect(one?.id).toBe(two?.id);
  await expect(add({ ...sent, name: "别名" })).rejects.toEqual(refused("KEY_REUSED"));
  await expect(add({ url: `${site.urls.json}#x` })).rejects.toEqual(refused("PORTAL_EXISTS"));
});

test("a portal belongs to its place: who has no office there neither sees nor changes it", async () => {
  const { id } = await add({ region: town });
  const other = kit.as(personOf("clerk", "990101002000")).portals;
  expect((await other.list({})).items).toEqual([]);
  await expect(other.set({ id, active: false })).rejects.toEqual(refused("NOT_FOUND"));
  await expect(other.refresh({ id })).rejects.toEqual(refused("NOT_FOUND"));
  await expect(kit.as(personOf("secretary", village)).portals.list({})).rejects.toEqual(refused("NOT_ALLOWED"));
});

test("a new name of a portal stands at once under everything that it brought in", async () => {
  await add();
  await worker.settle();
  const [first] = (await kit.as(null).notices.list({ region: village })).items;
  const scopes = [`notices:${first?.region}`, `notice:${first?.id}`];
  const stamps = async () => Promise.all(scopes.map((scope) => kit.db.versions.current([scope])));
  const before = await stamps();
  const { id } = await portalNow();
  await kit.as(clerk).portals.set({ id, name: "清溪镇政府网" });
  const after = await stamps();
  expect(after.map((stamp, at) => stamp === before[at])).toEqual([false, false]);
  const renamed = await kit.as(null).notices.get({ id: first?.id ?? "" });
  expect(renamed.source?.name).toBe("清溪镇政府网");
});

test("reading a page never calls the outside, and a portal that is switched off is not read", async () => {
  await add();
  await worker.settle();
  called.length = 0;
  await shown();
  await kit.as(null).notices.search({ q: "通知", region: village });
  expect(called).toEqual([]);
  const { id } = await portalNow();
  await kit.as(clerk).portals.set({ id, active: false });
  await read();
  expect(called).toEqual([]);
  await kit.as(clerk).portals.set({ id, active: true });
  await kit.as(clerk).portals.refresh({ id });
  await kit.as(clerk).portals.refresh({ id });
  await worker.settle();
  expect(called).toEqual([site.urls.rss]);
});
