import { portal as portalAdapter, toBody } from "@weimenhu/connectors/adapters";
import type { Dial } from "@weimenhu/connectors/ports";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { county, type Kit, key, log, noticesKit, personOf, village } from "../../../test/notices-kit.ts";
import { OutboxWorker } from "../../kernel/outbox-worker.ts";
import { noticeJobs, noticeTicks } from "./index.ts";

/** Feeds that are legal and that a tidy publisher does not write. */
let kit: Kit;
let worker: OutboxWorker;
let feed: string;
const clerk = personOf("clerk", county);
const url = "https://portal.example.cn/feeds/all.xml";

beforeEach(async () => {
  kit = await noticesKit(["portal.example.cn"]);
  const dial: Dial = async () => ({ status: 200, headers: {}, body: Buffer.from(feed), url });
  const deps = { db: kit.db, log, portal: portalAdapter({ dial }), toBody, dial, files: kit.files };
  worker = new OutboxWorker({ db: kit.db, log, handlers: noticeJobs(deps) });
});
afterEach(() => kit.close());

const rss = (items: readonly string[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>门户</title><link>https://portal.example.cn/</link>${items
    .map((item) => `<item>${item}</item>`)
    .join("")}</channel></rss>`;
const json = (items: readonly object[]) =>
  JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "门户", items });

async function firstReading() {
  const more = { name: "门户", url, category: "announcement" as const, reach: "subtree" as const };
  await kit.as(clerk).portals.add({ key: key(), region: county, ...more });
  await worker.settle();
}
async function read() {
  kit.clock.advance(600_000);
  await noticeTicks({ db: kit.db })["portals.due"]?.run(kit.clock.now());
  await worker.settle();
}
const shown = async () => (await kit.as(null).notices.list({ region: village, limit: 50 })).items;
const titles = async () => (await shown()).map((item) => item.title).sort();
/** All that is written about the notices of the portal. */
const written = async () => {
  const tables = [
    "notice",
    "notice_version",
    "notice_upstream",
    "notice_face",
    "notice_term",
    "notice_indexed",
    "notice_step",
  ];
  return Promise.all(tables.map((table) => kit.db.rows(`SELECT * FROM ${table}`).then((rows) => [table, rows])));
};
const days = [1, 2, 3, 4, 5];
const date = (day: number) => new Date(kit.clock.now() - day * 86_400_000).toUTCString();

const kinds: [string, () => string][] = [
  [
    "ids and no links",
    () =>
      rss(days.map((n) => `<title>第${n}号</title><guid isPermaLink="false">${n}</guid><description>字</description>`)),
  ],
  [
    "ids and one link for all",
    () =>
      rss(
        days.map(
          (n) =>
            `<title>第${n}号</title><guid isPermaLink="false">${n}</guid><link>https://portal.example.cn/list</link><pubDate>${date(n)}</pubDate>`,
        ),
      ),
  ],
  [
    "no ids and the channel's link for all",
    () => rss(days.map((n) => `<title>第${n}号</title><link>https://portal.example.cn/</link>`)),
  ],
  ["neither ids nor links", () => rss(days.map((n) => `<title>第${n}号</title><description>字</description>`))],
  ["JSON with ids alone", () => json(days.map((n) => ({ id: String(n), title: `第${n}号`, content_text: "字" })))],
  [
    "dates in the future",
    () =>
      rss(
        days.map((n) => `<title>第${n}号</title><guid>${n}</guid><pubDate>${new Date(4e12).toUTCString()}</pubDate>`),
      ),
  ],
];

test.each(kinds)(
  "%s: each item is a notice of its own, and the same feed again writes nothing",
  async (_kind, text) => {
    feed = text();
    await firstReading();
    expect(await titles()).toEqual(days.map((n) => `第${n}号`));
    const before = await written();
    await read();
    await read();
    expect(await written()).toEqual(before);
  },
);

test("an item that changes is a new version of itself and of no other that shares its link", async () => {
  const item = (n: number, title: string) =>
    `<title>${title}</title><guid isPermaLink="false">${n}</guid><link>https://portal.example.cn/list</link>`;
  feed = rss(days.map((n) => item(n, `第${n}号`)));
  await firstReading();
  const ids = (await shown()).map((card) => card.id).sort();
  feed = rss(days.map((n) => item(n, n === 3 ? "第三号改期" : `第${n}号`)));
  await read();
  expect((await shown()).map((card) => card.id).sort()).toEqual(ids);
  const versions = await Promise.all(ids.map((id) => kit.as(null).notices.get({ id })));
  expect(versions.filter((notice) => notice.version !== 1).map(({ title, version }) => [title, version])).toEqual([
    ["第三号改期", 2],
  ]);
});

