import { calendarOf } from "@weimenhu/domain/base/workday";
import { inboxWords, type MessageKind } from "@weimenhu/domain/messages/kinds";
import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  calendar,
  casesKit,
  county,
  dayMs,
  elsewhere,
  october,
  sister,
  town,
  village,
} from "../../../test/cases-kit.ts";
import { waitingCases } from "./index.ts";
import { recompute, runClock } from "./service.clock.ts";
import * as store from "./store.ts";

let kit: Awaited<ReturnType<typeof casesKit>>;
let author: Caller;
let secretary: Caller;
let clerk: Caller;
let other: Caller;
let watcher: Caller;
/** Nobody is in the office of the town of `elsewhere`, nor in that of `sister`. */
beforeAll(async () => {
  kit = await casesKit();
  author = kit.villager("张*");
  secretary = await kit.inOffice("王谷雨", "secretary", village);
  clerk = await kit.inOffice("孙清明", "clerk", town);
  other = await kit.inOffice("周小满", "secretary", elsewhere);
  watcher = await kit.inOffice("吴大寒", "clerk", county);
});
afterAll(() => kit.close());

type Move = Parameters<ReturnType<typeof kit.as>["cases"]["move"]>[0]["move"];
const act = (by: Caller, id: string, move: Move) =>
  kit.as(by).cases.move({ id, key: kit.key(), move, text: "马上处理" });
const clockRuns = () => runClock(kit.deps, kit.db, kit.clock, async () => undefined);
async function told(id: string, who: Caller): Promise<string[]> {
  const rows = await kit.db.rows<{ kind: MessageKind; words: string }>(
    "SELECT kind, words FROM message WHERE person = ? AND event LIKE ? ORDER BY at, id",
    [who.personId, `case:${id}:%`],
  );
  return rows.map(({ kind, words }) => {
    const said = { kind, count: 1, words: JSON.parse(words) as Record<string, string> };
    return `${kind}｜${inboxWords(said).text}`;
  });
}
/** As its card says; the list of what waits, and the order of the desk, must say the same. */
async function waitsFor(id: string, who: Caller): Promise<boolean> {
  const { waitsForMe } = await kit.as(who).cases.get({ id });
  expect((await waitingCases(kit.ctx(who))).some((found) => found.id === id)).toBe(waitsForMe);
  return waitsForMe;
}
const reds = async (id: string) =>
  (await store.steps(kit.db, id)).filter(({ move }) => move === "escalate").map(({ at }) => at);

describe("where a place has nobody", () => {
  test("what it should handle is told to and waits for the nearest above that has somebody, and for nobody beyond", async () => {
    const id = await kit.raised(author, { in: sister });
    expect(await told(id, clerk)).toEqual([expect.stringMatching(/^raised/)]);
    expect(await told(id, watcher)).toEqual([]);
    expect([await waitsFor(id, clerk), await waitsFor(id, watcher)]).toEqual([true, false]);
    const handed = await kit.raised(author, { in: elsewhere });
    expect([await waitsFor(handed, other), await waitsFor(handed, watcher)]).toEqual([true, false]);
    await act(other, handed, "transfer");
    expect(await told(handed, watcher)).toEqual([expect.stringMatching(/^transferred｜由镇里来办/)]);
    expect([await waitsFor(handed, other), await waitsFor(handed, watcher)]).toEqual([false, true]);
    expect((await kit.as(watcher).cases.get({ id: handed })).may).toContain("accept");
    await act(watcher, handed, "start");
  });

  test("the county watches over its villages: what is red there, or wants more time", async () => {
    const [red, asks] = [await kit.raised(author, { in: elsewhere }), await kit.raised(author, { in: elsewhere })];
    await act(other, asks, "start");
    await act(other, asks, "askMore");
    expect(await told(asks, watcher)).toEqual([expect.stringMatching(/^moreAsked/)]);
    expect([await waitsFor(red, watcher), await waitsFor(asks, watcher)]).toEqual([false, true]);
    kit.clock.advance(3 * dayMs);
    await clockRuns();
    expect(await told(red, watcher)).toEqual(["red｜村里没有按时办，请县里督办"]);
    expect(await waitsFor(red, watcher)).toBe(true);
    await kit.inOffice("郑立秋", "clerk", "990101102000");
    expect([await waitsFor(red, watcher), await waitsFor(asks, watcher)]).toEqual([false, false]);
  });
});

