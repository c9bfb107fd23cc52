import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cast, circleKit, key, village, villagerOf } from "../../../test/circle-kit.ts";
import { openDb } from "../../kernel/db.ts";
import { callerOf, router } from "../../kernel/rpc.ts";
import { circleScope, ownScope } from "./deps.ts";
import { circleRoom } from "./index.ts";

const kit = await circleKit();
const { secretary } = cast();
/** Another process of the same county: what it keeps in memory is its own. */
const db = openDb(kit.config, kit.clock);
const api = router({ circle: circleRoom(kit.deps) });
const there = (caller: Caller) => callerOf(api)(kit.ctx(caller, { db })).circle;
afterAll(async () => {
  await db.close();
  await kit.close();
});
beforeAll(async () => {
  for (const text of ["一", "二", "三"]) await kit.post(villagerOf(), { text });
});
const bad = "代开发票";
const pass = (id: string) => kit.as(secretary).circle.decide({ id, pass: true });

/** What somebody finds of a post in the other process, before it changes here and right after. */
async function around(me: Caller, id: string, change: () => Promise<unknown>, first: "village" | "own") {
  const stamps = { village: circleScope(village), own: ownScope(me.personId) };
  const count = async () => (await there(me).feed({ village, limit: 3 })).items.filter((one) => one.id === id).length;
  db.versions.forget(Object.values(stamps));
  const before = await count();
  await change();
  db.versions.forget([stamps[first]]);
  return [before, await count()];
}

describe("in a process that hears of a change by one stamp before the other, an author has each post of the own once", () => {
  test.each(["village", "own"] as const)("that a person lets pass (the %s's first)", async (first) => {
    const me = villagerOf();
    const { id } = await kit.post(me, { text: bad });
    expect(await around(me, id, () => pass(id), first)).toEqual([1, 1]);
  });

  test.each(["village", "own"] as const)("that an edit puts before a person (the %s's first)", async (first) => {
    const me = villagerOf();
    const { id } = await kit.post(me, { text: "早上好" });
    const edit = () => kit.as(me).circle.edit({ id, key: key(), text: bad });
    expect(await around(me, id, edit, first)).toEqual([1, 1]);
  });

  test("and none that is deleted", async () => {
    const me = villagerOf();
    const { id } = await kit.post(me, { text: bad });
    const remove = () => kit.as(me).circle.remove({ id });
    expect(await around(me, id, remove, "village")).toEqual([1, 0]);
  });

  test("and pages go on where the last one ended, whatever one wrote", async () => {
    const me = villagerOf();
    const mine: string[] = [];
    for (const text of ["四", bad, "五", bad, "六"]) mine.unshift((await kit.post(me, { text })).id);
    const read: string[] = [];
    let cursor: string | undefined;
    db.versions.forget([circleScope(village), ownScope(me.personId)]);
    do {
      const page = await there(me).feed({ village, limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      read.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(read.filter((id) => mine.includes(id))).toEqual(mine);
    expect(new Set(read).size).toBe(read.length);
  });
});
