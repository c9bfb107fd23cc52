import { calendarOf } from "@weimenhu/domain/base/workday";
import { levelsOf } from "@weimenhu/domain/cases/level";
import {
  allowedCaseMoves,
  type CaseMove,
  type CaseNo,
  type CaseWords,
  caseMoves,
  caseTable,
  moveCase,
  silenceDays,
} from "@weimenhu/domain/cases/state";
import type { Caller } from "@weimenhu/domain/permissions";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calendar, casesKit, county, dayMs, elsewhere, october, town, village } from "../../../test/cases-kit.ts";
import { refusalIn } from "../../kernel/refuse.ts";
import { inTx } from "../../kernel/tx.ts";
import { recompute, runClock } from "./service.clock.ts";
import { actorsOf, factsOf } from "./service.facts.ts";
import { move, rate } from "./service.ts";
import * as store from "./store.ts";

let kit: Awaited<ReturnType<typeof casesKit>>;
let author: Caller;
let clerk: Caller;
let people: Caller[];
beforeAll(async () => {
  kit = await casesKit();
  author = kit.villager("张*");
  clerk = await kit.inOffice("孙清明", "clerk", town);
  people = [
    author,
    clerk,
    await kit.inOffice("王谷雨", "secretary", village),
    await kit.inOffice("赵立春", "committee", village),
    await kit.inOffice("周大寒", "clerk", county),
    await kit.inOffice("周小满", "secretary", elsewhere),
  ];
});
afterAll(() => kit.close());

const hourMs = dayMs / 24;
const lateNews = calendarOf({
  holidays: [...october, "2026-11-19", "2026-12-24", "2027-01-01", "2027-02-08"],
  makeUps: ["2026-10-10", "2026-11-21", "2027-02-13"],
});
/** `draw`: which of the moves that are open, and by whom. `wild`: any move by anybody instead. */
const act = fc.record({
  draw: fc.nat(9_999),
  wait: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 9 * hourMs }) },
    { weight: 4, arbitrary: fc.integer({ min: 9 * hourMs, max: 3 * dayMs }) },
    { weight: 1, arbitrary: fc.integer({ min: 7 * dayMs, max: 16 * dayMs }) },
  ),
  wild: fc.nat(7).map((n) => n === 0),
  /** By a server whose clock is behind. */
  behind: fc.nat(9).map((n) => n === 0),
  /** Days are announced, or taken back. */
  announced: fc.nat(59).map((n) => n === 0),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const happened = new Set<string>();
const ends: readonly CaseMove[] = ["withdraw", "refuse"];
const at = <T>(items: readonly T[], n: number): T => {
  const item = items[n % items.length];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
};

/** One case through its life. Looks after everything that happens to it, by people, the clock or the calendar. */
async function life(acts: readonly Act[], photo: boolean): Promise<void> {
  const { db, clock } = kit;
  // After all that happened to the one before.
  clock.advance(hourMs);
  const began = clock.now();
  const id = await kit.raised(author, { photo });
  const now = async () => {
    const row = await store.byId(db.read, id);
    if (!row) throw new Error("no such case");
    return row;
  };
  let days = calendar;
  let moved = false;
  const deps = { calendar: () => days };
  const tick = () => runClock(deps, db, clock, async () => undefined);
  let due = (await now()).dueAt ?? 0;
  /** What holds of any two looks at a case, whatever lies between them. */
  const lived = (before: store.CaseRow, after: store.CaseRow, time: number, calendarMoved = false) => {
    const sameRound = before.round === after.round;
    if (!sameRound || calendarMoved) due = 0;
    expect(after.dueAt ?? due).toBeGreaterThanOrEqual(due);
    due = after.dueAt ?? due;
    const lostRed = sameRound && before.escalatedAt !== null && after.escalatedAt === null;
    expect(lostRed && (after.dueAt ?? 0) <= time).toBe(false);
    expect(after.steps - before.steps).toBeGreaterThanOrEqual(0);
  };

  for (const { draw, wait, wild, behind, announced } of acts) {
    clock.advance(wait);
    if (behind) clock.advance(-2_000);
    let before = await now();
    if (announced) {
      days = days === calendar ? lateNews : calendar;
      moved = true;
      await recompute(deps, db, clock, async () => undefined);
      lived(before, await now(), clock.now(), true);
      before = await now();
    }
    await tick();
    const ticked = await now();
    lived(before, ticked, clock.now());
    expect(ticked.state === "confirming" && clock.now() - (ticked.finishedAt ?? 0) >= silenceDays * dayMs).toBe(false);
    expect(ticked.dueAt !== null && ticked.dueAt <= clock.now() && ticked.escalatedAt === null).toBe(false);
    await one(id, ticked, { draw, wild }, lived, deps);
    if (behind) clock.advance(2_000);
  }
  await tick();
  await whole(id, { began, now: clock.now(), moved });
}