describe("a case that is red when it is handed on", () => {
  test("is shown to those above the new place once, a working day later, and stays red since it was", async () => {
    kit.clock.set(Date.parse("2027-03-01T10:00:00+08:00"));
    const id = await kit.raised(author);
    await act(secretary, id, "start");
    // The Thursday after its last day.
    kit.clock.advance(10 * dayMs);
    await clockRuns();
    const since = kit.clock.now();
    await act(secretary, id, "transfer");
    kit.clock.advance(dayMs);
    await clockRuns();
    expect([await told(id, watcher), await reds(id)]).toEqual([[], [since]]);
    kit.clock.set(Date.parse("2027-03-13T00:00:00+08:00"));
    await clockRuns();
    kit.clock.advance(20 * dayMs);
    await clockRuns();
    expect(await told(id, watcher)).toEqual(["red｜镇里没有按时办，请县里督办"]);
    expect(await reds(id)).toEqual([since, Date.parse("2027-03-13T00:00:00+08:00")]);
    expect(await store.byId(kit.db.read, id)).toMatchObject({ escalatedAt: since });
    await act(clerk, id, "return");
    kit.clock.advance(4 * dayMs);
    await clockRuns();
    await clockRuns();
    expect((await told(id, clerk)).filter((line) => line.startsWith("red"))).toHaveLength(2);
    expect(await reds(id)).toHaveLength(3);
  });

  test("is nobody's red any more once it has time again, and is shown as ever when that is over", async () => {
    kit.clock.set(Date.parse("2027-05-10T10:00:00+08:00"));
    const id = await kit.raised(author);
    kit.clock.advance(2 * dayMs);
    await clockRuns();
    await act(secretary, id, "transfer");
    await act(clerk, id, "accept");
    kit.clock.advance(2 * dayMs);
    await clockRuns();
    expect(await reds(id)).toHaveLength(1);
    kit.clock.advance(9 * dayMs);
    await clockRuns();
    await clockRuns();
    expect(await told(id, watcher)).toEqual(["red｜镇里没有按时办，请县里督办"]);
    expect(await reds(id)).toHaveLength(2);
  });
});

test("a case whose deadline cannot be computed anew keeps no other from it", async () => {
  kit.clock.set(Date.parse("2027-08-02T10:00:00+08:00"));
  const ids = [await kit.raised(author), await kit.raised(author), await kit.raised(author)].toSorted();
  const before = await store.byIds(kit.db, ids);
  const [broken] = ids;
  const moved = async (_: unknown, { id }: store.CaseRow) => {
    if (id === broken) throw new Error("its post is broken");
  };
  const announced = calendarOf({ holidays: [...october, "2027-08-03"], makeUps: ["2026-10-10"] });
  const computed = recompute({ calendar: () => announced }, kit.db, kit.clock, moved);
  await expect(computed).rejects.toThrow("1 deadline(s) could not be computed anew");
  const dueOf = (rows: store.CaseRow[]) => ids.map((id) => rows.find((row) => row.id === id)?.dueAt ?? 0);
  const [first = 0, ...others] = dueOf(before);
  expect(dueOf(await store.byIds(kit.db, ids))).toEqual([first, ...others.map((due) => due + dayMs)]);
  expect(await recompute({ calendar: () => calendar }, kit.db, kit.clock, async () => undefined)).toBeGreaterThan(1);
});
