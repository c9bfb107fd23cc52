import type { Cell } from "@weimenhu/domain/body";
import { expect, test } from "vitest";
import { cardsOf, columnsOf } from "./table-cards.ts";

const cell = (v: string, more: Partial<Cell> = {}): Cell => ({ c: v === "" ? [] : [{ t: "text", v }], ...more });
const head = (v: string, more: Partial<Cell> = {}): Cell => cell(v, { head: true, ...more });
const told = (rows: Cell[][]) =>
  cardsOf(rows)?.rows.map((row) =>
    row.map(({ cell: { c }, label, carried }) => {
      const words = c.map((node) => (node.t === "br" ? "\n" : node.v)).join("");
      return `${carried ? "↑" : ""}${label}=${words}`;
    }),
  );

test("each cell is told with its header", () => {
  const rows = [
    [head("日期"), head("片区"), head("时间")],
    [cell("11月23日"), cell("东片"), cell("全天")],
    [cell("11月24日"), cell("西片"), cell("")],
  ];
  expect(told(rows)).toEqual([
    ["日期=11月23日", "片区=东片", "时间=全天"],
    ["日期=11月24日", "片区=西片", "时间="],
  ]);
});

test("a cell that reaches over several rows is told in each, one over several columns once with all their headers", () => {
  const rows = [
    [head("组"), head("上午"), head("下午")],
    [cell("一组", { rows: 2 }), cell("停水", { span: 2 })],
    [cell("正常"), cell("停水")],
  ];
  expect(told(rows)).toEqual([
    ["组=一组", "上午、下午=停水"],
    ["↑组=一组", "上午=正常", "下午=停水"],
  ]);
});

test("headers of two rows are read from the top down, and a line across the table has none", () => {
  const rows = [
    [head("项目", { rows: 2 }), head("金额", { span: 2 })],
    [head("收入"), head("支出")],
    [cell("十一月", { span: 3 })],
    [cell("水费"), cell("¥80"), cell("¥20")],
  ];
  expect(told(rows)).toEqual([["=十一月"], ["项目=水费", "金额 收入=¥80", "金额 支出=¥20"]]);
});

test("a table of two columns, without headers or of headers only stays as it is", () => {
  expect(
    cardsOf([
      [head("姓名"), head("职务")],
      [cell("王"), cell("主任")],
    ]),
  ).toBeNull();
  expect(
    cardsOf([
      [cell("a"), cell("b"), cell("c")],
      [cell("d"), cell("e"), cell("f")],
    ]),
  ).toBeNull();
  expect(cardsOf([[head("a"), head("b"), head("c")]])).toBeNull();
  expect(cardsOf([])).toBeNull();
});

test("joined cells count for the columns that they cover, also of rows above", () => {
  expect(
    columnsOf([
      [cell("a", { span: 2, rows: 2 }), cell("b")],
      [cell("c"), cell("d")],
    ]),
  ).toBe(4);
  expect(columnsOf([])).toBe(1);
});