type Lived = (before: store.CaseRow, after: store.CaseRow, time: number) => void;
type Deps = { calendar: () => typeof calendar };

/** One move: done as the table has it and written down so, or refused with its word and nothing changed. */
async function one(
  id: string,
  before: store.CaseRow,
  { draw, wild }: Pick<Act, "draw" | "wild">,
  lived: Lived,
  deps: Deps,
) {
  const { db, clock } = kit;
  const record = await store.steps(db, id);
  // As of the newest step, where another server's clock is ahead.
  const time = Math.max(clock.now(), record.at(-1)?.at ?? 0);
  const facts = ({ personId }: Caller) => {
    const own = record.filter(
      ({ round, actor, mark }) => round === before.round && actor === personId && mark === "official",
    );
    return factsOf(
      before,
      own.map((step) => step.move as CaseMove),
    );
  };
  const open: { name: CaseMove; who: Caller }[] = [];
  for (const who of people)
    for (const name of allowedCaseMoves(facts(who), actorsOf(before, who), time))
      if (!ends.includes(name) || draw % 10 === 0) open.push({ name, who });
  const names = [...new Set(open.map(({ name }) => name))];
  const chosen = wild || names.length === 0 ? at(caseMoves, draw) : at(names, draw);
  const able = open.filter(({ name }) => name === chosen).map(({ who }) => who);
  const who = wild || able.length === 0 ? at(people, Math.floor(draw / 20)) : at(able, Math.floor(draw / 20));

  const words: CaseWords = { now: time, text: "办", reason: "duplicate", cadre: true, afterPhotos: 1 };
  const should = moveCase(facts(who), actorsOf(before, who), chosen, words);
  const word = await done(id, chosen, who, deps);
  const after = await store.byId(db.read, id);
  if (!after) throw new Error("no such case");
  lived(before, after, time);
  const no = "no" in should ? should.no : null;
  expect([chosen, word]).toEqual([chosen, no]);
  expect(after).toMatchObject(no === null ? movedBy(chosen, before, time) : before);
  const made = { move: chosen, actor: who.personId, number: before.steps + 1, round: after.round, at: time };
  expect((await store.steps(db, id)).at(-1)).toMatchObject(no === null ? made : (record.at(-1) ?? made));
  const { from, actor } = caseTable[chosen];
  expect(no !== null || (from.includes(before.state) && (actor === "author") === (who === author))).toBe(true);
  const given = (await store.ratings(db, id)).find(({ round }) => round === before.round)?.stars ?? 0;
  const stars =
    no === null && chosen === "rateBadly" ? 1 : before.rated === 1 || (no === null && chosen === "rate") ? 4 : 0;
  expect(given).toBe(stars);
}

/** What a move makes of a case, as far as the table and the record say. */
function movedBy(name: CaseMove, before: store.CaseRow, time: number): Partial<store.CaseRow> {
  const { to } = caseTable[name];
  const begins = name === "reopen" || name === "rateBadly";
  return {
    state: to === "same" ? before.state : to,
    steps: before.steps + 1,
    round: before.round + (begins ? 1 : 0),
    reopened: name === "reopen" ? 1 : before.reopened,
    rated: begins ? 0 : name === "rate" ? 1 : before.rated,
    outcome: outcomeOf(before, name),
    ...(begins ? { roundKind: name === "reopen" ? "reopened" : "rectify", beganAt: time } : {}),
  };
}

function outcomeOf(before: store.CaseRow, name: CaseMove): store.CaseRow["outcome"] {
  switch (name) {
    case "confirm":
      return "confirmed";
    case "rate":
      return before.outcome ?? "confirmed";
    case "withdraw":
      return "withdrawn";
    case "reopen":
    case "rateBadly":
      return null;
    default:
      return before.outcome;
  }
}

