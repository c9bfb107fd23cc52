import { waitingKinds } from "@weimenhu/contract/desk";
import { expect, test } from "vitest";
import { kindNames, leadTo, oldestFirst } from "./lead.ts";

test("everything that can wait has a name and leads to the very item", () => {
  for (const kind of waitingKinds) {
    expect(kindNames[kind]).not.toBe("");
    expect(leadTo({ kind, id: "ITEM1" })).toMatch(/^\/desk\/.*ITEM1$/);
  }
});

test("who has waited longest comes first", () => {
  const item = (id: string, since: number) => ({
    id,
    since,
    kind: "verification" as const,
    title: "",
    region: null,
    regionName: "",
  });
  expect(oldestFirst([item("b", 2), item("a", 1), item("c", 3)]).map((one) => one.id)).toEqual(["a", "b", "c"]);
});
