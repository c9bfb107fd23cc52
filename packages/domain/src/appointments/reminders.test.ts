import { expect, test } from "vitest";
import { remindersAt } from "./reminders.ts";

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
