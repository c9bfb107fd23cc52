import { expect, test } from "vitest";
import { seenText, wordCheck, wordsOf } from "./words.ts";

const holds = wordCheck(wordsOf("# kept by the county\n代开发票\n\nVPN出售\n"));

test.each([
  ["代开发票", "plainly"],
  ["代\u200b开\u2060发\u00ad票", "with letters without a width"],
  ["代 开-发.票", "spaced and pointed"],
  ["代\n开\n发\n票", "down the page"],
  ["ＶＰＮ出售", "in wide letters"],
  ["ⓥⓟⓝ出售", "in circles"],
  ["代開發票", "in the older form"],
  ["VРN出售", "with a letter of another alphabet"],
  ["代\u3164开\u034f发\ufeff票", "with fillers that look like nothing"],
  ["代\ufe0f开\u0301发票", "with marks on them"],
])("%j is found: %s", (text) => {
  expect(holds(`在这里${text}，请联系`)).toBe(true);
});

test("what is not on the list passes, also rare characters and emoji", () => {
  expect(holds("村口垃圾没人清 😀 𠮷")).toBe(false);
  expect(wordCheck([])("代开发票")).toBe(false);
  expect(wordCheck(["--"])("代开发票")).toBe(false);
});

test("a checker is given what a reader sees", () => {
  expect(seenText("代\u200b开\u2060发\u00ad票\n  ＶＰＮ 𠮷😀")).toBe("代开发票\n  VPN 𠮷😀");
});
