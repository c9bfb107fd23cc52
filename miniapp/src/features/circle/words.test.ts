import { expect, test } from "vitest";
import type { Fault } from "../../fault.ts";
import { refusedField, textWrong } from "./words.ts";

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
