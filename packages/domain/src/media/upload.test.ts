import { expect, test } from "vitest";
import type { Caller } from "../permissions.ts";
import { uploadRight } from "./upload.ts";

const village = "990101101201";
const nobody: Caller = {
  personId: "p",
  sessionId: "s",
  phoneVerified: true,
  consented: true,
  strong: false,
  grants: [],
  villager: [],
  follows: [village],
};
const secretary: Caller = { ...nobody, grants: [{ role: "secretary", region: village }] };

test.each([
  ["nobody who has signed in", null, "SIGN_IN_FIRST"],
  ["a villager whose phone is not known", { ...nobody, phoneVerified: false, villager: [village] }, "PHONE_FIRST"],
  ["a villager before the privacy text of now", { ...nobody, consented: false, villager: [village] }, "CONSENT_FIRST"],
  ["a follower", nobody, "VERIFY_FIRST"],
  ["an agent", { ...nobody, strong: true, grants: [{ role: "agent", region: village }] }, "VERIFY_FIRST"],
  ["a secretary without the second factor", secretary, "SECOND_FACTOR_FIRST"],
] as const)("%s sends nothing: %s %s", (_who, caller, word) => {
  expect(uploadRight(caller as Caller | null)).toBe(word);
});

test("a verified villager sends pictures, also one with an office whose second factor is not shown", () => {
  expect(uploadRight({ ...nobody, villager: [village] })).toMatchObject({ what: "pictures" });
  expect(uploadRight({ ...secretary, villager: [village] })).toMatchObject({ what: "pictures" });
});

test("staff send papers too, and more of them", () => {
  expect(uploadRight({ ...secretary, strong: true })).toMatchObject({ what: "files", aDay: 1_000 });
});
