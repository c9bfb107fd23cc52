import { expect, test } from "vitest";
import { fileNameOf, visible } from "./text.ts";

test("what turns or hides letters is gone, what joins them stays", () => {
  expect(visible("停水\u202e通知\u2066\u200b\ufeff")).toBe("停水通知");
  expect(visible("👨\u200d👩\u200d👧 क\u200dष")).toBe("👨\u200d👩\u200d👧 क\u200dष");
});

test.each([
  ["a%22b%22.pdf", 'a"b".pdf'],
  [encodeURIComponent("关于体检的通知.pdf"), "关于体检的通知.pdf"],
  ["完成100%.pdf", "完成100%.pdf"],
  ["100%的%22通知%22.pdf", '100%的"通知".pdf'],
  ["通知.pdf", "通知.pdf"],
])("a file sent as %s is called %s", (sent, name) => {
  expect(fileNameOf(sent)).toBe(name);
});
