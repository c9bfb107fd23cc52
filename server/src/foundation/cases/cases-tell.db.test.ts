import { inboxWords, type MessageKind } from "@weimenhu/domain/messages/kinds";
import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { casesKit, dayMs, town, village } from "../../../test/cases-kit.ts";
import { recomputeDeadlines } from "./jobs.ts";
import { runClock } from "./service.clock.ts";

let kit: Awaited<ReturnType<typeof casesKit>>;
let author: Caller;
let secretary: Caller;
let committee: Caller;
let clerk: Caller;
beforeAll(async () => {
  kit = await casesKit();
  secretary = await kit.inOffice("王谷雨", "secretary", village);
  committee = await kit.inOffice("赵立春", "committee", village);
  clerk = await kit.inOffice("孙清明", "clerk", town);
});
afterAll(() => kit.close());
beforeEach(async () => {
  author = kit.villager("张*");
  await kit.db.rows("INSERT INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, NOW(3))", [
    author.personId,
  ]);
});

type Move = Parameters<ReturnType<typeof kit.as>["cases"]["move"]>[0]["move"];
const act = (by: Caller, id: string, move: Move, more: object = {}) =>
  kit.as(by).cases.move({ id, key: kit.key(), move, text: "马上处理", ...more });
/** What these people were told of this case: `kind page`, oldest first. */
async function told(id: string, who: Caller): Promise<string[]> {
  const rows = await kit.db.rows<{ kind: string; page: string; words: string }>(
    "SELECT kind, page, words FROM message WHERE person = ? AND event LIKE ? ORDER BY at, id",
    [who.personId, `case:${id}:%`],
  );
  return rows.map(({ kind, page, words }) => {
    const { move } = JSON.parse(words) as { move?: string };
    return [kind, page, ...(kind === "moved" ? [move] : [])].join(" ");
  });
}

test("the village hears what was raised, its author how it goes on, and nobody of what they did themselves", async () => {
  const id = await kit.raised(author);
  await act(secretary, id, "accept");
  await act(secretary, id, "assign", { to: committee.personId });
  await act(committee, id, "start");
  await act(committee, id, "finish");
  await act(author, id, "confirm");
  expect(await told(id, author)).toEqual(["moved post accept", "replied post", "finished case"]);
  expect(await told(id, secretary)).toEqual(["raised case"]);
  expect(await told(id, committee)).toEqual(["raised case", "assigned case"]);
  expect(await told(id, clerk)).toEqual([]);
});

test("the same move sent again tells nobody again", async () => {
  const id = await kit.raised(author);
  const key = kit.key();
  for (let n = 0; n < 3; n++) await kit.as(secretary).cases.move({ id, key, move: "start", text: "马上处理" });
  expect(await told(id, author)).toEqual(["replied post"]);
});

test("the town hears what it takes over, is asked for, or what is overdue", async () => {
  const id = await kit.raised(author);
  await act(secretary, id, "transfer");
  expect(await told(id, clerk)).toEqual(["transferred case"]);
  expect(await told(id, author)).toEqual(["moved post transfer"]);
  const other = await kit.raised(author);
  await act(secretary, other, "accept");
  await act(secretary, other, "askMore");
  await act(clerk, other, "denyMore");
  expect(await told(other, clerk)).toEqual(["moreAsked case"]);
  expect(await told(other, committee)).toEqual(["raised case", "moreAnswered case"]);
});

test("of a case that the town has, its author reads of the town, the town of its true last day, and the county of the town", async () => {
  const county = await kit.inOffice("周大寒", "clerk", "990101000000");
  const saidTo = async (id: string, who: Caller) =>
    (
      await kit.db.rows<{ kind: MessageKind; words: string }>(
        "SELECT kind, words FROM message WHERE person = ? AND event LIKE ? ORDER BY at, id",
        [who.personId, `case:${id}:%`],
      )
    ).map(({ kind, words }) => {
      const told = { kind, count: 1, words: JSON.parse(words) as Record<string, string> };
      return `${inboxWords(told).title}｜${inboxWords(told).text}`;
    });
  // A Monday at ten: answered in time until the Monday after.
  kit.clock.set(Date.parse("2027-03-01T10:00:00+08:00"));
  const id = await kit.raised(author);
  await act(secretary, id, "start");
  await act(secretary, id, "askMore");
  await act(secretary, id, "transfer");
  expect(await saidTo(id, clerk)).toEqual([
    "有人申请延期｜请看理由，批准或不批准",
    "有一件事转到您这里｜由镇里来办，最晚 3月8日（周一）答复",
  ]);
  await act(clerk, id, "accept");
  // What the village asked for, the county is not to decide.
  expect((await kit.as(clerk).cases.get({ id })).moreAsked).toBe(false);
  await act(clerk, id, "start");
  await act(clerk, id, "finish");
  expect(await saidTo(id, author)).toEqual([
    "村里有了答复｜关于“村口垃圾”：有了官方答复，点开看看",
    "您反映的事有进展：已转镇里｜关于“村口垃圾”：转到镇里办理，最晚 3月8日（周一）答复",
    "您反映的事有进展：已受理｜关于“村口垃圾”：镇里受理了，最晚 3月8日（周一）答复",
    "镇里有了答复｜关于“村口垃圾”：有了官方答复，点开看看",
    "请您确认办得怎么样｜关于“村口垃圾”：镇里说办好了，请您看看满意不满意",
  ]);
  const slow = await kit.raised(author);
  await act(secretary, slow, "transfer");
  kit.clock.set(kit.clock.now() + 14 * dayMs);
  await runClock(kit.deps, kit.db, kit.clock, async () => undefined);
  expect(await saidTo(slow, county)).toEqual(["有一件事超过期限｜镇里没有按时办，请县里督办"]);
});

test("the alarm at red comes once, however often the clock looks and the deadlines are computed anew", async () => {
  const id = await kit.raised(author);
  kit.clock.set(kit.clock.now() + 5 * dayMs);
  const moved = async () => undefined;
  for (let n = 0; n < 2; n++) await runClock(kit.deps, kit.db, kit.clock, moved);
  await recomputeDeadlines({ ...kit.deps, db: kit.db });
  expect(await told(id, clerk)).toEqual(["red case"]);
});

test("a case that a bad rating opened again reaches those who handle it like any that is opened again, and silence its author", async () => {
  const badly = await kit.raised(author, { hide: true });
  await act(secretary, badly, "start");
  await act(secretary, badly, "finish");
  await kit.as(author).cases.rate({ id: badly, key: kit.key(), stars: 1, tags: [], text: "没办好" });
  expect(await told(badly, secretary)).toEqual(["raised case", "reopened case"]);
  const silent = await kit.raised(author);
  await act(secretary, silent, "start");
  await act(secretary, silent, "finish");
  kit.clock.set(kit.clock.now() + 8 * dayMs);
  await runClock(kit.deps, kit.db, kit.clock, async () => undefined);
  expect(await told(silent, author)).toEqual(["replied post", "finished case", "moved case lapse"]);
  const staff = [secretary, committee, clerk].map(({ personId }) => personId);
  const rows = await kit.db.rows<{ words: string }>(
    "SELECT words FROM message WHERE person IN (?, ?, ?) AND (event LIKE ? OR event LIKE ?)",
    [...staff, `case:${badly}:%`, `case:${silent}:%`],
  );
  expect(rows).toHaveLength(7);
  expect(rows.map(({ words }) => words)).toEqual(rows.map(() => "{}"));
});
