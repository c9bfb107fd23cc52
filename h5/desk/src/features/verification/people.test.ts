import { idCardCheck } from "@weimenhu/domain/base/id-card";
import { expect, test } from "vitest";
import { readTable } from "./csv.ts";
import { batches, peopleOf } from "./people.ts";

const id = (n: number): string => {
  const first = `99010119800101${String(n).padStart(3, "0")}`;
  return first + idCardCheck(first);
};
const sheet = (text: string) => peopleOf(readTable(text));

test("columns are found by their heads in any order, with remarks behind them", () => {
  const { lines } = sheet(`户号,村民小组,身份证号码（18位）,姓名\n7,一组,${id(1).toLowerCase()},王 芳`);
  expect(lines).toEqual([
    { line: 2, faults: [], person: { name: "王芳", idCard: id(1), group: "一组", household: "7" } },
  ]);
});

test("without heads the usual order is taken and the first person is not lost", () => {
  expect(sheet(`王芳,${id(1)},一组,7`).lines.map((line) => [line.line, line.faults])).toEqual([[1, []]]);
});

test("a head that lacks a column is named instead of every row failing", () => {
  expect(sheet(`姓名,身份证号\n王芳,${id(1)}`)).toEqual({ lines: [], problem: "表头里没有：小组、户号" });
});

test("each row says what is wrong with it", () => {
  const { lines } = sheet(
    [
      "姓名,身份证号,小组,户号",
      `王,${id(1)},一组,1`,
      "李四,990101198001010000,一组,1",
      "赵五,9.90101E+17,,1",
      `孙六,${id(2)},一组,1`,
      `周七,${id(2)},一组,1`,
      "吴八",
    ].join("\n"),
  );
  expect(lines.map((line) => line.faults.join())).toEqual([
    "姓名不对",
    "身份证号不对",
    "身份证号被表格软件改成了科学记数，请把这一列设为“文本”后重填,没有填小组",
    "",
    "身份证号和第 5 行相同",
    "身份证号不对,没有填小组",
  ]);
});

test("long rosters go in parts that the server takes, none lost and none twice", () => {
  const all = Array.from({ length: 1201 }, (_, i) => i);
  expect(batches(all).map((part) => part.length)).toEqual([500, 500, 201]);
  expect(batches(all).flat()).toEqual(all);
  expect(batches([])).toEqual([]);
});
