import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { casesKit, county, dayMs, elsewhere, sister, town, village, wordOf } from "../../../test/cases-kit.ts";
import { somebody } from "../../../test/room.ts";
import { runClock } from "./service.clock.ts";

let kit: Awaited<ReturnType<typeof casesKit>>;
let author: Caller;
let neighbour: Caller;
let secretary: Caller;
let committee: Caller;
let clerk: Caller;
let other: Caller;
beforeAll(async () => {
  kit = await casesKit();
  author = kit.villager("张*");
  neighbour = kit.villager("李*");
  secretary = await kit.inOffice("王谷雨", "secretary", village);
  committee = await kit.inOffice("赵立春", "committee", village);
  clerk = await kit.inOffice("孙清明", "clerk", town);
  other = await kit.inOffice("周小满", "secretary", elsewhere);
});
afterAll(() => kit.close());

const act = (by: Caller, id: string, move: "start" | "finish" | "accept" | "confirm" | "askMore", more: object = {}) =>
  kit.as(by).cases.move({ id, key: kit.key(), move, text: "马上处理", ...more });
const shown = async (by: Caller, id: string) => kit.as(by).cases.get({ id });
const order = async (by: Caller) =>
  (await kit.as(by).cases.desk({ limit: 50 })).items.map(({ id, waitsForMe }) => [id, waitsForMe]);

describe("whoever changes an id", () => {
  test("of another village, a neighbour, and an office without a second factor find nothing", async () => {
    const id = await kit.raised(author);
    const weak = { ...secretary, strong: false };
    for (const who of [other, neighbour, weak, somebody()]) {
      expect(await wordOf(kit.as(who).cases.get({ id }))).toBe("NOT_FOUND");
      expect(await wordOf(act(who, id, "accept"))).toBe("NOT_FOUND");
      expect(await wordOf(kit.as(who).cases.rate({ id, key: kit.key(), stars: 5, tags: [] }))).toBe("NOT_FOUND");
    }
    expect(await wordOf(kit.as(other).cases.cadres({ id }))).toBe("NOT_FOUND");
    expect(await wordOf(kit.as(other).cases.desk({ region: village }))).toBe("NOT_ALLOWED");
    expect((await kit.as(other).cases.desk({})).items).toEqual([]);
    expect((await shown(author, id)).state).toBe("pending");
  });

  test("the author reads and may not do what the office does; the office may not answer for the author", async () => {
    const id = await kit.raised(author);
    expect(await wordOf(act(author, id, "start"))).toBe("NOT_ALLOWED");
    expect((await shown(author, id)).may).toEqual(["withdraw"]);
    await act(secretary, id, "start");
    await act(secretary, id, "finish");
    expect(await wordOf(act(secretary, id, "confirm"))).toBe("NOT_ALLOWED");
    expect(await wordOf(kit.as(secretary).cases.rate({ id, key: kit.key(), stars: 5, tags: [] }))).toBe("NOT_ALLOWED");
    expect(await wordOf(kit.as(author).cases.cadres({ id }))).toBe("NOT_ALLOWED");
  });
});

test("an office without a second factor raises a case like anybody, and handles not even that", async () => {
  const weak = { ...secretary, strong: false };
  const id = await kit.raised(weak);
  expect((await shown(weak, id)).may).toEqual(["withdraw"]);
  expect(await wordOf(act(weak, id, "start"))).toBe("NOT_ALLOWED");
  expect((await shown(secretary, id)).may).toContain("start");
});

test("the office at the time of writing stands beside the words for ever, and each act of staff is on the audit", async () => {
  const id = await kit.raised(author);
  await act(secretary, id, "start");
  await kit.as(clerk).cases.move({ id, key: kit.key(), move: "note", text: "镇里也知道了" });
  const steps = (await shown({ ...author }, id)).steps;
  expect(steps.map(({ move, by }) => [move, by?.name, by?.mark, by?.title])).toEqual([
    ["raise", "张*", "villager", null],
    ["start", "王谷雨", "official", "竹溪村书记"],
    ["note", "孙清明", "official", "清溪镇工作人员"],
  ]);
  const rows = await kit.db.rows<{ act: string; actor: string; region: string }>(
    "SELECT act, actor, region FROM audit WHERE on_whom = ? ORDER BY act",
    [id],
  );
  expect(rows.map(({ act: what, actor, region }) => [what, actor, region])).toEqual([
    ["cases.note", clerk.personId, village],
    ["cases.start", secretary.personId, village],
  ]);
});

test("one who hides is hidden from staff in every byte, and shown to oneself", async () => {
  const id = await kit.raised(author, { hide: true });
  await act(secretary, id, "start");
  await act(secretary, id, "finish");
  await act(author, id, "confirm", { text: "谢谢" });
  for (const who of [secretary, clerk]) {
    const bytes = JSON.stringify([await shown(who, id), await kit.as(who).cases.desk({ state: "closed" })]);
    expect(bytes).not.toContain("张*");
    expect(bytes).not.toContain(author.personId);
    expect(bytes).toContain("匿名村民");
  }
  expect((await shown(author, id)).steps[0]?.by).toMatchObject({ name: "张*", hidden: true, mine: true });
});