test("a publisher that stops giving ids is still recognised by its links", async () => {
  const item = (n: number, id: string) => `<title>第${n}号</title>${id}<link>https://portal.example.cn/${n}</link>`;
  feed = rss(days.map((n) => item(n, `<guid isPermaLink="false">${n}</guid>`)));
  await firstReading();
  const ids = (await shown()).map((card) => card.id).sort();
  feed = rss(days.map((n) => item(n, "")));
  await read();
  expect((await shown()).map((card) => card.id).sort()).toEqual(ids);
});

test("an item with a text alone is called by its first words, and only one without a word is left out and counted", async () => {
  const long = "本周六上午八点到下午五点检修水管，竹溪村、梅坡村停水，请大家提前储水，不便之处敬请谅解。";
  feed = rss([
    `<guid isPermaLink="false">1</guid><description>&lt;p&gt;明天停电。&lt;/p&gt;</description>`,
    `<guid isPermaLink="false">2</guid><description>${long}</description>`,
    `<guid isPermaLink="false">3</guid><description>&lt;p&gt;&lt;/p&gt;</description>`,
  ]);
  await firstReading();
  expect(await titles()).toEqual(["明天停电。", `${long.slice(0, 39)}…`].sort());
  expect((await kit.as(clerk).portals.list({})).items[0]).toMatchObject({ items: 2, dropped: 1, fault: null });
});

describe("an entry without an id that shares its link with one that has an id", () => {
  const link = "<link>https://portal.example.cn/list</link>";
  const one = () => `<title>防汛紧急通知</title><guid isPermaLink="false">1</guid>${link}<pubDate>${date(1)}</pubDate>`;
  const two = () => `<title>招工</title>${link}<pubDate>${date(2)}</pubDate>`;
  const versions = async () =>
    (await kit.db.rows<{ version: number }>("SELECT version FROM notice")).map((r) => r.version);

  test.each([
    ["after it", () => [one(), two()]],
    ["before it", () => [two(), one()]],
  ])("is a notice of its own at the first reading, %s", async (_where, items) => {
    feed = rss(items());
    await firstReading();
    expect(await titles()).toEqual(["招工", "防汛紧急通知"].sort());
    const before = await written();
    await read();
    expect(await written()).toEqual(before);
  });

  test.each([
    ["after it", () => [one(), two()]],
    ["before it", () => [two(), one()]],
    ["when it has slid out", () => [two()]],
  ])("overwrites nothing when it joins later, %s", async (_where, items) => {
    feed = rss([one()]);
    await firstReading();
    const [first] = await shown();
    const text = items();
    feed = rss(text);
    await read();
    const now = await shown();
    expect(now.map((card) => card.title).sort()).toEqual(["招工", "防汛紧急通知"].sort());
    expect(now.find((card) => card.id === first?.id)?.title).toBe("防汛紧急通知");
    expect(await versions()).toEqual([1, 1]);
  });

  test("is another notice even where it says the same, as long as the id is there", async () => {
    const same = () => `<title>防汛紧急通知</title>${link}<pubDate>${date(1)}</pubDate>`;
    feed = rss([one()]);
    await firstReading();
    const known = await kit.db.rows("SELECT notice, guid_hash FROM notice_upstream");
    feed = rss([same(), one()]);
    await read();
    expect(await kit.db.rows("SELECT notice, guid_hash FROM notice_upstream")).toEqual(expect.arrayContaining(known));
    const before = await written();
    expect((await shown()).length).toBe(2);
    await read();
    expect(await written()).toEqual(before);
  });
});

describe("a feed in which nothing is left", () => {
  const entry = (n: number) =>
    `<title>第${n}号</title><guid isPermaLink="false">${n}</guid><pubDate>${date(n)}</pubDate>`;
  const portal = async () => (await kit.as(clerk).portals.list({})).items[0];

  test.each([
    ["empty", () => rss([]), "栏目是空的，公告没有撤下，请核对"],
    [
      "without one entry that can be read",
      () => rss(["<guid>9</guid><description>&lt;p&gt;&lt;/p&gt;</description>"]),
      "栏目里没有一条能读，公告没有撤下，请核对",
    ],
  ])(
    "(%s) takes nothing down, does not count as up to date, and staff are told to look",
    async (_kind, none, words) => {
      feed = rss([entry(1)]);
      await firstReading();
      const seen = kit.clock.now();
      feed = none();
      await read();
      await read();
      expect(await titles()).toEqual(["第1号"]);
      expect(await portal()).toMatchObject({ fault: words, freshAt: seen, items: 1 });
      kit.clock.advance(6 * 3_600_000);
      await read();
      expect((await shown())[0]?.source).toMatchObject({ seenAt: seen, stale: true });
      feed = rss([entry(1), entry(2)]);
      await read();
      expect(await portal()).toMatchObject({ fault: null, freshAt: kit.clock.now(), items: 2 });
      expect((await shown()).every((card) => card.source?.stale === false)).toBe(true);
    },
  );

  test("is no fault where nothing of it is shown", async () => {
    feed = rss([]);
    await firstReading();
    expect(await portal()).toMatchObject({ fault: null, freshAt: kit.clock.now(), items: 0 });
  });
});
