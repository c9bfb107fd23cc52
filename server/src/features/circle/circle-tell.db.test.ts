import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CircleKit, cadre, circleKit, key, town, village, villagerOf, wordOf } from "../../../test/circle-kit.ts";
import { newId } from "../../kernel/id.ts";

let kit: CircleKit;
let secretary: Caller;
beforeAll(async () => {
  kit = await circleKit();
  secretary = await known(cadre("secretary", village));
  await kit.db.pool.query(
    "INSERT INTO role_grant (id, person_id, role, region, since, given_by) VALUES (?, ?, 'secretary', ?, '2026-01-01', ?)",
    [newId(), secretary.personId, village, secretary.personId],
  );
});
afterAll(() => kit.close());

/** With an account, since nobody else is told anything. */
async function known(caller: Caller): Promise<Caller> {
  await kit.db.pool.query("INSERT IGNORE INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, NOW(3))", [
    caller.personId,
  ]);
  return caller;
}
const neighbour = () => known(villagerOf());
const told = async (who: Caller, about: string): Promise<string[]> =>
  (
    await kit.db.rows<{ kind: string; count: number }>(
      "SELECT kind, count FROM message WHERE person = ? AND about = ? ORDER BY at, id",
      [who.personId, about],
    )
  ).map(({ kind, count }) => `${kind} ${count}`);
const say = (who: Caller, id: string, more: object = {}) =>
  kit.as(who).circle.comment({ id, key: key(), text: "我也看到了", ...more });

test("whose post or comment is answered hears of it in one line, and nobody of their own words", async () => {
  const [author, first, second] = [await neighbour(), await neighbour(), await neighbour()];
  const { id } = await kit.post(author);
  const { discussion } = await say(first, id);
  await say(second, id, { under: discussion[0]?.id });
  await say(author, id);
  expect(await told(author, id)).toEqual(["commented 2"]);
  expect(await told(first, id)).toEqual(["commented 1"]);
  expect(await told(second, id)).toEqual([]);
});

test("a comment sent again is counted once", async () => {
  const [author, first] = [await neighbour(), await neighbour()];
  const { id } = await kit.post(author);
  const same = { id, key: key(), text: "好" };
  for (let n = 0; n < 3; n++) await kit.as(first).circle.comment(same);
  expect(await told(author, id)).toEqual(["commented 1"]);
});

test("of somebody whom one does not want to see one hears nothing", async () => {
  const [author, loud] = [await neighbour(), await neighbour()];
  const theirs = await kit.post(loud);
  await kit.as(author).circle.block({ id: theirs.id, on: true });
  const { id } = await kit.post(author);
  await say(loud, id).catch(() => undefined);
  expect(await told(author, id)).toEqual([]);
});

test("whom one does not want to see is told from a hidden author by no silence", async () => {
  const [author, spy] = [await neighbour(), await neighbour()];
  const theirs = await kit.post(author);
  await kit.as(spy).circle.block({ id: theirs.id, on: true });
  const { id } = await kit.post(author, { kind: "complaint", hideMe: true });
  const { discussion } = await say(spy, id);
  await say(author, id, { under: discussion[0]?.id });
  expect(await told(spy, id)).toEqual(["commented 1"]);
});

test("@村里 reaches the committee, an answer in office the author", async () => {
  const [author, caller] = [await neighbour(), await neighbour()];
  const { id } = await kit.post(author);
  await say(caller, id, { callVillage: true });
  expect(await told(secretary, id)).toEqual(["called 1"]);
  await kit.as(secretary).circle.reply({ id, key: key(), text: "已经安排" });
  expect(await told(author, id)).toEqual(["commented 1", "replied 1"]);
});

