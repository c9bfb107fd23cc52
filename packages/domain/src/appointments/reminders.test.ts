import fc from "fast-check";
import { expect, test } from "vitest";
import { dueAmong, reminderDue, remindersAt, startWords } from "./reminders.ts";

const at = (time: string) => Date.parse(`${time}:00+08:00`);
const told = (start: string, now: string) =>
  remindersAt(at(start), at(now)).map(({ kind, at: when }) => `${kind} ${new Date(when).toISOString()}`);

test("who has an appointment hears of it in the evening before and two hours ahead", () => {
  expect(told("2026-12-01T10:00", "2026-11-25T09:00")).toEqual([
    `evening ${new Date(at("2026-11-30T18:00")).toISOString()}`,
    `soon ${new Date(at("2026-12-01T08:00")).toISOString()}`,
  ]);
});
test("nothing rings before seven in the morning, nor too late to go", () => {
  expect(told("2026-12-01T08:00", "2026-11-30T20:00")).toEqual([
    `soon ${new Date(at("2026-12-01T07:00")).toISOString()}`,
  ]);
  expect(told("2026-12-01T07:15", "2026-11-30T20:00")).toEqual([]);
});
test("what is past is not told any more", () => {
  expect(told("2026-12-01T10:00", "2026-11-30T18:00")).toHaveLength(1);
  expect(told("2026-12-01T10:00", "2026-12-01T08:00")).toEqual([]);
});

test.each([
  ["2026-12-01T10:00", "2026-11-25T09:00", "2026-11-30T17:59", false],
  ["2026-12-01T10:00", "2026-11-25T09:00", "2026-11-30T18:00", true],
  ["2026-12-01T10:00", "2026-11-30T18:00", "2026-11-30T21:59", false],
  ["2026-12-01T10:00", "2026-11-30T18:00", "2026-12-01T08:00", true],
  ["2026-12-01T10:00", "2026-12-01T08:00", "2026-12-01T09:59", false],
  // Nobody reminded in the evening: still in the same evening, and else once in the morning.
  ["2026-12-01T10:00", "2026-11-25T09:00", "2026-11-30T21:55", true],
  ["2026-12-01T15:00", "2026-11-25T09:00", "2026-12-01T07:00", true],
  // At night nothing rings, and after the start nothing helps.
  ["2026-12-01T10:00", "2026-11-25T09:00", "2026-11-30T22:00", false],
  ["2026-12-01T06:30", "2026-11-25T09:00", "2026-12-01T07:00", false],
  ["2026-12-01T10:00", "2026-11-25T09:00", "2026-12-01T10:00", false],
])("of %s, told until %s, it is due at %s: %s", (start, since, now, due) => {
  expect(reminderDue(at(start), at(since), at(now))).toBe(due);
});

test("whatever is due is found where one looks", () => {
  const first = at("2026-11-30T00:00");
  const minute = (most: number) => fc.integer({ min: 0, max: most }).map((n) => n * 60_000);
  fc.assert(
    fc.property(minute(4_320), minute(2_880), minute(4_320), (start, before, later) => {
      const [begin, now] = [first + start, first + later];
      const since = now - before;
      fc.pre(reminderDue(begin, since, now));
      expect(dueAmong(now).some(({ from, to, before: told }) => begin > from && begin < to && since < told)).toBe(true);
    }),
  );
});

test("an appointment is told by its day and time", () => {
  expect(startWords(at("2026-11-24T08:30"))).toBe("11月24日 周二 08:30");
  expect(startWords(at("2027-01-03T14:05"))).toBe("1月3日 周日 14:05");
});
