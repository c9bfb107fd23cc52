import { noticeMoves } from "@weimenhu/domain/notices/state";
import { expect, test } from "vitest";
import { actNames } from "./acts.ts";

test("every move of a notice has a name in the audit, and no two acts have the same", () => {
  for (const move of noticeMoves) expect([move, actNames[`notices.${move}`]]).toEqual([move, expect.any(String)]);
  const names = Object.values(actNames);
  expect(new Set(names).size).toBe(names.length);
});
