import { calendarOf, startOf } from "@weimenhu/domain/base/workday";
import { replyStarters } from "@weimenhu/domain/cases/starters";
import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  calendar,
  casesKit,
  county,
  dayMs,
  elsewhere,
  sister,
  town,
  village,
  wordOf,
} from "../../../test/cases-kit.ts";
import { inTx } from "../../kernel/tx.ts";
import { recomputeDeadlines } from "./jobs.ts";
import { casesHolding } from "./service.holding.ts";
import { byId } from "./store.ts";

let kit: Awaited<ReturnType<typeof casesKit>>;
let secretary: Caller;
let committee: Caller;
let clerk: Caller;
let other: Caller;
beforeAll(async () => {
  kit = await casesKit();
  secretary = await kit.inOffice("王谷雨", "secretary", village);
  committee = await kit.inOffice("赵立春", "committee", village);
  clerk = await kit.inOffice("孙清明", "clerk", town);
  other = await kit.inOffice("周小满", "secretary", elsewhere);
});
afterAll(() => kit.close());

type Move = "start" | "finish" | "confirm" | "reopen" | "withdraw" | "transfer" | "pause" | "resume" | "assign";
const act = (by: Caller, id: string, move: Move, more: object = {}) =>
  kit.as(by).cases.move({ id, key: kit.key(), move, text: "马上处理", ...more });
const rows = async (by: Caller, region: string, from: number, to: number) =>
  new Map((await kit.as(by).cases.board({ region, from, to })).items.map((row) => [row.region, row]));