/** The word it was refused with. */
async function done(id: string, name: CaseMove, who: Caller, deps: Deps): Promise<CaseNo | null> {
  const { db, clock } = kit;
  const key = kit.key();
  const by = { caller: who, mark: who === author ? ("villager" as const) : ("official" as const), title: null };
  const to = { person: at(people, 2).personId, cadre: true };
  const step = { move: name, key, text: "办", reason: "duplicate" as const, photos: ["01"], to };
  const given = { key, stars: name === "rate" ? (4 as const) : (1 as const), tags: [], text: "办" };
  const rates = name === "rate" || name === "rateBadly";
  try {
    await inTx(db, (tx) => (rates ? rate(deps, tx, clock, id, given, by) : move(deps, tx, clock, id, step, by)));
    return null;
  } catch (fault) {
    const refusal = refusalIn(fault);
    if (!refusal) throw fault;
    return refusal.word as CaseNo;
  }
}

/** The whole record at the end, and the board, which is counted from it. `moved`: the calendar did. */
async function whole(id: string, { began, now, moved }: { began: number; now: number; moved: boolean }) {
  const row = await store.byId(kit.db.read, id);
  if (!row) throw new Error("no such case");
  const steps = await store.steps(kit.db, id);
  for (const step of steps) happened.add(step.move);
  expect(steps.map((step) => step.number)).toEqual(steps.map((_, n) => n + 1));
  expect(row.steps).toBe(steps.length);
  const times = steps.map((step) => step.at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const count = (...names: string[]) => steps.filter((step) => names.includes(step.move)).length;
  expect(row.round).toBe(1 + count("reopen", "rateBadly"));
  expect((await store.ratings(kit.db, id)).length).toBe(count("rate", "rateBadly"));
  expect(Math.max(count("reopen"), count("return"))).toBeLessThanOrEqual(1);
  expect((row.state === "closed" || row.state === "refused") && row.dueAt !== null).toBe(false);
  expect(row.acceptedAt ?? 0).toBeLessThanOrEqual(row.finishedAt ?? now);

  const { items } = await kit.as(clerk).cases.board({ region: town, from: began, to: now + 1 });
  const sum = (...figures: ("raised" | "reopened" | "open" | "red" | Late)[]) =>
    items.reduce((all, item) => all + figures.reduce((some, figure) => some + item[figure], 0), 0);
  expect([sum("raised"), sum("reopened")]).toEqual([row.round, row.round - 1]);
  expect(sum("open")).toBe(["pending", "accepted", "handling"].includes(row.state) ? 1 : 0);
  expect(sum("red")).toBe(row.dueAt !== null && row.dueAt <= now ? 1 : 0);
  expect(sum("acceptedInTime", "acceptedLate")).toBeLessThanOrEqual(row.round);
  // The board goes by the calendar of now; where that moved meanwhile, what was red then need not be late any more.
  const red = moved ? [] : steps.filter((step) => step.move === "escalate");
  const rounds = [...new Set(red.map((step) => step.round))];
  const levels = levelsOf(steps);
  const lateAt = (level: string | undefined) => {
    const item = items.find(({ region }) => region === (level === "town" ? town : village));
    return (item?.acceptedLate ?? 0) + (item?.answeredLate ?? 0);
  };
  // Whoever had it when it first turned red in a round.
  for (const round of rounds)
    expect(lateAt(levels[steps.findIndex((step) => red.includes(step) && step.round === round)])).toBeGreaterThan(0);
  const late = sum("acceptedLate", "answeredLate");
  expect(moved || (late >= rounds.length && late <= 2 * rounds.length)).toBe(true);
}
type Late = "acceptedInTime" | "acceptedLate" | "answeredLate";

test("any moves by anybody, at any time, keep the table, the record, the deadlines and the board, and each move of the table happens", async () => {
  const lives = fc.tuple(fc.array(act, { minLength: 10, maxLength: 40, size: "max" }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(lives, ([acts, photo]) => life(acts, photo)),
    { numRuns: 30, seed: 20_261_116, endOnFailure: true },
  );
  expect([...caseMoves, "raise", "escalate"].filter((name) => !happened.has(name))).toEqual([]);
}, 60_000);
