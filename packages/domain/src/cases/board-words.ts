import { dayMs, dayOf, startOf } from "../base/workday.ts";

/** The counts of one place, as the board has them. */
export type BoardCounts = {
  raised: number;
  /** Of these, opened again by an author who was not content. */
  reopened: number;
  acceptedInTime: number;
  acceptedLate: number;
  answeredInTime: number;
  answeredLate: number;
  open: number;
  red: number;
  /** How many gave one star, … five, as far as it is shown; lower ones stand at three. */
  stars: readonly number[];
  tags: readonly BoardTick[];
};

/** An official tick, its words and how often it was given. */
export type BoardTick = { tag: number; word: string; count: number };

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

/** Is there anything to show bars of? What a place has handed on is not its any more; how it served that is. */
export const hasCounts = (row: BoardCounts): boolean =>
  row.raised + row.acceptedInTime + row.acceptedLate + row.answeredInTime + row.answeredLate > 0;

export type BoardSentences = { whole: string; accepted: string; answered: string; stars: string };

/** The same as the bars, in words. */
export function boardSentences(row: BoardCounts): BoardSentences {
  const again = row.reopened > 0 ? `（其中重开 ${row.reopened} 件）` : "";
  const over = row.red > 0 ? `，其中超期 ${row.red} 件` : "";
  const none = hasCounts(row) ? "没有还在手里的诉求" : "没有诉求";
  return {
    whole: row.raised === 0 ? none : `诉求 ${row.raised} 件${again}，还在办 ${row.open} 件${over}`,
    accepted: `受理：${share(row.acceptedInTime, row.acceptedLate)}`,
    answered: `答复：${share(row.answeredInTime, row.answeredLate)}`,
    stars: starWords(row),
  };
}

/** Fewer ratings of a place in a month than this are not shown: they would tell what somebody gave. */
export const fewestRatings = 3;

/** Why so little of them is shown; stands once on a page. */
export const ratingsHint = `评价只按月合计，一个月满 ${fewestRatings} 次、到下个月才显示，看不出是谁评的。评 1 星、2 星的会重开，算在重开里。`;

const shownLevels = [5, 4, 3] as const;

function starWords({ stars, tags }: BoardCounts): string {
  const given = stars.reduce((sum, count) => sum + count, 0);
  if (given === 0) return "评价：还没有可以显示的";
  const levels = shownLevels.flatMap((level) => {
    const count = stars[level - 1] ?? 0;
    return count > 0 ? [`${level} 星${level === 3 ? "及以下" : ""} ${count} 次`] : [];
  });
  const ticks = tags.slice(0, 3).map(({ word, count }) => `${word} ${count} 次`);
  const ticked = ticks.length > 0 ? `；勾选最多：${ticks.join("，")}` : "";
  return `评价 ${given} 次：${levels.join("，")}${ticked}`;
}

/** Each tick once, the most frequent first. */
export function addedUp(ticks: readonly BoardTick[]): BoardTick[] {
  const sums = new Map<number, BoardTick>();
  for (const tick of ticks) sums.set(tick.tag, { ...tick, count: tick.count + (sums.get(tick.tag)?.count ?? 0) });
  return [...sums.values()].sort((a, b) => b.count - a.count || a.tag - b.tag);
}

/** All places in one. */
export function boardTotal(rows: readonly BoardCounts[]): BoardCounts {
  const sum = (count: (row: BoardCounts) => number): number => rows.reduce((all, row) => all + count(row), 0);
  return {
    raised: sum((row) => row.raised),
    reopened: sum((row) => row.reopened),
    acceptedInTime: sum((row) => row.acceptedInTime),
    acceptedLate: sum((row) => row.acceptedLate),
    answeredInTime: sum((row) => row.answeredInTime),
    answeredLate: sum((row) => row.answeredLate),
    open: sum((row) => row.open),
    red: sum((row) => row.red),
    stars: [0, 1, 2, 3, 4].map((level) => sum((row) => row.stars[level] ?? 0)),
    tags: addedUp(rows.flatMap((row) => row.tags)),
  };
}

export const boardColumns = [
  "地方",
  "诉求",
  "其中重开",
  "按时受理",
  "超时受理",
  "按时答复",
  "超时答复",
  "还在办",
  "超期",
  "评价（5、4、3 星及以下）",
];

/** A line of the table behind the bars. */
export const boardLine = (name: string, row: BoardCounts): string[] => [
  name,
  ...[
    row.raised,
    row.reopened,
    row.acceptedInTime,
    row.acceptedLate,
    row.answeredInTime,
    row.answeredLate,
    row.open,
    row.red,
  ].map(String),
  shownLevels.map((stars) => row.stars[stars - 1] ?? 0).join(" / "),
];