describe("the board", () => {
  test("counts each handling once, late or in time by its own clock, for whoever has it; an unanswered one that is due is late", async () => {
    const author = kit.villager("张*");
    const from = kit.clock.now();
    const rate = (id: string, stars: 1 | 5) =>
      kit.as(author).cases.rate({ id, key: kit.key(), stars, tags: [], text: "没办好" });
    const inTime = await kit.raised(author);
    await act(secretary, inTime, "start");
    await act(secretary, inTime, "finish");
    await rate(inTime, 1);
    const withdrawn = await kit.raised(author);
    await act(author, withdrawn, "withdraw");
    const moved = await kit.raised(author);
    await act(secretary, moved, "transfer");
    const paused = await kit.raised(author);
    await act(secretary, paused, "start");
    await act(secretary, paused, "pause");
    const never = await kit.raised(author, { in: sister });
    kit.clock.advance(20 * dayMs);
    await act(secretary, paused, "resume");
    await act(secretary, paused, "finish");
    await act(secretary, inTime, "start");
    await act(secretary, inTime, "finish");
    await rate(inTime, 5);
    const to = kit.clock.now() + 1;

    const board = await rows(clerk, town, from, to);
    expect([...board.keys()].sort()).toEqual([town, village, sister].sort());
    expect(board.get(village)).toEqual({
      region: village,
      name: "竹溪村",
      raised: 4,
      reopened: 1,
      acceptedInTime: 2,
      acceptedLate: 1,
      answeredInTime: 2,
      answeredLate: 1,
      open: 0,
      red: 0,
      stars: [0, 0, 0, 0, 0],
      tags: [],
    });
    expect(board.get(town)).toMatchObject({ raised: 1, acceptedLate: 1, answeredLate: 1, open: 1, red: 1 });
    expect(board.get(sister)).toMatchObject({ raised: 1, acceptedLate: 1, answeredLate: 1, open: 1, red: 1 });
    expect((await byId(kit.db.read, never))?.state).toBe("pending");

    const later = await rows(clerk, town, to, to + dayMs);
    expect([...later.values()].every((row) => row.raised === 0)).toBe(true);
    expect([...(await rows(secretary, village, from, to)).keys()]).toEqual([village]);
  });

  test("keeps what a place let become late with it when it hands the case on, and what the town served with the town", async () => {
    const author = kit.villager("孙*");
    const from = kit.clock.now();
    const id = await kit.raised(author);
    kit.clock.advance(12 * dayMs);
    await act(secretary, id, "transfer");
    const late = { acceptedLate: 1, answeredLate: 1 };
    const figures = async () => {
      const board = await rows(clerk, town, from, kit.clock.now() + 1);
      expect((await rows(secretary, village, from, kit.clock.now() + 1)).get(village)).toEqual(board.get(village));
      return [board.get(village), board.get(town)];
    };
    expect(await figures()).toMatchObject([
      { ...late, raised: 0, red: 0 },
      { raised: 1, acceptedLate: 0, answeredLate: 0, open: 1, red: 1 },
    ]);
    await act(clerk, id, "start");
    await act(clerk, id, "finish");
    await act(author, id, "reopen");
    // Opened again where it was answered: in the town.
    await act(clerk, id, "start");
    await act(clerk, id, "finish");
    expect(await figures()).toMatchObject([
      { ...late, raised: 0 },
      { raised: 2, reopened: 1, acceptedInTime: 1, answeredInTime: 1, acceptedLate: 0, answeredLate: 0, open: 0 },
    ]);
    expect((await figures())[0]).toMatchObject({ acceptedInTime: 0, answeredInTime: 0 });
  });

  test("counts a case that was opened again as two handlings, of which one is open", async () => {
    const author = kit.villager("李*");
    const from = kit.clock.now();
    const id = await kit.raised(author, { in: elsewhere });
    await act(other, id, "start");
    await act(other, id, "finish");
    await act(author, id, "reopen");
    const board = await rows(other, elsewhere, from, from + 1);
    expect(board.get(elsewhere)).toMatchObject({
      raised: 2,
      reopened: 1,
      acceptedInTime: 1,
      answeredInTime: 1,
      open: 1,
      red: 0,
    });
  });

  test("counts ratings once their month has ended and three were given, for whoever was rated, and no period tells one apart", async () => {
    const author = kit.villager("钱*");
    const month = startOf("2027-03-01");
    kit.clock.set(month + dayMs);
    const rated = async (stars: 1 | 2 | 3 | 4 | 5) => {
      const id = await kit.raised(author);
      await act(secretary, id, "start");
      await act(secretary, id, "finish");
      kit.clock.advance(dayMs);
      await kit.as(author).cases.rate({ id, key: kit.key(), stars, tags: stars === 5 ? [517] : [], text: "没办好" });
      return id;
    };
    const stars = async (from: number, to: number) => {
      const row = (await rows(clerk, town, from, to)).get(village);
      return [row?.stars, row?.tags];
    };
    const nothing = [[0, 0, 0, 0, 0], []];
    await rated(5);
    await rated(3);
    const badly = await rated(1);
    await act(secretary, badly, "transfer");
    const [april, may] = [startOf("2027-04-01"), startOf("2027-05-01")];
    expect(await stars(month, april)).toEqual(nothing);
    kit.clock.set(april + dayMs);
    expect(await stars(month, april)).toEqual(nothing);
    kit.clock.set(april - 2 * dayMs);
    const third = await rated(5);
    expect(await stars(month, april)).toEqual(nothing);
    kit.clock.set(april + dayMs);
    const shown = [[0, 0, 1, 0, 2], [{ tag: 517, word: "服务热情效率高", count: 2 }]];
    expect(await stars(month, april)).toEqual(shown);
    expect(await stars(month, april - 1)).toEqual(nothing);
    expect(await stars(month + 1, may)).toEqual(nothing);
    // Another village's case, or what goes to the town afterwards, changes nothing of it.
    await act(author, third, "reopen");
    await act(secretary, third, "transfer");
    expect(await stars(month, may)).toEqual(shown);
    expect((await rows(secretary, village, month, may)).get(village)?.stars).toEqual(shown[0]);
  });

  test("is for those above and for the office itself, over a period that makes sense", async () => {
    const ask = (by: Caller, region: string, to = dayMs) => kit.as(by).cases.board({ region, from: 0, to });
    expect(await wordOf(ask(other, village))).toBe("NOT_ALLOWED");
    expect(await wordOf(ask(secretary, town))).toBe("NOT_ALLOWED");
    expect(await wordOf(ask(clerk, county))).toBe("NOT_ALLOWED");
    expect(await wordOf(ask(clerk, town, 0))).toBe("BAD_INPUT");
    expect(await wordOf(ask(clerk, town, 4_000 * dayMs))).toBe("BAD_INPUT");
  });
});

