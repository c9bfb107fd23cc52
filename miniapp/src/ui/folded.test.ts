import { expect, test } from "vitest";
import { folded } from "./folded.ts";

test("a short text stays as it is", () => {
  expect(folded("路灯坏了\n三盏", 10, 2)).toBe("路灯坏了\n三盏");
});

test("a long one ends after so many letters or lines, and never in the middle of a letter", () => {
  expect(folded("路灯坏了三盏", 4, 2)).toBe("路灯坏了…");
  expect(folded("一\n二\n三", 10, 2)).toBe("一\n二…");
  expect(folded("𠮷𠮷𠮷", 2, 1)).toBe("𠮷𠮷…");
});