test("a case for which nobody answers whether its author hides is shown without its author", async () => {
  const id = await kit.raised(author);
  const { post } = kit.deps.subjects;
  const before = post.shown;
  post.shown = async () => new Map();
  const whole = await shown(secretary, id).finally(() => {
    post.shown = before;
  });
  expect(whole.steps[0]?.by).toMatchObject({ hidden: true });
});

describe("the after-photo", () => {
  test("is a picture of the one who sends it, and stands in the record", async () => {
    const id = await kit.raised(author, { photo: true });
    await act(secretary, id, "start");
    expect(await wordOf(act(secretary, id, "finish"))).toBe("AFTER_PHOTO_NEEDED");
    const [mine, theirs, paper] = [
      await kit.picture(secretary),
      await kit.picture(other),
      await kit.picture(secretary, "pdf"),
    ];
    expect(await wordOf(act(secretary, id, "finish", { photos: [theirs] }))).toBe("BAD_INPUT");
    expect(await wordOf(act(secretary, id, "finish", { photos: [paper] }))).toBe("BAD_INPUT");
    const done = await act(secretary, id, "finish", { photos: [mine, mine] });
    expect(done.steps.at(-1)?.photos).toEqual([
      {
        url: expect.stringMatching(/^\/m\/b{64}\.jpg\?until=\d+&sig=[\w-]{22}$/),
        small: expect.stringMatching(/^\/m\/b{64}-320\.jpg\?until=\d+&sig=[\w-]{22}$/),
        width: 800,
        height: 600,
      },
    ]);
    expect(await kit.db.rows("SELECT media FROM media_use WHERE owner = ?", [`case:${id}`])).toEqual([{ media: mine }]);
  });
});

test("the same act sent twice is one step and one telling; other words under its key are refused", async () => {
  const id = await kit.raised(author);
  const key = kit.key();
  const send = (text: string) => kit.as(secretary).cases.move({ id, key, move: "start", text });
  await send("马上处理");
  const told = kit.told.length;
  expect((await send("马上处理")).steps).toHaveLength(2);
  expect(kit.told).toHaveLength(told);
  expect(await wordOf(send("下周处理"))).toBe("KEY_REUSED");
});

describe("a rating", () => {
  const finished = async (more: { hide?: boolean } = {}) => {
    const id = await kit.raised(author, more);
    await act(secretary, id, "start");
    await act(secretary, id, "finish");
    return id;
  };
  test("is read by its author alone", async () => {
    const id = await finished();
    const mine = await kit.as(author).cases.rate({ id, key: kit.key(), stars: 5, tags: [517], text: "很快" });
    expect(mine.stars).toBe(5);
    expect(mine.ratings).toEqual([{ stars: 5, tags: [517], text: "很快", at: kit.clock.now() }]);
    const theirs = await shown(secretary, id);
    expect(theirs.stars).toBeNull();
    expect(theirs.ratings).toEqual([]);
    expect(theirs.steps.at(-1)).toMatchObject({ move: "confirm", by: { name: "张*" } });
    expect((await shown(author, id)).steps.at(-1)).toMatchObject({ move: "rate", by: { mine: true } });
  });

  test("is given with its stars, never as a mere move", async () => {
    const id = await finished();
    for (const move of ["rate", "rateBadly"] as const) {
      const send = kit.as(author).cases.move({ id, key: kit.key(), move, text: "不好" });
      expect(await wordOf(send)).toBe("BAD_INPUT");
    }
  });

  test("of one star, sent again because its answer was lost, opens the case once", async () => {
    const id = await finished();
    const key = kit.key();
    const send = (stars: 1 | 2) => kit.as(author).cases.rate({ id, key, stars, tags: [], text: "没办好" });
    expect((await send(1)).round).toBe("rectify");
    expect((await send(1)).steps).toHaveLength(4);
    expect(await wordOf(send(2))).toBe("KEY_REUSED");
  });
});

describe("giving a case to somebody", () => {
  test("works for other cadres of the village and its town, and for nobody else", async () => {
    const id = await kit.raised(author);
    const offered = async (by: Caller) =>
      (await kit.as(by).cases.cadres({ id })).items.map(({ name, title }) => [name, title]);
    expect(await offered(secretary)).toEqual([
      ["赵立春", "竹溪村村委会委员"],
      ["孙清明", "清溪镇工作人员"],
    ]);
    const give = (to: Caller) => kit.as(secretary).cases.move({ id, key: kit.key(), move: "assign", to: to.personId });
    for (const who of [other, author]) expect(await wordOf(give(who))).toBe("NOT_A_CADRE");
    expect((await give(committee)).assignee).toBe("赵立春");
    expect(await offered(secretary)).toEqual([["孙清明", "清溪镇工作人员"]]);
    expect((await shown(committee, id)).waitsForMe).toBe(true);
    expect((await shown(secretary, id)).waitsForMe).toBe(false);
  });
  test("to one whose office has ended is refused", async () => {
    const gone = await kit.inOffice("钱霜降", "committee", village);
    await kit.db.rows("UPDATE role_grant SET ended_at = '2026-11-01' WHERE person_id = ?", [gone.personId]);
    const id = await kit.raised(author);
    const give = kit.as(secretary).cases.move({ id, key: kit.key(), move: "assign", to: gone.personId });
    expect(await wordOf(give)).toBe("NOT_A_CADRE");
  });
});

