import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf, dayMs, dayOf, startOf } from "../base/workday.ts";
import { caseLimits, clockOf, dueAt, type RoundFacts } from "./clock.ts";
import { caseTags, isBad, ratingLevels, ratingTags, type Stars, tagsFit } from "./rating.ts";

const october = Array.from({ length: 7 }, (_, n) => `2026-10-0${n + 1}`);
const calendar = calendarOf({ holidays: october, makeUps: ["2026-10-10"] });
const at = (day: string, clock = "10:00") => Date.parse(`${day}T${clock}:00+08:00`);
const round = (more: Partial<RoundFacts> = {}): RoundFacts => ({
  kind: "first",
  state: "pending",
  beganAt: at("2026-11-16"),
  acceptedAt: null,
  finishedAt: null,
  extended: false,
  pauses: [],
  ...more,
});
const colour = (about: RoundFacts, day: string, clock?: string) => clockOf(calendar, about, at(day, clock)).colour;

describe("a case raised on a Monday at ten", () => {
  test("is to be taken up by the end of Tuesday: yellow at four fifths, red after", () => {
    expect(clockOf(calendar, round(), at("2026-11-16", "11:00"))).toEqual({
      step: "accept",
      dueAt: startOf("2026-11-18"),
      colour: "green",
      left: 1,
      provisional: false,
    });
    expect(colour(round(), "2026-11-17", "16:23")).toBe("green");
    expect(colour(round(), "2026-11-17", "16:24")).toBe("yellow");
    expect(colour(round(), "2026-11-17", "23:59")).toBe("yellow");
    expect(colour(round(), "2026-11-18", "00:00")).toBe("red");
  });
  test("is to be answered by the end of the next Monday: yellow on the last day", () => {
    const taken = round({ state: "handling", acceptedAt: at("2026-11-16") });
    expect(clockOf(calendar, taken, at("2026-11-20")).dueAt).toBe(startOf("2026-11-24"));
    expect(colour(taken, "2026-11-20", "12:00")).toBe("green");
    expect(colour(taken, "2026-11-22", "12:00")).toBe("yellow");
    expect(colour(taken, "2026-11-24", "00:00")).toBe("red");
  });
  test("taken up and handed on, has what is left for the answer", () => {
    const handed = round({ acceptedAt: at("2026-11-16", "15:00") });
    expect(clockOf(calendar, handed, at("2026-11-18"))).toMatchObject({ step: "answer", colour: "green", left: 3 });
  });
  test("has five working days more when that was allowed", () => {
    const more = round({ state: "handling", extended: true });
    expect(clockOf(calendar, more, at("2026-11-20")).dueAt).toBe(startOf("2026-12-01"));
  });
  test("stands still while paused, and its day moves on by the working time that took", () => {
    const paused = round({ state: "handling", pauses: [{ from: at("2026-11-17", "00:00"), to: null }] });
    expect(colour(paused, "2026-11-25")).toBe("paused");
    const resumed = round({
      state: "handling",
      pauses: [{ from: at("2026-11-17", "00:00"), to: at("2026-11-19", "00:00") }],
    });
    expect(clockOf(calendar, resumed, at("2026-11-20")).dueAt).toBe(startOf("2026-11-26"));
  });
  test("paused for some hours, has until the end of the working day on which they are made up for", () => {
    const paused = (from: [string, string], to: [string, string]) =>
      round({ state: "handling", pauses: [{ from: at(...from), to: at(...to) }] });
    const due = (about: RoundFacts) => clockOf(calendar, about, at("2026-11-20")).dueAt;
    // Due at the end of Monday the 23rd; three hours more are Tuesday's, not three in the night.
    expect(due(paused(["2026-11-17", "14:00"], ["2026-11-17", "17:00"]))).toBe(startOf("2026-11-25"));
    expect(due(paused(["2026-11-17", "22:00"], ["2026-11-19", "01:00"]))).toBe(startOf("2026-11-26"));
    // Over a weekend no working time went by.
    expect(due(paused(["2026-11-21", "09:00"], ["2026-11-22", "18:00"]))).toBe(startOf("2026-11-24"));
  });
  test("rests while the author has the word, and when it has ended", () => {
    for (const state of ["confirming", "closed", "refused"] as const)
      expect(colour(round({ state }), "2027-01-20")).toBe("done");
  });
});

test("what was opened again is to be closed within fifteen working days, over the holidays too, whichever way it was", () => {
  const rectify = round({ kind: "rectify", state: "confirming", beganAt: at("2026-09-29") });
  expect(clockOf(calendar, rectify, at("2026-10-09"))).toMatchObject({ step: "close", dueAt: startOf("2026-10-27") });
  expect(caseLimits.reopened).toEqual(caseLimits.rectify);
});

test("a day in a year without an announced schedule is provisional", () => {
  const late = round({ beganAt: at("2026-12-31", "09:00") });
  expect(clockOf(calendar, late, at("2026-12-31")).provisional).toBe(true);
  // Due at the end of the last day of a year, it is not the next year's.
  const last = clockOf(calendar, round({ beganAt: at("2026-12-30", "09:00") }), at("2026-12-30"));
  expect([last.dueAt, last.provisional]).toEqual([startOf("2027-01-01"), false]);
});

test("no pause and no extension ever brings a deadline nearer, and each is the end of a working day", () => {
  const moment = fc.integer({ min: 0, max: 20 * 86_400_000 });
  fc.assert(
    fc.property(moment, moment, moment, fc.boolean(), (start, length, later, extended) => {
      const beganAt = at("2026-09-21");
      const from = beganAt + start;
      const plain = dueAt(calendar, round({ beganAt }), "answer", from) ?? 0;
      const dueWith = (to: number | null, now: number) =>
        dueAt(calendar, round({ beganAt, extended, pauses: [{ from, to }] }), "answer", now) ?? 0;
      const moved = dueWith(from + length, from);
      expect(moved).toBeGreaterThanOrEqual(plain);
      expect(moved).toBe(startOf(dayOf(moved - 1)) + dayMs);
      expect(calendar.isWorkday(dayOf(moved - 1))).toBe(true);
      // While a pause lasts its deadline never comes nearer either.
      expect(dueWith(null, from + length + later)).toBeGreaterThanOrEqual(dueWith(null, from + length));
    }),
  );
});

describe("ratings", () => {
  test("the first digit of a tick is its level, and a tick of another level does not fit", () => {
    for (const level of [1, 2, 3, 4, 5] as const)
      for (const tag of Object.keys(ratingTags[level]).map(Number)) {
        expect(Math.floor(tag / 100)).toBe(level);
        for (const other of [1, 2, 3, 4, 5] as const) expect(tagsFit(other, [tag])).toBe(other === level);
      }
    expect(tagsFit(5, [517, 517])).toBe(false);
  });
  test("what is offered in the circle are official ticks", () => {
    for (const level of Object.keys(ratingLevels).map((star) => Number(star) as Stars))
      expect(tagsFit(level, caseTags[level])).toBe(true);
    expect([1, 2, 3, 4, 5].filter((star) => isBad(star as Stars))).toEqual([1, 2]);
  });
});
