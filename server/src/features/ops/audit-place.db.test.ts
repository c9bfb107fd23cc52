import { afterAll, beforeAll, expect, test } from "vitest";
import { openRoom, somebody, wordOf } from "../../../test/room.ts";
import { audit } from "./service.ts";

const deps = { officeNames: async () => new Map<string, string>() };
let room: Awaited<ReturnType<typeof openRoom>>;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.close());

test.each(["9007199254740991.0.0", "4102444800001.0.0", "-1.0.0", "1.2", "x.0.0"])(
  "the place %s in the audit is refused, not asked for",
  async (cursor) => {
    expect(await wordOf(audit(deps, room.ctx(somebody()), { cursor }))).toBe("CURSOR_BAD");
  },
);

test("a place within the calendar is asked for", async () => {
  expect(await audit(deps, room.ctx(somebody()), { cursor: "4102444800000.7.1" })).toEqual({ items: [], next: null });
});

test("people of an office are named to the auditor, residents stay ids", async () => {
  const [clerk, resident] = [somebody(), somebody()];
  const officeNames = async () => new Map([[clerk.personId, "寒露"]]);
  await audit(deps, room.ctx(clerk), { act: "audit.read", onWhom: resident.personId });
  await audit(deps, room.ctx(resident), { act: "audit.read" });
  const { items } = await audit({ officeNames }, room.ctx(clerk), { actor: clerk.personId });
  expect(items[0]).toMatchObject({ actor: clerk.personId, actorName: "寒露", onWhomName: null });
  const others = await audit({ officeNames }, room.ctx(clerk), { actor: resident.personId });
  expect(others.items[0]).toMatchObject({ actor: resident.personId, actorName: null });
});