describe("templates", () => {
  test("of a town are for all cadres below it, one's own for oneself, and nobody else removes them", async () => {
    const save = (by: Caller, text: string, region?: string) =>
      kit.as(by).cases.saveTemplate({ key: kit.key(), text, ...(region ? { region } : {}) });
    const towns = await save(clerk, "已转镇里办理", town);
    const mine = await save(secretary, "马上处理");
    const texts = async (by: Caller) =>
      (await kit.as(by).cases.templates({})).items.map(({ text, own }) => [text, own]);
    expect(await texts(secretary)).toEqual([
      ["马上处理", true],
      ["已转镇里办理", false],
    ]);
    expect(await texts(committee)).toEqual([["已转镇里办理", false]]);
    // Another town has kept nothing yet: its cadres have sentences to begin with, which nobody removes.
    expect(await texts(other)).toEqual(replyStarters.map((text) => [text, false]));
    const [starter] = (await kit.as(other).cases.templates({})).items;
    expect(await wordOf(kit.as(other).cases.removeTemplate({ id: starter?.id ?? "" }))).toBe("NOT_FOUND");
    expect(await wordOf(save(secretary, "全镇", town))).toBe("NOT_ALLOWED");
    const remove = (by: Caller, id: string) => kit.as(by).cases.removeTemplate({ id });
    expect(await wordOf(remove(secretary, towns.id))).toBe("NOT_FOUND");
    expect(await wordOf(remove(clerk, mine.id))).toBe("NOT_FOUND");
    await remove(clerk, towns.id);
    expect(await texts(committee)).toEqual(replyStarters.map((text) => [text, false]));
  });
  test("saved twice with one key are one; other words under it are refused", async () => {
    const key = kit.key();
    const save = (text: string) => kit.as(committee).cases.saveTemplate({ key, text });
    expect((await save("收到")).id).toBe((await save("收到")).id);
    expect(await wordOf(save("不收"))).toBe("KEY_REUSED");
  });
});

test("when a year is announced its deadlines move, the mark goes, and nothing is added to the record", async () => {
  const author = kit.villager("张*");
  kit.clock.set(Date.parse("2026-12-31T09:00:00+08:00"));
  const open = await kit.raised(author);
  const paused = await kit.raised(author);
  await act(secretary, paused, "start");
  await act(secretary, paused, "pause");
  const ended = await kit.raised(author);
  await act(author, ended, "withdraw");
  const file = async (id: string) => {
    const row = await byId(kit.db.read, id);
    if (!row) throw new Error("no such case");
    return row;
  };
  expect(await file(open)).toMatchObject({ provisional: 1, dueAt: startOf("2027-01-05") });
  const before = [await file(paused), await file(ended)];
  const october = Array.from({ length: 7 }, (_, n) => `2026-10-0${n + 1}`);
  const announced = calendarOf({ holidays: [...october, "2027-01-01", "2027-01-04"], makeUps: ["2027-01-02"] });
  const deps = { ...kit.deps, db: { ...kit.db, clock: kit.clock }, calendar: () => announced };
  const told = kit.told.length;
  expect(await recomputeDeadlines(deps)).toBeGreaterThan(0);
  expect(await file(open)).toMatchObject({ provisional: 0, dueAt: startOf("2027-01-03"), steps: 1, state: "pending" });
  expect([await file(paused), await file(ended)]).toEqual(before);
  expect(kit.told.length).toBeGreaterThan(told);
  expect(await recomputeDeadlines(deps)).toBe(0);
  expect(calendar.isProvisional(2027)).toBe(true);
});

test("a closed account leaves its stars without words, its templates go, and what it was given waits for the office", async () => {
  const author = kit.villager("张*");
  const id = await kit.raised(author);
  await act(secretary, id, "start");
  await act(secretary, id, "assign", { to: committee.personId });
  await act(secretary, id, "finish");
  await kit.as(author).cases.rate({ id, key: kit.key(), stars: 4, tags: [413], text: "谢谢王书记" });
  const file = await casesHolding.export(kit.db, author.personId);
  expect(JSON.stringify(file)).toContain("谢谢王书记");
  expect(JSON.stringify(file)).toContain("村口垃圾");
  expect(JSON.stringify(await casesHolding.export(kit.db, secretary.personId))).not.toContain("谢谢王书记");
  await kit.as(committee).cases.saveTemplate({ key: kit.key(), text: "自己的" });
  for (const { personId } of [author, committee])
    await inTx(kit.db, (tx) => casesHolding.close(tx, personId, kit.clock.now()));
  const [rating] = await kit.db.rows("SELECT stars, tags, text FROM case_rating WHERE case_id = ?", [id]);
  expect(rating).toEqual({ stars: 4, tags: "413", text: "" });
  expect((await kit.as(clerk).cases.get({ id })).assignee).toBeNull();
  expect((await kit.as(committee).cases.templates({})).items.filter(({ own }) => own)).toEqual([]);
});

test("a paused case that is handed to the town comes with its clock running", async () => {
  const id = await kit.raised(kit.villager("张*"));
  await act(secretary, id, "start");
  await act(secretary, id, "pause");
  await act(secretary, id, "transfer");
  const [file] = await kit.db.rows<{ due_at: string | null; pauses: string }>(
    "SELECT due_at, pauses FROM case_file WHERE id = ?",
    [id],
  );
  expect(file?.due_at).not.toBeNull();
  expect(file?.pauses).not.toContain("null");
});
