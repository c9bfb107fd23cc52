import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { casesKit, dayMs, sister, town, village } from "../../../test/cases-kit.ts";
import { waitingCases } from "./index.ts";
import { runClock } from "./service.clock.ts";

let kit: Awaited<ReturnType<typeof casesKit>>;
let author: Caller;
let secretary: Caller;
let clerk: Caller;
let member: Caller;
beforeAll(async () => {
  kit = await casesKit();
  secretary = await kit.inOffice("王谷雨", "secretary", village);
  clerk = await kit.inOffice("孙清明", "clerk", town);
});
afterAll(() => kit.close());
beforeEach(async () => {
  author = kit.villager("张*");
  member = await kit.inOffice("赵立春", "committee", village);
});

type Move = Parameters<ReturnType<typeof kit.as>["cases"]["move"]>[0]["move"];
const act = (by: Caller, id: string, move: Move, more: object = {}) =>
  kit.as(by).cases.move({ id, key: kit.key(), move, text: "马上处理", ...more });
async function givenTo(to: Caller): Promise<string> {
  const id = await kit.raised(author);
  await act(secretary, id, "assign", { to: to.personId });
  return id;
}
/** Does it wait for this person: on the desk's first page, in its list, and by the case itself? */
async function waits(id: string, who: Caller): Promise<boolean[]> {
  const { items } = await kit.as(who).cases.desk({ limit: 50 });
  const listed = (await waitingCases(kit.ctx(who))).some((item) => item.id === id);
  const { waitsForMe } = await kit.as(who).cases.get({ id });
  return [items.find((item) => item.id === id)?.waitsForMe ?? false, listed, waitsForMe];
}
const all = [true, true, true];
const none = [false, false, false];
/** The grants of this person as they are changed in the database, and then as the next session has them. */
async function end(who: Caller, set = "ended_at = '2026-11-16'"): Promise<Caller> {
  await kit.db.rows(`UPDATE role_grant SET ${set} WHERE person_id = ?`, [who.personId]);
  return { ...who, grants: [] };
}
const toldOf = async (id: string, who: Caller) =>
  (
    await kit.db.rows<{ kind: string }>("SELECT kind FROM message WHERE person = ? AND event LIKE ? ORDER BY at, id", [
      who.personId,
      `case:${id}:%`,
    ])
  ).map(({ kind }) => kind);

describe("a case that was given to somebody", () => {
  test.each([
    ["has ended", "ended_at = '2026-11-16'"],
    ["has run out", "until_at = '2026-11-16'"],
    ["is held elsewhere now", `region = '${sister}'`],
  ])("waits for the whole office again when the office %s", async (_, set) => {
    const id = await givenTo(member);
    expect([await waits(id, member), await waits(id, secretary)]).toEqual([all, none]);
    await end(member, set);
    expect(await waits(id, secretary)).toEqual(all);
    expect((await kit.as(secretary).cases.get({ id })).assignee).toBeNull();
    const elsewhere = { ...member, grants: [{ role: "committee" as const, region: sister }] };
    expect((await waitingCases(kit.ctx(elsewhere))).map((item) => item.id)).not.toContain(id);
  });

  test("of the town stays with them, and the others are not bothered with it", async () => {
    const id = await givenTo(clerk);
    expect([await waits(id, clerk), await waits(id, secretary), await waits(id, member)]).toEqual([all, none, none]);
    expect((await kit.as(secretary).cases.get({ id })).assignee).toBe("孙清明");
  });

  test("is not told to one whose office ended, also when it is opened again, and is nobody's then", async () => {
    const id = await givenTo(member);
    await end(member);
    await act(secretary, id, "start");
    await act(secretary, id, "finish");
    await act(author, id, "reopen");
    expect(await toldOf(id, member)).toEqual(["raised", "assigned"]);
    expect(await toldOf(id, secretary)).toEqual(["raised", "reopened"]);
    expect(await kit.db.rows("SELECT assignee FROM case_file WHERE id = ?", [id])).toEqual([{ assignee: null }]);
  });

  test("is theirs also in the next round while they hold the office", async () => {
    const id = await givenTo(member);
    await act(member, id, "start");
    await act(member, id, "finish");
    await act(author, id, "reopen");
    expect([await waits(id, member), await waits(id, secretary)]).toEqual([all, none]);
    expect(await toldOf(id, member)).toEqual(["raised", "assigned", "reopened"]);
  });

  test("and is overdue waits for everybody who may handle it, and for those right above", async () => {
    const id = await givenTo(member);
    expect([await waits(id, secretary), await waits(id, clerk)]).toEqual([none, none]);
    kit.clock.advance(4 * dayMs);
    await runClock(kit.deps, kit.db, kit.clock, async () => undefined);
    for (const who of [member, secretary, clerk]) expect(await waits(id, who)).toEqual(all);
  });
});
