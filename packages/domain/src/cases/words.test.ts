import { describe, expect, test } from "vitest";
import { calendarOf } from "../base/workday.ts";
import { clockOf, type RoundFacts } from "./clock.ts";
import { clockWords, stepCheckWords } from "./words.ts";

const calendar = calendarOf({ holidays: ["2026-01-01"], makeUps: [] });
const at = (day: string, clock = "10:00") => Date.parse(`${day}T${clock}:00+08:00`);
const friday = at("2026-11-20");

const round = (more: Partial<RoundFacts> = {}): RoundFacts => ({
  kind: "first",
  state: "accepted",
  beganAt: friday,
  acceptedAt: friday,
  finishedAt: null,
  extended: false,
  pauses: [],
  ...more,
});

const said = (now: number, more: Partial<RoundFacts> = {}, why?: string) => {
  const facts = round(more);
  return clockWords(
    { state: facts.state, outcome: null, reason: null, clock: clockOf(calendar, facts, now) },
    now,
    why,
  );
};

test("words that are looked at say so to whoever said them and to all others, and what has passed says nothing", () => {
  expect(stepCheckWords({ check: "checking", withheld: false })).toContain("别人还看不到");
  expect(stepCheckWords({ check: "held", withheld: true })).toContain("审核中");
  expect(stepCheckWords({ check: "refused", withheld: true })).toContain("没有通过审核");
  expect(stepCheckWords({ check: "passed", withheld: false })).toBeNull();
});

describe("the clock in words", () => {
  test("names the working days left, today counted, and the last day on which an answer is in time", () => {
    expect(said(at("2026-11-23"))).toEqual({ word: "按时", sentence: "还剩 5 个工作日，11月27日前答复" });
    expect(said(at("2026-11-22"))).toEqual({ word: "按时", sentence: "还剩 5 个工作日，11月27日前答复" });
    expect(said(at("2026-11-26", "23:59"))).toEqual({ word: "快到期", sentence: "明天之内答复" });
  });

  test("says today until its last minute, and overdue from the next on", () => {
    expect(said(at("2026-11-27", "23:59"))).toEqual({ word: "快到期", sentence: "今天之内答复" });
    expect(said(at("2026-11-28", "00:00"))).toEqual({ word: "已超期", sentence: "超期 1 天，应在 11月27日前答复" });
    expect(said(at("2026-11-29", "00:01")).sentence).toBe("超期 2 天，应在 11月27日前答复");
  });

  test("says what is due: to be taken up, answered, or closed", () => {
    expect(said(friday, { state: "pending", acceptedAt: null }).sentence).toBe("还剩 2 个工作日，11月23日前受理");
    expect(said(at("2026-11-23"), { kind: "rectify", state: "confirming" }).sentence).toContain("前办结");
  });

  test("says the year of a day in another one", () => {
    expect(said(at("2026-12-30"), { beganAt: at("2026-12-30") }).sentence).toContain("2027年1月");
  });

  test("stands still with the words that stopped it", () => {
    const pauses = [{ from: friday, to: null }];
    expect(said(at("2026-11-23"), { pauses }, "等挖机进村")).toEqual({ word: "暂停计时", sentence: "等挖机进村" });
  });

  test("never calls silence content", () => {
    const clock = clockOf(calendar, round({ state: "closed" }), friday);
    const closed = clockWords({ state: "closed", outcome: "lapsed", reason: null, clock }, friday);
    expect(closed.sentence).toBe("7 天没有回音，按未评价自动办结");
  });

  test("says the right way of what is not taken up", () => {
    const clock = clockOf(calendar, round({ state: "refused" }), friday);
    const refused = clockWords({ state: "refused", outcome: null, reason: "emergency", clock }, friday);
    expect(refused.sentence).toContain("110");
  });
});
