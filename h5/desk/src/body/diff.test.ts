import fc from "fast-check";
import { expect, test } from "vitest";
import { compareLines, diff, diffWords } from "./diff.ts";
import { linesOf } from "./lines.ts";

test("what stayed with what went is the old text, and with what came is the new one", () => {
  const list = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const pieces = diff(before, after, (a, b) => a === b);
      const without = (kind: string) => pieces.filter((p) => p.kind !== kind).flatMap((p) => p.items);
      expect(without("new")).toEqual(before);
      expect(without("gone")).toEqual(after);
    }),
  );
});

test("equal texts have no change and different ones have one", () => {
  expect(diffWords("停水通知", "停水通知")).toEqual([{ kind: "same", text: "停水通知" }]);
  expect(diffWords("", "")).toEqual([]);
});

test("only the words that changed are marked", () => {
  const pieces = diffWords("11月24日全村停水，请蓄水。", "11月25日全村停水，请提前蓄水。");
  expect(
    pieces
      .filter((p) => p.kind === "same")
      .map((p) => p.text)
      .join(""),
  ).toContain("全村停水");
  expect(
    pieces
      .filter((p) => p.kind === "new")
      .map((p) => p.text)
      .join(""),
  ).toContain("提前");
  expect(
    pieces
      .filter((p) => p.kind === "gone")
      .map((p) => p.text)
      .join(""),
  ).toContain("24");
});

test("a changed line stands beside what it became, an added one stands alone", () => {
  const line = (text: string) => ({ kind: "", text });
  const rows = compareLines([line("一"), line("二"), line("四")], [line("一"), line("2"), line("三"), line("四")]);
  expect(rows.map((row) => [row.before?.text ?? null, row.after?.text ?? null, row.same])).toEqual([
    ["一", "一", true],
    ["二", "2", false],
    [null, "三", false],
    ["四", "四", true],
  ]);
});

test("two very long texts without anything in common are compared at once", () => {
  const many = (word: string) => Array.from({ length: 3000 }, (_, i) => `${word}${i}`);
  const pieces = diff(many("a"), many("b"), (a, b) => a === b);
  expect(pieces.map((p) => [p.kind, p.items.length])).toEqual([
    ["gone", 3000],
    ["new", 3000],
  ]);
});

test("a link's address, a picture and a table are part of the comparison", () => {
  const lines = linesOf([
    { t: "p", c: [{ t: "a", href: "https://example.com/", v: "看" }] },
    { t: "img", src: "/media/1.png", alt: "图" },
    { t: "table", rows: [[{ c: [{ t: "text", v: "甲" }] }, { c: [{ t: "text", v: "乙" }] }]] },
    { t: "ol", items: [[{ t: "p", c: [{ t: "text", v: "项" }] }]] },
  ]);
  expect(lines.map((l) => `${l.kind}:${l.text}`)).toEqual([
    ":看（https://example.com/）",
    "图片:图（/media/1.png）",
    "表格:甲 | 乙",
    "1. :项",
  ]);
});
