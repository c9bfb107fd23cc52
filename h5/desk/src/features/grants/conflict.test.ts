import { expect, test } from "vitest";
import { refusedOf } from "../../refused.ts";
import { conflictOf } from "./give-grant.tsx";

const refused = (word: string, details: object) => refusedOf({ data: { refusal: { word, zh: "", details } } });

test("a conflict names the post that stands in the way, and survives an answer that does not", () => {
  const details = { role: "supervisor", region: "990101101201" };
  expect(conflictOf(refused("ROLE_CONFLICT", details))).toEqual(details);
  expect(conflictOf(refused("ROLE_CONFLICT", { role: "king" }))).toEqual({ role: null, region: "" });
  expect(conflictOf(refused("OWN_GRANT", details))).toBeNull();
});
