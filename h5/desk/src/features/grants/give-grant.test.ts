import { expect, test } from "vitest";
import { refusedOf } from "../../refused.ts";
import { conflictOf, isName } from "./give-grant.tsx";

const refused = (word: string, details: object) => refusedOf({ data: { refusal: { word, zh: "", details } } });

test("a conflict names the post that stands in the way, and survives an answer that does not", () => {
  const details = { role: "supervisor", region: "990101101201" };
  expect(conflictOf(refused("ROLE_CONFLICT", details))).toEqual(details);
  expect(conflictOf(refused("ROLE_CONFLICT", { role: "king" }))).toEqual({ role: null, region: "" });
  expect(conflictOf(refused("OWN_GRANT", details))).toBeNull();
});

test("a name is 2 to 20 Chinese characters, as the server takes it", () => {
  for (const name of ["小满", "阿依·芒种", "满".repeat(20)]) expect(isName(name), name).toBe(true);
  for (const name of ["", "满", "满".repeat(21), "·满", "Kim Lee", "小 满", "小满1"])
    expect(isName(name), name).toBe(false);
});
