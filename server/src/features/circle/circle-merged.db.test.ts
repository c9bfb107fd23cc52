import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { circleKit } from "../../../test/circle-kit.ts";
import { somebody } from "../../../test/room.ts";

const kit = await circleKit();
afterAll(kit.close);
const villages = Array.from({ length: 13 }, (_, n) => `9901011013${n + 10}`);
const [stranger = "", ...followed] = villages;
const home = followed[0] ?? "";
/** Follows twelve villages and is a verified villager of one: reads two shelves there and one elsewhere. */
const reader = somebody([], { villager: [home], follows: followed });

beforeAll(async () => {
  for (const code of villages)
    await kit.db.pool.query("INSERT INTO region (code, name, sort, created_at) VALUES (?, ?, 0, NOW())", [code, code]);
});

async function walk(caller: Caller, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await kit.as(caller).circle.feed({ which: "followed", limit, ...(cursor ? { cursor } : {}) });
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
}

test("many followed villages in one are read to the end, each post once, newest first, and nothing of other shelves or places", async () => {
  const visible: string[] = [];
  for (let n = 0; n < 12; n++)
    for (const [at, village] of villages.entries()) {
      // Some write on, some have long been quiet, one never wrote.
      if (n > (at * 5) % 13) continue;
      const author = somebody([], { villager: [village], follows: [village] });
      const audience = n % 2 === 0 ? "villagers" : "village";
      const { id } = await kit.post(author, { village, audience, text: `第${n}条` });
      if (village !== stranger && (audience === "village" || village === home)) visible.unshift(id);
    }
  expect(visible.length).toBeGreaterThan(28);
  for (const limit of [1, 3, 10, 28, 50]) expect(await walk(reader, limit)).toEqual(visible);
});
