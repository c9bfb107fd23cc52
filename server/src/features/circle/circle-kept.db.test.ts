import { afterAll, expect, test, vi } from "vitest";
import { circleKit } from "../../../test/circle-kit.ts";
import { somebody } from "../../../test/room.ts";

const kit = await circleKit();
afterAll(kit.close);
const village = "990101101201";
const reader = somebody([], { villager: [village], follows: [village] });

test("the first page is kept at once, a place within the feed when it is asked for again, with its case as nobody sees it", async () => {
  const author = somebody([], { villager: [village], follows: [village] });
  for (const kind of ["chat", "help", "help"] as const) await kit.post(author, { village, kind, text: "桥头的灯坏了" });
  const asked = vi.spyOn(kit.db, "rows");
  const page = async (cursor?: string) => {
    asked.mockClear();
    const found = await kit.as(reader).circle.feed({ village, limit: 1, ...(cursor ? { cursor } : {}) });
    const read = asked.mock.calls.filter(([sql]) => sql.includes("JOIN post")).length;
    return { read, next: found.next, case: found.items[0]?.case };
  };
  const first = await page();
  expect([first.read, (await page()).read]).toEqual([1, 0]);
  const places = [await page(first.next ?? ""), await page(first.next ?? ""), await page(first.next ?? "")];
  expect(places.map(({ read }) => read)).toEqual([1, 1, 0]);
  expect(places.map((one) => one.case?.state)).toEqual(["pending", "pending", "pending"]);
  expect(places[0]?.case?.may).toEqual([]);
  const last = await page(places[0]?.next ?? "");
  expect([last.case, last.next]).toEqual([null, null]);
});
