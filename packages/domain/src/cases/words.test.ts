import { describe, expect, test } from "vitest";
import { calendarOf } from "../base/workday.ts";
import { clockOf, type RoundFacts } from "./clock.ts";
import { clockWords, moreWords, stepCheckWords, stepNames } from "./words.ts";

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
    why === undefined ? {} : { why },
  );
};

test("words that are looked at say so to whoever said them and to all others, and what has passed says nothing", () => {
  expect(stepCheckWords({ check: "checking", withheld: false })).toContain("别人还看不到");
  expect(stepCheckWords({ check: "held", withheld: true })).toContain("审核中");
  expect(stepCheckWords({ check: "refused", withheld: true })).toContain("没有通过审核");
  expect(stepCheckWords({ check: "passed", withheld: false })).toBeNull();
});

test("the clock's reminder goes to those above whoever has the case then", () => {
  const moves = ["raise", "escalate", "transfer", "escalate", "return", "escalate"] as const;
  expect(stepNames(moves.map((move) => ({ move })))).toEqual([
    "提出",
    "超期，已提醒镇里",
    "转镇里",
    "超期，已提醒县里",
    "退回村里",
    "超期，已提醒镇里",
  ]);
});

test("more time is asked for by whoever has the case", () => {
  expect([moreWords("village"), moreWords("town")]).toEqual(["村里申请延期，等镇里决定", "镇里申请延期，等县里决定"]);
});

