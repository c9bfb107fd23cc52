import { afterAll, beforeAll, expect, test } from "vitest";
import { openRoom, somebody, wordOf } from "../../../test/room.ts";
import { audit } from "./service.ts";

let room: Awaited<ReturnType<typeof openRoom>>;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.close());

test.each(["9007199254740991.0.0", "4102444800001.0.0", "-1.0.0", "1.2", "x.0.0"])(
  "the place %s in the audit is refused, not asked for",
  async (cursor) => {
    expect(await wordOf(audit(room.ctx(somebody()), { cursor }))).toBe("CURSOR_BAD");
  },
);

test("a place within the calendar is asked for", async () => {
  expect(await audit(room.ctx(somebody()), { cursor: "4102444800000.7.1" })).toEqual({ items: [], next: null });
});
