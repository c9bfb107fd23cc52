import { expect, test } from "vitest";
import type { Caller } from "../permissions.ts";
import { speakerIn } from "./office.ts";

const village = "990101101201";
const who = (more: Partial<Caller>): Caller => ({
  personId: "p",
  sessionId: "s",
  phoneVerified: true,
  strong: true,
  grants: [],
  villager: [],
  follows: [],
  ...more,
});

test("an office is that of the village or above it, and only after the second factor", () => {
  const secretary = who({ grants: [{ role: "secretary", region: village }], villager: [village] });
  expect(speakerIn(secretary, village)).toEqual({ mark: "official", title: "村书记" });
  expect(speakerIn({ ...secretary, strong: false }, village)).toEqual({ mark: "villager", title: null });
  expect(speakerIn(secretary, "990101101202")).toEqual({ mark: "none", title: null });
  expect(speakerIn(who({ grants: [{ role: "clerk", region: "990101101000" }] }), village).title).toBe("镇工作人员");
  expect(speakerIn(who({ grants: [{ role: "clerk", region: "990101000000" }] }), village).title).toBe("县工作人员");
  expect(speakerIn(who({ grants: [{ role: "sysadmin", region: "990101000000" }] }), village).mark).toBe("none");
});
