import { expect, test } from "vitest";
import { dayOf } from "../base/workday.ts";
import {
  boardColumns,
  boardLine,
  boardSentences,
  boardTotal,
  hasCounts,
  periodOf,
  shareInTime,
} from "./board-words.ts";

const at = (text: string) => Date.parse(`${text}+08:00`);
const days = (period: Parameters<typeof periodOf>[0], now: string) => {
  const { from, to } = periodOf(period, at(now));
  return [dayOf(from), dayOf(to - 1)];
};

test("a period begins and ends with days of China, over the turn of the year too", () => {
  expect(days("month", "2026-11-01T00:00:00")).toEqual(["2026-11-01", "2026-11-01"]);
  expect(days("before", "2027-01-31T23:59:59")).toEqual(["2026-12-01", "2026-12-31"]);
  expect(days("quarter", "2027-01-15T10:00:00")).toEqual(["2026-11-01", "2027-01-15"]);
  expect(days("year", "2026-11-22T10:00:00")).toEqual(["2026-01-01", "2026-11-22"]);
});

test("what was late even once is never a hundred percent, and nothing due is no percent at all", () => {
  expect(shareInTime(999, 1)).toBe(99);
  expect(shareInTime(3, 0)).toBe(100);
  expect(shareInTime(0, 0)).toBeNull();
});

const row = {
  raised: 4,
  reopened: 1,
  acceptedInTime: 3,
  acceptedLate: 1,
  answeredInTime: 0,
  answeredLate: 0,
  open: 2,
  red: 1,
  stars: [0, 0, 1, 0, 2],
  tags: [
    { tag: 517, word: "服务热情效率高", count: 2 },
    { tag: 314, word: "服务态度一般", count: 1 },
  ],
};

test("the words say what the bars show", () => {
  expect(boardSentences(row)).toEqual({
    whole: "诉求 4 件（其中重开 1 件），还在办 2 件，其中超期 1 件",
    accepted: "受理：按时 3 件，超时 1 件，按时率 75%",
    answered: "答复：还没有到时间",
    stars: "评价 3 次：5 星 2 次，3 星及以下 1 次；勾选最多：服务热情效率高 2 次，服务态度一般 1 次",
  });
  expect(boardSentences({ ...row, reopened: 0, stars: [0, 0, 0, 0, 0], tags: [] })).toMatchObject({
    whole: "诉求 4 件，还在办 2 件，其中超期 1 件",
    stars: "评价：还没有可以显示的",
  });
});

test("of a place that has handed on all it had, the words say so, and how it served that is shown", () => {
  const gone = { ...row, raised: 0, reopened: 0, open: 0, red: 0 };
  expect(boardSentences(gone).whole).toBe("没有还在手里的诉求");
  expect(hasCounts(gone)).toBe(true);
  const nothing = { ...gone, acceptedInTime: 0, acceptedLate: 0 };
  expect(boardSentences(nothing).whole).toBe("没有诉求");
  expect(hasCounts(nothing)).toBe(false);
});

test("the table has a column for every figure of a line", () => {
  expect(boardLine("竹溪村", row)).toEqual(["竹溪村", "4", "1", "3", "1", "0", "0", "2", "1", "2 / 0 / 1"]);
  expect(boardLine("竹溪村", row)).toHaveLength(boardColumns.length);
});

test("all places together are their sum", () => {
  expect(boardTotal([row, row])).toMatchObject({
    raised: 8,
    reopened: 2,
    acceptedLate: 2,
    stars: [0, 0, 2, 0, 4],
    tags: [
      { tag: 517, word: "服务热情效率高", count: 4 },
      { tag: 314, word: "服务态度一般", count: 2 },
    ],
  });
  expect(boardTotal([]).stars).toEqual([0, 0, 0, 0, 0]);
});
