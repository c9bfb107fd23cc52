import { isRegionCode, parentOf } from "@weimenhu/domain/base/region";
import { expect, test } from "vitest";
import { codeUnder, nextNumber, treeOf } from "./tree.ts";

const node = (code: string, parent: string | null) => ({ code, parent, name: code, level: "village" as const });
const nodes = [
  node("990101000000", null),
  node("990101101000", "990101000000"),
  node("990101101001", "990101101000"),
  node("990101101007", "990101101000"),
  node("990101102000", "990101000000"),
];

test("a new place gets a code whose parent is the place it was added to", () => {
  for (const parent of ["990101000000", "990101101000"]) {
    const code = codeUnder(parent, "012") ?? "";
    expect(isRegionCode(code)).toBe(true);
    expect(parentOf(code)).toBe(parent);
  }
  expect(codeUnder("990101101001", "001")).toBeNull();
  for (const odd of ["000", "1", "abcd", "0012"]) expect(codeUnder("990101000000", odd)).toBeNull();
});

test("the proposed number is free", () => {
  expect(nextNumber(nodes, "990101101000")).toBe("008");
  expect(nextNumber(nodes, "990101000000")).toBe("103");
  expect(nextNumber(nodes, "990101102000")).toBe("001");
});

test("every place stands in the tree once, under its parent", () => {
  const [county] = treeOf(nodes);
  expect(county?.below.map((town) => [town.node.code, town.below.length])).toEqual([
    ["990101101000", 2],
    ["990101102000", 0],
  ]);
});
