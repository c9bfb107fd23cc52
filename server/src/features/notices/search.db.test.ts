import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  county,
  farVillage,
  type Kit,
  noticesKit,
  personOf,
  sister,
  town,
  village,
  words,
} from "../../../test/notices-kit.ts";

let kit: Kit;
const corpus = [
  [village, "停水通知", "outage", "因自来水管道检修，明日八时至十七时竹溪村三组停水，请提前蓄水。"],
  [village, "关于开展免费体检的通知", "health", "六十五岁以上老人可携带身份证到村卫生室参加体检，5G 巡诊车同日到村。"],
  [village, "油菜病虫害防治提醒", "farming", "近期多雨，请注意菌核病，农技站电话见村务公开栏。"],
  [village, "银行到村办理社保卡", "service", "WiFi 已开通，可当场领卡。"],
  [town, "清溪镇防汛值班表", "safety", "汛期二十四小时值班，遇险情请拨打值班电话。"],
  [county, "招聘护林员公告", "jobs", "面向全县招聘护林员二十名。"],
  [sister, "邻村停水通知", "outage", "梅坡村停水。"],
] as const;
const ids = new Map<string, string>();

beforeAll(async () => {
  kit = await noticesKit();
  for (const [region, title, category, body] of corpus) {
    kit.clock.advance(1_000);
    ids.set(title, await kit.publish(region, title, { category, body: words(body), reach: "subtree" }));
  }
});
afterAll(() => kit.close());

type Asked = Parameters<ReturnType<Kit["as"]>["notices"]["search"]>[0];
const find = async (q: string, more: Partial<Asked> = {}) =>
  (await kit.as(null).notices.search({ q, region: village, ...more })).items.map((item) => item.title);

describe("what a villager types is found", () => {
  test.each([
    ["停水", "停水通知"],
    ["水管", "停水通知"],
    ["溪村", "停水通知"],
    ["竹溪村", "停水通知"],
    ["请问停水吗", "停水通知"],
    ["体检", "关于开展免费体检的通知"],
    ["老人", "关于开展免费体检的通知"],
    ["５Ｇ", "关于开展免费体检的通知"],
    ["菌核病", "油菜病虫害防治提醒"],
    ["农技站 电话", "油菜病虫害防治提醒"],
    ["社保", "银行到村办理社保卡"],
    ["wifi", "银行到村办理社保卡"],
    ["护林员", "招聘护林员公告"],
    ["防汛", "清溪镇防汛值班表"],
    ["招工就业", "招聘护林员公告"],
    ["虫", "油菜病虫害防治提醒"],
    ["tstz", "停水通知"],
    ["ts", "停水通知"],
    ["mftj", "关于开展免费体检的通知"],
    ["YHDC", "银行到村办理社保卡"],
  ])("%s → %s", async (q, title) => {
    expect(await find(q)).toContain(title);
  });
  test.each(["停电", "zzzz", "停水体检", "，。", "%%", "~ts", "' OR 1=1"])("%s finds nothing", async (q) => {
    expect(await find(q)).toEqual([]);
  });
});

test("two-character words of every title and text are found, whatever jieba makes of the sentence", async () => {
  for (const [region, title, , body] of corpus) {
    const runs = [title, body].flatMap((text) => text.match(/\p{Script=Han}{2,}/gu) ?? []);
    for (const run of runs) {
      for (let at = 0; at + 2 <= run.length; at++) {
        const q = run.slice(at, at + 2);
        const found = await find(q, { region });
        // A question made of nothing but empty words is looked for as it stands, so these are found too.
        expect(found, q).toContain(title);
      }
    }
  }
});

test("a word in the title comes before the same word in a text, then the newest", async () => {
  await kit.publish(village, "蓄水池维修", { body: words("蓄水池维修。") });
  expect(await find("蓄水")).toEqual(["蓄水池维修", "停水通知"]);
  expect(await find("蓄水", { where: "title" })).toEqual(["蓄水池维修"]);
});

test("a place finds what it shows: its own and what reaches down, never its neighbour's", async () => {
  expect(await find("停水")).toEqual(["停水通知"]);
  expect(await find("停水", { region: sister })).toEqual(["邻村停水通知"]);
  expect(await find("停水", { region: county })).toEqual([]);
  expect(await find("招聘", { region: farVillage })).toEqual(["招聘护林员公告"]);
  expect(await find("防汛", { region: farVillage })).toEqual([]);
});

test("a column narrows the search, for words and for initials", async () => {
  expect(await find("通知", { category: "health" })).toEqual(["关于开展免费体检的通知"]);
  expect(await find("tz", { category: "outage" })).toEqual(["停水通知"]);
});

test("all villages that I follow are searched at once, each notice once; that asks who I am", async () => {
  const me = kit.as(personOf(null, county, { follows: [village, sister] })).notices;
  const { items } = await me.search({ q: "停水", followed: true });
  expect(items.map((item) => item.title)).toEqual(["邻村停水通知", "停水通知"]);
  expect((await me.search({ q: "招聘", followed: true })).items.length).toBe(1);
  await expect(kit.as(null).notices.search({ q: "停水", followed: true })).rejects.toThrow("SIGN_IN_FIRST");
});

test("the words around the hit are shown", async () => {
  const { items } = await kit.as(null).notices.search({ q: "蓄水", region: village });
  expect(items.find((item) => item.title === "停水通知")?.snippet).toContain("请提前蓄水");
});

test("pages of hits are complete and without doubles, by words and by initials", async () => {
  for (let i = 0; i < 9; i++) {
    kit.clock.advance(i % 2 === 0 ? 0 : 500);
    await kit.publish(farVillage, i % 3 === 0 ? `灌溉安排${i}` : `排班${i}`, { body: words("灌溉安排。") });
  }
  for (const [q, size] of [
    ["灌溉", 9],
    ["ggap", 3],
  ] as const) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: Awaited<ReturnType<ReturnType<Kit["as"]>["notices"]["search"]>> = await kit
        .as(null)
        .notices.search({ q, region: farVillage, limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect([q, seen.length, new Set(seen).size]).toEqual([q, size, size]);
  }
});

test("a corrected text is found by its new words only", async () => {
  const clerk = personOf("clerk", village);
  const id = ids.get("油菜病虫害防治提醒") ?? "";
  const { version } = await kit.as(clerk).notices.move({ id, version: 1, move: "revise" });
  const text = { title: "小麦赤霉病防治提醒", category: "farming" as const, body: words("小麦。") };
  const saved = await kit.as(clerk).notices.save({ id, version, ...text });
  expect(await find("小麦")).toEqual([]);
  expect(await find("油菜")).toEqual(["油菜病虫害防治提醒"]);
  await kit.through(saved.id, village);
  expect(await find("小麦")).toEqual(["小麦赤霉病防治提醒"]);
  expect(await find("油菜")).toEqual([]);
});

test("a village's name beside the words leads to that village, also from the county's search, and names no neighbour", async () => {
  const fromCounty = async (q: string) => (await kit.as(null).notices.search({ q })).items.map((item) => item.title);
  expect(await fromCounty("竹溪村体检")).toEqual(["关于开展免费体检的通知"]);
  expect(await fromCounty("竹溪村 社保卡")).toEqual(["银行到村办理社保卡"]);
  expect(await fromCounty("梅坡村体检")).toEqual([]);
});
