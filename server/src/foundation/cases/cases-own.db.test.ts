import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { casesKit, town, village, wordOf } from "../../../test/cases-kit.ts";

let kit: Awaited<ReturnType<typeof casesKit>>;
let secretary: Caller;
let committee: Caller;
beforeAll(async () => {
  kit = await casesKit();
  secretary = await kit.inOffice("王谷雨", "secretary", village);
  committee = await kit.inOffice("赵立春", "committee", village);
});
afterAll(() => kit.close());

type Move = Parameters<ReturnType<typeof kit.as>["cases"]["move"]>[0]["move"];
const act = (by: Caller, id: string, move: Move) =>
  kit.as(by).cases.move({ id, key: kit.key(), move, text: "马上处理" });
const may = async (by: Caller, id: string) => {
  const [whole, { items }] = await Promise.all([kit.as(by).cases.get({ id }), kit.as(by).cases.desk({ limit: 50 })]);
  const listed = items.find((item) => item.id === id);
  expect(listed?.may).toEqual(whole.may);
  return whole.may;
};

test("a cadre rates no round in which they acted in office, nor is offered to; the next round, which others handled, they may", async () => {
  // A secretary who lives in the village too.
  const both = { ...secretary, villager: [village] };
  const rate = (id: string, stars: 1 | 5) =>
    kit.as(both).cases.rate({ id, key: kit.key(), stars, tags: [], text: "没有办好" });
  const id = await kit.raised(both);
  await act(both, id, "start");
  await act(committee, id, "finish");
  expect(await may(both, id)).toEqual(["confirm", "reopen"]);
  for (const stars of [1, 5] as const) expect(await wordOf(rate(id, stars))).toBe("OWN_WORK");
  await act(both, id, "reopen");
  await act(committee, id, "start");
  await act(committee, id, "finish");
  expect(await may(both, id)).toEqual(["confirm", "rate", "rateBadly"]);
  await rate(id, 5);
  const rows = await kit.db.rows("SELECT round, stars FROM case_rating WHERE case_id = ?", [id]);
  expect(rows).toEqual([{ round: 2, stars: 5 }]);
});

test("more time is for somebody else to decide than whoever asked for it, also where one may do both", async () => {
  const clerk = await kit.inOffice("孙清明", "clerk", town);
  const other = await kit.inOffice("吴秋分", "clerk", town);
  const id = await kit.raised(kit.villager("张*"));
  await act(clerk, id, "start");
  await act(clerk, id, "askMore");
  const decides = (moves: readonly string[]) => moves.filter((move) => move.endsWith("More"));
  expect(decides(await may(clerk, id))).toEqual([]);
  for (const move of ["allowMore", "denyMore"] as const) expect(await wordOf(act(clerk, id, move))).toBe("SAME_PERSON");
  expect(decides(await may(other, id))).toEqual(["allowMore", "denyMore"]);
  expect(decides((await act(other, id, "allowMore")).may)).toEqual([]);
});
