import { expect, test } from "vitest";
import { whole } from "./whole.ts";

test.each([
  ["最晚 11月30日（周一）答复", ["最晚 ", "11月30日（周一）", "答复"]],
  ["11月23日 周一 09:30", ["", "11月23日 周一", " ", "09:30", ""]],
  ["2027年1月5日起", ["", "2027年1月5日", "起"]],
])("no line ends in the middle of a date: %s", (words, parts) => {
  expect(words.split(whole)).toEqual(parts);
});
