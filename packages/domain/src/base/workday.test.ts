import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addWorkingMs, calendarOf, dayMs, dayOf, dueAfter, nextDay, startOf, workingMs } from "./workday.ts";

// The October holidays of 2026 as announced: 1st to 7th off, Sunday 20 September and Saturday 10 October worked.
const october = Array.from({ length: 7 }, (_, n) => `2026-10-0${n + 1}`);
const calendar = calendarOf({ holidays: ["2026-01-01", ...october], makeUps: ["2026-09-20", "2026-10-10"] });
const at = (day: string, clock = "10:00") => Date.parse(`${day}T${clock}:00+08:00`);

describe("days", () => {
  test("a day is the one in China, whatever the hour in London", () => {
    expect(dayOf(at("2026-11-22", "00:00"))).toBe("2026-11-22");
    expect(dayOf(at("2026-11-22", "23:59"))).toBe("2026-11-22");
    expect(nextDay("2026-12-31")).toBe("2027-01-01");
  });
  test("holidays and weekends are free, make-up days are worked", () => {
    const worked = ["2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"];
    expect(
      [...october, "2026-10-11", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"].filter(calendar.isWorkday),
    ).toEqual(worked);
    expect(calendar.isWorkday("2026-09-20")).toBe(true);
  });
  test("a year that is not announced is provisional: weekends and the fixed days", () => {
    expect(calendar.isProvisional(2026)).toBe(false);
    expect(calendar.isProvisional(2027)).toBe(true);
    const free = ["2027-01-01", "2027-05-01", "2027-10-01", "2027-01-02"];
    expect([...free, "2027-10-04", "2027-02-08"].filter((day) => !calendar.isWorkday(day))).toEqual(free);
  });
  test("a local day wins over the announced one", () => {
    const local = calendarOf({
      holidays: october,
      makeUps: ["2026-10-10"],
      local: { holidays: ["2026-10-10", "2026-11-23"], makeUps: ["2026-10-07"] },
    });
    expect(["2026-10-10", "2026-11-23", "2026-10-07"].map(local.isWorkday)).toEqual([false, false, true]);
  });
});

describe("deadlines", () => {
  test("the first day does not count, the last counts to midnight", () => {
    expect(dueAfter(calendar, at("2026-11-18", "00:01"), 1)).toBe(startOf("2026-11-20"));
    expect(dueAfter(calendar, at("2026-11-20", "23:59"), 1)).toBe(startOf("2026-11-24"));
  });
  test("five working days over the October holidays end on the make-up Saturday or after it", () => {
    expect(dueAfter(calendar, at("2026-09-29"), 5)).toBe(startOf("2026-10-13"));
    expect(dueAfter(calendar, at("2026-09-29"), 4)).toBe(startOf("2026-10-11"));
  });
});

const moment = fc.integer({ min: at("2026-08-01"), max: at("2027-03-01") });
const span = fc.integer({ min: 0, max: 30 * dayMs });

describe("working time", () => {
  test("never runs backwards and never faster than the clock", () => {
    fc.assert(
      fc.property(moment, span, span, (from, a, b) => {
        const first = workingMs(calendar, from, from + a);
        expect(first).toBeLessThanOrEqual(a);
        expect(workingMs(calendar, from, from + a + b)).toBe(first + workingMs(calendar, from + a, from + a + b));
      }),
    );
  });
  test("what was added is what passes", () => {
    fc.assert(
      fc.property(moment, span, (from, ms) => {
        const to = addWorkingMs(calendar, from, ms);
        expect(workingMs(calendar, from, to)).toBe(ms);
      }),
    );
  });
  test("a deadline is always the end of a working day", () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 20 }), (from, days) => {
        const due = dueAfter(calendar, from, days);
        expect(due % dayMs).toBe(16 * 3_600_000);
        expect(calendar.isWorkday(dayOf(due - 1))).toBe(true);
        expect(due).toBeGreaterThan(from);
      }),
    );
  });
});
