import { expect, test } from "vitest";
import { cells, table } from "./say.mjs";

test("columns line up when Chinese and Latin text stand in one table", () => {
  const lines = table([
    ["姓名", "role", "x"],
    ["王婶", "认证村民", "y"],
    ["Li", "clerk", "z"],
  ]).split("\n");
  const starts = lines.map((line) => cells(line.slice(0, -1)));
  expect(new Set(starts).size).toBe(1);
});

test("the last column is not padded", () => {
  expect(
    table([
      ["a", "长长长"],
      ["b", "c"],
    ]),
  ).toBe("a  长长长\nb  c");
});