test("@村里 in a post reaches the committee once; what becomes a case reaches it as a case alone", async () => {
  const author = await neighbour();
  const same = { village, kind: "suggestion" as const, text: "河边装个栏杆吧", key: key(), callVillage: true };
  const { id } = await kit.as(author).circle.post(same);
  expect((await kit.as(author).circle.post(same)).id).toBe(id);
  expect(await told(secretary, id)).toEqual(["called 1"]);
  await kit.as(author).circle.edit({ id, key: key(), text: "河边装个栏杆" });
  expect(await told(secretary, id)).toEqual(["called 1"]);
  const quiet = await kit.post(author, { kind: "suggestion" });
  expect(await told(secretary, quiet.id)).toEqual([]);
  const raised = await kit.post(author, { kind: "help", callVillage: true });
  expect(await told(secretary, raised.id)).toEqual([]);
  expect(await told(secretary, raised.case?.id ?? "")).toEqual(["raised 1"]);
  const own = await kit.post(secretary, { callVillage: true });
  expect(await told(secretary, own.id)).toEqual([]);
});

test("a post that calls the village is heard of when others may see it, and not before", async () => {
  const author = await neighbour();
  const { id, check } = await kit.post(author, { text: "代开发票", callVillage: true });
  expect([check, await told(secretary, id)]).toEqual(["held", []]);
  const decide = (pass: boolean) => kit.as(secretary).circle.decide({ id, pass, reason: "看过" });
  for (const pass of [true, false, true]) await decide(pass);
  expect(await told(secretary, id)).toEqual(["called 1"]);
});

test("what became of an appeal is told, also where it is what was told before", async () => {
  const author = await neighbour();
  const { id } = await kit.post(author, { text: "代开发票" });
  const [first, second] = [cadre("secretary", village), cadre("clerk", town)];
  await kit.as(first).circle.decide({ id, pass: false, reason: "广告" });
  await kit.as(author).circle.appeal({ id, key: key(), why: "不是广告" });
  await kit.as(second).circle.decide({ id, pass: false, reason: "是广告" });
  expect(await told(author, id)).toEqual(["refused 1", "refused 1"]);
});

test("a call that is sent again without the call is another act", async () => {
  const author = await neighbour();
  const same = { village, kind: "chat" as const, text: "请看看", key: key() };
  await kit.as(author).circle.post({ ...same, callVillage: true });
  expect(await wordOf(kit.as(author).circle.post(same))).toBe("KEY_REUSED");
});

test("a comment in office is an answer to the author of the post, and a comment to whoever wrote above it", async () => {
  const [author, first] = [await neighbour(), await neighbour()];
  const { id } = await kit.post(author);
  const { discussion } = await say(first, id);
  await say(secretary, id, { under: discussion[0]?.id });
  expect(await told(author, id)).toEqual(["commented 1", "replied 1"]);
  expect(await told(first, id)).toEqual(["commented 1"]);
});

test("no message holds who wrote, or what somebody else wrote, also where the author hides", async () => {
  const [author, caller] = [await neighbour(), await neighbour()];
  const { id } = await kit.post(author, { kind: "complaint", text: "村口垃圾没人清", hideMe: true });
  await say(caller, id, { callVillage: true, text: "路也坏了" });
  await kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理" });
  const rows = await kit.db.rows<Record<string, unknown>>("SELECT * FROM message WHERE person <> ?", [author.personId]);
  const bytes = JSON.stringify(rows);
  expect(rows.length).toBeGreaterThan(0);
  for (const secret of ["垃圾", "路也坏了", "马上处理", author.personId]) expect(bytes).not.toContain(secret);
  const own = await kit.db.rows<{ kind: string; words: string }>(
    "SELECT kind, words FROM message WHERE person = ? ORDER BY at, id",
    [author.personId],
  );
  expect(JSON.stringify(own)).not.toMatch(/路也坏了|马上处理/);
});

test("a comment that is taken down and put back is told of once, and counted once", async () => {
  const [author, first] = [await neighbour(), await neighbour()];
  const { id } = await kit.post(author);
  const said = (await say(first, id)).discussion.at(-1)?.id ?? "";
  for (const pass of [false, true, false, true])
    await kit.as(secretary).circle.decide({ id: said, pass, reason: "不妥" });
  expect(await told(author, id)).toEqual(["commented 1"]);
  const held = (await say(first, id, { text: "代开发票" })).discussion.find(({ check }) => check === "held")?.id ?? "";
  for (const pass of [true, false, true]) await kit.as(secretary).circle.decide({ id: held, pass, reason: "不妥" });
  expect(await told(author, id)).toEqual(["commented 2"]);
});
