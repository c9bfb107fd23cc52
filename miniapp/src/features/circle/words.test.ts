import { expect, test } from "vitest";
import type { Fault } from "../../fault.ts";
import { authorActWords, refusedField, sentWords, textWrong } from "./words.ts";

const refused = (word: "BAD_INPUT" | "VERIFY_FIRST", fields?: string[]): Fault => ({
  kind: "refused",
  word,
  zh: "",
  details: fields ? { fields } : {},
});

test("2,000 letters are enough and one more is too much, as people count letters", () => {
  expect(textWrong("𠮷".repeat(2_000))).toBeNull();
  expect(textWrong(`${"字".repeat(2_000)}𠮷`)).toBe("多写了 1 个字，最多 2000 个字");
  expect(textWrong(" \n ")).toBe("请写几句话");
});

test("a refusal stands at the field that it is about", () => {
  expect(refusedField(refused("BAD_INPUT", ["place"]))).toBe("place");
  expect(refusedField(refused("BAD_INPUT", ["photos"]))).toBe("photos");
  expect(refusedField(refused("VERIFY_FIRST"))).toBeNull();
  expect(refusedField(null)).toBeNull();
});

test.each([
  [["confirm", "reopen", "rate", "rateBadly"], "确认、评价或重开"],
  [["rate", "reopen"], "评价或重开"],
  [["reopen"], "还没解决（重开）"],
  [["rateBadly"], "评价这次办理"],
  [["withdraw"], "不用办了，撤回"],
  [["start", "note"], null],
  [[], null],
] as const)("the way from a post to its case names what its author may do there: %j", (may, words) => {
  expect(authorActWords(may)).toBe(words);
});

test("what was sent says who looks at it before the village does", () => {
  expect(sentWords({ check: "passed", case: null })).toBe("已发布");
  expect(sentWords({ check: "checking", case: null })).toContain("自动审核");
  expect(sentWords({ check: "held", case: null })).toContain("工作人员");
  expect(sentWords({ check: "held", case: null })).not.toContain("自动");
  expect(sentWords({ check: "refused", case: null })).toBeNull();
});
