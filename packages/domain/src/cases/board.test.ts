import { describe, expect, test } from "vitest";
import { calendarOf } from "../base/workday.ts";
import { type BoardStep, servedIn } from "./board.ts";

const calendar = calendarOf({ holidays: ["2026-01-01"], makeUps: [] });
const at = (day: string, clock = "10:00") => Date.parse(`${day}T${clock}:00+08:00`);
const monday = at("2026-11-16");
const step = (move: BoardStep["move"], when: number, round = 1): BoardStep => ({ round, move, at: when });
const served = (steps: BoardStep[], now = at("2026-12-31")) => servedIn(calendar, steps, now);

describe("a handling", () => {
  test("taken up and answered by the last minute of its days is in time, a minute later late", () => {
    const kept = [
      step("raise", monday),
      step("accept", at("2026-11-17", "23:59")),
      step("finish", at("2026-11-23", "23:59")),
    ];
    const by = { accepted: "village", answered: "village" };
    expect(served(kept)).toEqual({ number: 1, accepted: "in-time", answered: "in-time", by });
    const missed = [
      step("raise", monday),
      step("accept", at("2026-11-18", "00:00")),
      step("finish", at("2026-11-24", "00:00")),
    ];
    expect(served(missed)).toEqual({ number: 1, accepted: "late", answered: "late", by });
  });
  test("that nobody answers is late from the moment it is due, and counts as nothing before", () => {
    expect(served([step("raise", monday)], monday)).toMatchObject({ accepted: null, answered: null });
    expect(served([step("raise", monday)], at("2026-11-18"))).toMatchObject({ accepted: "late", answered: null });
    expect(served([step("raise", monday)], at("2026-11-24"))).toMatchObject({ accepted: "late", answered: "late" });
  });
  test("that was withdrawn before it was due counts as nothing, after it as late", () => {
    const gone = (when: number) => served([step("raise", monday), step("withdraw", when)]);
    expect(gone(monday + 1)).toMatchObject({ accepted: null, answered: null });
    expect(gone(at("2026-11-20"))).toMatchObject({ accepted: "late", answered: null });
  });
  test("has the time of its pauses and of what was allowed on top", () => {
    const paused = [
      step("raise", monday),
      step("start", monday),
      step("pause", at("2026-11-17", "00:00")),
      step("resume", at("2026-11-19", "00:00")),
      step("finish", at("2026-11-25")),
    ];
    expect(served(paused)?.answered).toBe("in-time");
    const more = [
      step("raise", monday),
      step("start", monday),
      step("allowMore", monday),
      step("finish", at("2026-11-30")),
    ];
    expect(served(more)?.answered).toBe("in-time");
    expect(served(more.filter(({ move }) => move !== "allowMore"))?.answered).toBe("late");
  });
  test("that is handed on goes on, also when it stood still: what is answered late then is late", () => {
    for (const move of ["transfer", "return"] as const) {
      const handed = [
        step("raise", monday),
        step("start", monday),
        step("pause", at("2026-11-17")),
        step(move, at("2026-11-18")),
        step("escalate", at("2026-11-25", "00:00")),
        step("finish", at("2026-12-10")),
      ];
      expect(served(handed)?.answered).toBe("late");
      expect(served(handed.slice(0, -1))?.answered).toBe("late");
    }
  });
  test("is late for who let it become so, and in time for who saw to that, whoever has it afterwards", () => {
    const byOf = (...steps: BoardStep[]) => served([step("raise", monday), ...steps])?.by;
    const handed = (day: string, clock?: string) => step("transfer", at(day, clock));
    // Due for the accepting on Tuesday midnight, for the answer on Monday midnight.
    expect(byOf(handed("2026-11-17"))).toEqual({ accepted: "town", answered: "town" });
    expect(byOf(handed("2026-11-18", "00:00"))).toEqual({ accepted: "village", answered: "town" });
    expect(byOf(handed("2026-11-24", "00:00"))).toEqual({ accepted: "village", answered: "village" });
    expect(byOf(handed("2026-11-23", "23:59"))).toEqual({ accepted: "village", answered: "town" });
    expect(byOf(step("accept", monday), handed("2026-11-16"), step("finish", at("2026-11-18")))).toEqual({
      accepted: "village",
      answered: "town",
    });
    expect(byOf(handed("2026-11-17"), step("return", at("2026-11-20")), step("finish", at("2026-12-01")))).toEqual({
      accepted: "town",
      answered: "village",
    });
    const again = [step("reopen", monday, 2), step("start", monday, 2)];
    expect(servedIn(calendar, again, at("2026-12-31"), "town")?.by).toEqual({ accepted: "town", answered: "town" });
  });
  test("that is refused is taken up and answered by that", () => {
    expect(served([step("raise", monday), step("refuse", monday + 1)])).toMatchObject({
      accepted: "in-time",
      answered: "in-time",
    });
  });
  test("begins by being raised, reopened or badly rated, and by nothing else", () => {
    for (const move of ["raise", "reopen", "rateBadly"] as const)
      expect(served([step(move, monday, 2)])?.number).toBe(2);
    expect(served([step("finish", monday)])).toBeNull();
    expect(served([])).toBeNull();
  });
});
