import { expect, test } from "vitest";
import { roleName } from "./roles.ts";

test.each([
  ["990101000000", "县工作人员"],
  ["990101101000", "镇工作人员"],
  ["990101101201", "村工作人员"],
])("a clerk of %s is called %s", (region, name) => {
  expect(roleName({ role: "clerk", region })).toBe(name);
});
