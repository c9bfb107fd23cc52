import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf, dayOf, startOf } from "../base/workday.ts";
import {
  dayKindOf,
  type KeptSlot,
  lastOpenDay,
  opensAt,
  slotChanges,
  slotsOn,
  type Window,
  weekNo,
} from "./schedule.ts";

// The days around the National Day of 2026, as its schedule might be announced.
const calendar = calendarOf({
  holidays: ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07"],
  makeUps: ["2026-09-27", "2026-10-10"],
});
const hall: Window = { days: [1, 2, 3, 4, 5, "makeUp"], from: 510, to: 540, minutes: 15, capacity: 3, onSite: 1 };
const at = (day: string, time: string) => Date.parse(`${day}T${time}:00+08:00`);

describe("a week that repeats", () => {
  test("becomes slots of whole lengths, without the places that are kept on site", () => {
    expect(slotsOn(calendar, [hall, { ...hall, from: 600, to: 640 }], [], "2026-09-28")).toEqual([
      { start: at("2026-09-28", "08:30"), end: at("2026-09-28", "08:45"), capacity: 2 },
      { start: at("2026-09-28", "08:45"), end: at("2026-09-28", "09:00"), capacity: 2 },
      { start: at("2026-09-28", "10:00"), end: at("2026-09-28", "10:15"), capacity: 2 },
      { start: at("2026-09-28", "10:15"), end: at("2026-09-28", "10:30"), capacity: 2 },
    ]);
    expect(slotsOn(calendar, [{ ...hall, onSite: 3 }], [], "2026-09-28")).toEqual([]);
  });

  test("is closed on holidays and weekends, and open on a weekend day that is worked", () => {
    const open = (day: string) => slotsOn(calendar, [hall], [], day).length > 0;
    expect(["2026-10-01", "2026-10-03", "2026-10-05", "2026-10-11"].map(open)).toEqual([false, false, false, false]);
    expect(["2026-09-27", "2026-10-08", "2026-10-10"].map(open)).toEqual([true, true, true]);
    expect(["2026-10-03", "2026-10-10", "2026-10-11", "2026-10-12"].map((day) => dayKindOf(calendar, day))).toEqual([
      "holiday",
      "makeUp",
      0,
      1,
    ]);
  });

  test("receives nobody in a slot that a closure touches", () => {
    const closure = { day: "2026-09-28", from: 520, to: 521, why: "开会" };
    expect(slotsOn(calendar, [hall], [closure], "2026-09-28").map(({ start }) => start)).toEqual([
      at("2026-09-28", "08:45"),
    ]);
    expect(slotsOn(calendar, [hall], [closure], "2026-09-29")).toHaveLength(2);
  });

  test.each<[string, Window[], ReturnType<typeof weekNo>]>([
    ["as it should be", [hall, { ...hall, from: 540, to: 600 }], null],
    ["no day", [{ ...hall, days: [] }], "WINDOW_DAYS"],
    ["a day twice", [{ ...hall, days: [1, 1] }], "WINDOW_DAYS"],
    ["shorter than one slot", [{ ...hall, to: 520 }], "WINDOW_HOURS"],
    ["over midnight", [{ ...hall, to: 1441 }], "WINDOW_HOURS"],
    ["half minutes", [{ ...hall, minutes: 7.5 }], "WINDOW_HOURS"],
    ["no place", [{ ...hall, capacity: 0, onSite: 0 }], "WINDOW_PLACES"],
    ["more on site than there are", [{ ...hall, onSite: 4 }], "WINDOW_PLACES"],
    ["two at once", [hall, { ...hall, days: [5], from: 525, to: 600 }], "WINDOW_OVERLAP"],
  ])("%s is judged before it is kept", (_, windows, no) => {
    expect(weekNo(windows)).toBe(no);
  });
});

describe("a schedule that changes", () => {
  const slot = (id: string, start: number, more: Partial<KeptSlot> = {}): KeptSlot => ({
    id,
    start,
    end: start + 10,
    capacity: 2,
    taken: 0,
    waits: 0,
    ...more,
  });
  test("names what it would orphan: a slot that goes, is cut below what is taken, or has another length", () => {
    const kept = [
      slot("free", 0),
      slot("sold", 10, { taken: 1 }),
      slot("waited", 20, { waits: 1 }),
      slot("cut", 30, { taken: 2 }),
      slot("grows", 40, { taken: 2 }),
      slot("longer", 50, { taken: 1 }),
    ];
    const wanted = [
      { start: 30, end: 40, capacity: 1 },
      { start: 40, end: 50, capacity: 3 },
      { start: 50, end: 70, capacity: 2 },
    ];
    const { add, resize, drop, orphans } = slotChanges(kept, wanted);
    expect(orphans.map(({ id }) => id)).toEqual(["sold", "waited", "cut", "longer"]);
    expect([add, resize, drop]).toEqual([[wanted[2]], [{ id: "grows", capacity: 3 }], ["free"]]);
  });

  test("whatever changes, nobody's place is dropped or cut without being named, and what is done is what was wanted", () => {
    const slots = fc.uniqueArray(
      fc.record({ start: fc.integer({ min: 0, max: 8 }), capacity: fc.integer({ min: 1, max: 4 }), taken: fc.nat(4) }),
      { selector: ({ start }) => start },
    );
    fc.assert(
      fc.property(slots, slots, (had, wants) => {
        const kept = had.map(({ start, capacity, taken }) =>
          slot(`${start}`, start * 10, { capacity, taken: Math.min(taken, capacity) }),
        );
        const wanted = wants.map(({ start, capacity }) => ({ start: start * 10, end: start * 10 + 10, capacity }));
        const { add, resize, drop, orphans } = slotChanges(kept, wanted);
        const left = kept
          .filter(({ id }) => !drop.includes(id))
          .map((one) => ({ ...one, capacity: resize.find(({ id }) => id === one.id)?.capacity ?? one.capacity }));
        expect(left.every(({ taken, capacity }) => taken <= capacity)).toBe(true);
        expect(kept.filter(({ id }) => drop.includes(id)).every(({ taken }) => taken === 0)).toBe(true);
        const shape = ({ start, end, capacity }: { start: number; end: number; capacity: number }) =>
          `${start}-${end}×${capacity}`;
        const done = [...left.filter(({ id }) => !orphans.some((one) => one.id === id)), ...add].map(shape);
        const asked = wanted.filter(({ start }) => !orphans.some((one) => one.start === start)).map(shape);
        expect(new Set(done)).toEqual(new Set(asked));
      }),
    );
  });
});

describe("places ahead of time", () => {
  const release = { days: 7, at: 420 };
  test("are given out at the set minute, seven days before, and not a moment earlier", () => {
    const opens = opensAt(release, "2026-12-01");
    expect(opens).toBe(at("2026-11-24", "07:00"));
    expect([opens - 1, opens].map((now) => lastOpenDay(release, now))).toEqual(["2026-11-30", "2026-12-01"]);
  });
  test("at any time the last day that is given out has opened, and the next has not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 86_400_000 }), fc.nat(30), fc.nat(1439), (past, days, minute) => {
        const now = startOf("2026-11-01") + past;
        const last = lastOpenDay({ days, at: minute }, now);
        expect(opensAt({ days, at: minute }, last)).toBeLessThanOrEqual(now);
        expect(opensAt({ days, at: minute }, dayOf(startOf(last) + 86_400_000))).toBeGreaterThan(now);
      }),
    );
  });
});