describe("the desk", () => {
  test("shows what waits for me first, each part by deadline, page by page without gaps or doubles", async () => {
    const start = kit.clock.now();
    const here = await kit.inOffice("郑夏至", "secretary", sister);
    const above = await kit.inOffice("吴秋分", "clerk", county);
    const ids: string[] = [];
    for (let n = 0; n < 7; n++) {
      ids.push(await kit.raised(author, { in: sister }));
      kit.clock.advance(dayMs / 4);
    }
    const [a = "", b = "", c = "", d = "", e = "", f = "", g = ""] = ids;
    await act(here, a, "start");
    await act(here, b, "start");
    await act(here, b, "finish");
    await kit.as(here).cases.move({ id: c, key: kit.key(), move: "transfer", text: "要镇里修路" });
    await act(here, d, "start");
    await kit.as(here).cases.move({ id: d, key: kit.key(), move: "pause", text: "等挖机" });
    await act(here, e, "start");
    await act(here, e, "askMore");
    await kit
      .as(here)
      .cases.move({ id: f, key: kit.key(), move: "refuse", text: "不归村里", reason: "not-public-duty" });

    const mine = await order(here);
    expect(mine).toEqual([
      [g, true],
      [a, true],
      [e, true],
      [c, false],
      [b, false],
      [d, false],
    ]);
    const paged: unknown[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await kit.as(here).cases.desk({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...page.items.map(({ id, waitsForMe }) => [id, waitsForMe]));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(paged).toEqual(mine);
    expect((await kit.as(here).cases.desk({ state: "refused" })).items.map(({ id }) => id)).toEqual([f]);
    expect(await wordOf(kit.as(here).cases.desk({ cursor: "x" }))).toBe("CURSOR_BAD");

    const ofTown = (await order(clerk)).filter(([id]) => ids.includes(String(id)));
    expect(ofTown.filter(([, waits]) => waits).map(([id]) => id)).toEqual([c, e]);
    expect((await order(above)).some(([, waits]) => waits)).toBe(false);

    kit.clock.set(start + 4 * dayMs);
    await runClock(kit.deps, kit.db, kit.clock, async () => undefined);
    expect((await order(clerk)).filter(([id, waits]) => waits && id === g)).toHaveLength(1);
    expect((await order(above)).filter(([, waits]) => waits).map(([id]) => id)).toEqual([c]);
    for (const who of [here, clerk, above])
      for (const [id, waits] of await order(who)) expect((await shown(who, String(id))).waitsForMe).toBe(waits);
  });
});

test("cases with one deadline are each on one page of the desk", async () => {
  const ids = [await kit.raised(author, { in: elsewhere }), await kit.raised(author, { in: elsewhere })];
  const first = await kit.as(other).cases.desk({ limit: 1 });
  const second = await kit.as(other).cases.desk({ limit: 1, cursor: first.next ?? "" });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
  expect(second.next).toBeNull();
});

test("an overdue case that gets more time is not red any more, and is shown to those above again when that runs out", async () => {
  const id = await kit.raised(author);
  const runs = () => runClock(kit.deps, kit.db, kit.clock, async () => undefined);
  const red = async () =>
    (
      await kit.db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM case_step WHERE case_id = ? AND move = 'escalate'", [
        id,
      ])
    )[0]?.n;
  kit.clock.advance(4 * dayMs);
  await runs();
  expect(Number(await red())).toBe(1);
  expect((await shown(clerk, id)).waitsForMe).toBe(true);
  await act(secretary, id, "start");
  expect((await shown(clerk, id)).waitsForMe).toBe(false);
  kit.clock.advance(14 * dayMs);
  await runs();
  expect(Number(await red())).toBe(2);
});

test("a case that cannot be moved by the clock does not keep the others waiting", async () => {
  const ids = [await kit.raised(author), await kit.raised(author)];
  kit.clock.advance(10 * dayMs);
  const run = runClock(kit.deps, kit.db, kit.clock, async (_, row) => {
    if (row.id === ids[0]) throw new Error("no such subject");
  });
  await expect(run).rejects.toThrow("1 case(s)");
  const rows = await kit.db.rows<{ id: string }>(
    "SELECT id FROM case_file WHERE id IN (?, ?) AND escalated_at IS NOT NULL",
    ids,
  );
  expect(rows).toEqual([{ id: ids[1] }]);
});
