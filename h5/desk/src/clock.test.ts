import { expect, test } from "vitest";
import { fromField, timeWords, toField, waitedWords } from "./clock.ts";

const at = Date.UTC(2026, 10, 22, 1, 30);

test("a time is said the way people say it, in the county's own time zone", () => {
  expect(timeWords(at, at)).toBe("11月22日 周日 09:30");
  expect(timeWords(Date.UTC(2026, 10, 22, 16, 5), at)).toBe("11月23日 周一 00:05");
});

test("another year is named, by the county's new year and not by Greenwich's", () => {
  expect(timeWords(Date.UTC(2025, 11, 31, 15, 59), at)).toBe("2025年12月31日 周三 23:59");
  expect(timeWords(Date.UTC(2025, 11, 31, 16, 0), at)).toBe("1月1日 周四 00:00");
});

test.each([
  [0, "不到 1 分钟"],
  [-5_000, "不到 1 分钟"],
  [59 * 60_000, "59 分钟"],
  [23.9 * 3_600_000, "23 小时"],
  [49 * 3_600_000, "2 天"],
])("a wait of %s ms is %s", (wait, words) => {
  expect(waitedWords(at - wait, at)).toBe(words);
});

test("a time field holds and gives the same minute, and anything unfinished is nothing", () => {
  expect(toField(at)).toBe("2026-11-22T09:30");
  expect(fromField("2026-11-22T09:30")).toBe(at);
  for (const odd of ["", "2026-11-22", "2026-13-22T09:30", "x"]) expect(fromField(odd)).toBeNull();
});