describe("the clock in words", () => {
  test("names the working days left, today not counted, and the last day on which an answer is in time", () => {
    // Promised on the Friday: five working days, whatever the hour.
    for (const clock of ["00:00", "10:00", "23:59"])
      expect(said(at("2026-11-20", clock)).sentence).toBe("还剩 5 个工作日，最晚 11月27日（周五）答复");
    expect(said(at("2026-11-23"))).toEqual({ word: "按时", sentence: "还剩 4 个工作日，最晚 11月27日（周五）答复" });
    expect(said(at("2026-11-22"))).toEqual({ word: "按时", sentence: "还剩 5 个工作日，最晚 11月27日（周五）答复" });
    expect(said(at("2026-11-26", "23:59"))).toEqual({ word: "快到期", sentence: "明天之内答复" });
  });

  test("says today until its last minute, and overdue from the next on", () => {
    expect(said(at("2026-11-27", "23:59"))).toEqual({ word: "快到期", sentence: "今天之内答复" });
    expect(said(at("2026-11-28", "00:00"))).toEqual({
      word: "已超期",
      sentence: "超期 1 天，最晚应在 11月27日（周五）答复",
    });
    expect(said(at("2026-11-29", "00:01")).sentence).toBe("超期 2 天，最晚应在 11月27日（周五）答复");
  });

  test("says what is due: to be taken up, answered, or closed", () => {
    expect(said(friday, { state: "pending", acceptedAt: null }).sentence).toBe(
      "还剩 1 个工作日，最晚 11月23日（周一）受理",
    );
    expect(said(at("2026-11-23"), { kind: "rectify", state: "confirming" }).sentence).toContain("）办结");
  });

  test("says the year of a day in another one", () => {
    expect(said(at("2026-12-30"), { beganAt: at("2026-12-30") }).sentence).toContain("2027年1月");
  });

  describe("after a pause that took part of a day, names the day at whose end it is due", () => {
    const october = Array.from({ length: 7 }, (_, n) => `2026-10-0${n + 1}`);
    const official = calendarOf({ holidays: ["2026-01-01", ...october], makeUps: ["2026-10-10"] });
    type Pause = readonly [from: readonly [string, string], to: readonly [string, string]];
    const after = (began: string, pause: Pause, now: readonly [string, string]) => {
      const [[fromDay, fromTime], [toDay, toTime]] = pause;
      const facts = round({
        beganAt: at(began),
        acceptedAt: at(began),
        pauses: [{ from: at(fromDay, fromTime), to: at(toDay, toTime) }],
      });
      const moment = at(...now);
      const clock = clockOf(official, facts, moment);
      return clockWords({ state: facts.state, outcome: null, reason: null, clock }, moment).sentence;
    };
    // Raised on Friday 20 November, so due by the end of Friday 27.
    const untilTen: Pause = [
      ["2026-11-23", "09:43"],
      ["2026-11-23", "20:00"],
    ];
    const untilTwoAtNight: Pause = [
      ["2026-11-23", "18:00"],
      ["2026-11-23", "20:00"],
    ];
    // Friday evening to Sunday: only what is left of Friday counts.
    const overWeekend: Pause = [
      ["2026-11-20", "20:00"],
      ["2026-11-22", "12:00"],
    ];
    const wholeDay: Pause = [
      ["2026-11-23", "10:00"],
      ["2026-11-24", "10:00"],
    ];
    const onSaturday: Pause = [
      ["2026-11-21", "08:00"],
      ["2026-11-21", "18:00"],
    ];
    // The week of the national day is free: what was left of its eve is had on the make-up Saturday after it.
    const eve: Pause = [
      ["2026-09-30", "21:00"],
      ["2026-10-04", "09:00"],
    ];
    const makeUp: Pause = [
      ["2026-10-10", "08:00"],
      ["2026-10-10", "17:30"],
    ];
    test.each([
      ["days before", "2026-11-20", untilTen, ["2026-11-25", "09:00"], "还剩 3 个工作日，最晚 11月30日（周一）答复"],
      [
        "on Friday evening",
        "2026-11-20",
        untilTen,
        ["2026-11-27", "20:00"],
        "还剩 1 个工作日，最晚 11月30日（周一）答复",
      ],
      ["the day before, late", "2026-11-20", untilTen, ["2026-11-29", "23:59"], "明天之内答复"],
      ["that evening", "2026-11-20", untilTen, ["2026-11-30", "23:59"], "今天之内答复"],
      ["the day after", "2026-11-20", untilTen, ["2026-12-01", "00:00"], "超期 1 天，最晚应在 11月30日（周一）答复"],
      ["made up for at night", "2026-11-20", untilTwoAtNight, ["2026-11-29", "12:00"], "明天之内答复"],
      ["over a weekend", "2026-11-20", overWeekend, ["2026-11-29", "12:00"], "明天之内答复"],
      ["of a whole day", "2026-11-20", wholeDay, ["2026-11-30", "09:00"], "今天之内答复"],
      ["on a free day", "2026-11-20", onSaturday, ["2026-11-27", "09:00"], "今天之内答复"],
      [
        "from the eve of a holiday",
        "2026-09-25",
        eve,
        ["2026-09-30", "22:00"],
        "还剩 3 个工作日，最晚 10月10日（周六）答复",
      ],
      [
        "on a make-up Saturday",
        "2026-09-28",
        makeUp,
        ["2026-10-10", "18:00"],
        "还剩 1 个工作日，最晚 10月12日（周一）答复",
      ],
    ] as const)("%s", (_name, began, pause, now, sentence) => {
      expect(after(began, pause, now)).toBe(sentence);
    });
  });

  test("stands still with the words that stopped it", () => {
    const pauses = [{ from: friday, to: null }];
    expect(said(at("2026-11-23"), { pauses }, "等挖机进村")).toEqual({ word: "暂停计时", sentence: "等挖机进村" });
  });

  test("speaks to whoever raised it, and of them to everybody else", () => {
    const words = (state: "confirming" | "closed", outcome: "confirmed" | "withdrawn" | null, mine: boolean) => {
      const clock = clockOf(calendar, round({ state }), friday);
      return clockWords({ state, outcome, reason: null, clock }, friday, { mine }).sentence;
    };
    expect(words("confirming", null, true)).toBe("等您确认，7 天没有回音自动办结");
    expect(words("confirming", null, false)).toBe("等发起人确认，7 天没有回音自动办结");
    expect(words("closed", "confirmed", true)).toBe("您确认了");
    expect(words("closed", "confirmed", false)).toBe("发起人确认了");
    expect(words("closed", "withdrawn", true)).toBe("您撤回了，不再办理");
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
