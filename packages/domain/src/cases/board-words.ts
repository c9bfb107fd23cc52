import { dayMs, dayOf, startOf } from "../base/workday.ts";

/** The counts of one place, as the board has them. */
export type BoardCounts = {
  raised: number;
  acceptedInTime: number;
  acceptedLate: number;
  answeredInTime: number;
  answeredLate: number;
  open: number;
  red: number;
  /** How many gave one star, … five. */
  stars: readonly number[];
};

export const boardPeriods = { month: "本月", before: "上月", quarter: "最近三个月", year: "今年" } as const;
export type BoardPeriod = keyof typeof boardPeriods;

/** A period in days of China, both ends in epoch milliseconds; those that still run end with today. */
export function periodOf(period: BoardPeriod, now: number): { from: number; to: number } {
  const [year = 0, month = 0] = dayOf(now).split("-").map(Number);
  /** Months before January belong to the year before. */
  const first = (y: number, m: number): number =>
    m < 1 ? first(y - 1, m + 12) : startOf(`${y}-${String(m).padStart(2, "0")}-01`);
  const to = startOf(dayOf(now)) + dayMs;
  switch (period) {
    case "month":
      return { from: first(year, month), to };
    case "before":
      return { from: first(year, month - 1), to: first(year, month) };
    case "quarter":
      return { from: first(year, month - 2), to };
    case "year":
      return { from: first(year, 1), to };
  }
}

/** Whole percent of what was due and in time; null while nothing was due. Never 100 while anything was late. */
export function shareInTime(inTime: number, late: number): number | null {
  if (inTime + late === 0) return null;
  return Math.floor((inTime * 100) / (inTime + late));
}

const share = (inTime: number, late: number): string => {
  const percent = shareInTime(inTime, late);
  return percent === null ? "还没有到时间" : `按时 ${inTime} 件，超时 ${late} 件，按时率 ${percent}%`;
};

/** The same as the bars, in words. */
export function boardSentences(row: BoardCounts): { whole: string; accepted: string; answered: string; stars: string } {
  const given = row.stars.reduce((sum, count) => sum + count, 0);
  const levels = row.stars.flatMap((count, i) => (count > 0 ? [`${i + 1} 星 ${count} 次`] : [])).reverse();
  const over = row.red > 0 ? `，其中超期 ${row.red} 件` : "";
  return {
    whole: row.raised === 0 ? "没有诉求" : `诉求 ${row.raised} 件，还在办 ${row.open} 件${over}`,
    accepted: `受理：${share(row.acceptedInTime, row.acceptedLate)}`,
    answered: `答复：${share(row.answeredInTime, row.answeredLate)}`,
    stars: given === 0 ? "评价：还没有" : `评价 ${given} 次：${levels.join("，")}`,
  };
}

/** All places in one. */
export function boardTotal(rows: readonly BoardCounts[]): BoardCounts {
  const sum = (count: (row: BoardCounts) => number): number => rows.reduce((all, row) => all + count(row), 0);
  return {
    raised: sum((row) => row.raised),
    acceptedInTime: sum((row) => row.acceptedInTime),
    acceptedLate: sum((row) => row.acceptedLate),
    answeredInTime: sum((row) => row.answeredInTime),
    answeredLate: sum((row) => row.answeredLate),
    open: sum((row) => row.open),
    red: sum((row) => row.red),
    stars: [0, 1, 2, 3, 4].map((level) => sum((row) => row.stars[level] ?? 0)),
  };
}

export const boardColumns = [
  "地方",
  "诉求",
  "按时受理",
  "超时受理",
  "按时答复",
  "超时答复",
  "还在办",
  "超期",
  "评价（5 到 1 星）",
];

/** A line of the table behind the bars. */
export const boardLine = (name: string, row: BoardCounts): string[] => [
  name,
  ...[row.raised, row.acceptedInTime, row.acceptedLate, row.answeredInTime, row.answeredLate, row.open, row.red].map(
    String,
  ),
  [...row.stars].reverse().join(" / "),
];
