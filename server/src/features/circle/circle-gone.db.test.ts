import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CircleKit, cadre, circleKit, key, neighbour, village, villagerOf } from "../../../test/circle-kit.ts";
import { caseGlimpses } from "../../foundation/cases/index.ts";
import { messagesRoom } from "../../foundation/messages/index.ts";
import { newId } from "../../kernel/id.ts";
import { callerOf, router } from "../../kernel/rpc.ts";
import { casesOfGone, postSubject } from "./index.ts";

let kit: CircleKit;
let secretary: Caller;
beforeAll(async () => {
  kit = await circleKit();
  secretary = cadre("secretary", village);
});
afterAll(() => kit.close());

const subjects = { post: postSubject(null) };
const none = { progress: null, duty: null };
const messages = callerOf(
  router({
    messages: messagesRoom({
      templates: { weapp: none, alipay: none },
      casesOfGone,
      caseGlimpses: caseGlimpses(subjects),
    }),
  }),
);
const inboxOf = async (who: Caller) => (await messages(kit.ctx(who, { db: kit.db })).messages.inbox({})).items;
const known = async (who: Caller): Promise<Caller> => {
  await kit.db.pool.query("INSERT INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, NOW(3))", [
    who.personId,
  ]);
  return who;
};

test("whoever deletes what is being handled is led to the case from the tombstone and from every message of it, and nobody else is", async () => {
  const author = await known(villagerOf());
  const { id, case: file } = await kit.post(author, { kind: "help", text: "村口路灯不亮", place: "村口" });
  const at = file?.id ?? "";
  await kit.as(secretary).cases.move({ id: at, key: key(), move: "start", text: "马上处理" });
  expect((await inboxOf(author)).map(({ about }) => about)).toEqual([{ page: "post", id }]);
  await kit.as(author).circle.remove({ id });
  await kit.as(secretary).cases.move({ id: at, key: key(), move: "note", text: "灯泡买好了" });
  expect((await inboxOf(author)).map(({ about }) => about)).toEqual([
    { page: "case", id: at },
    { page: "case", id: at },
  ]);
  expect(await kit.as(author).circle.get({ id })).toMatchObject({ deleted: true, text: "", case: { id: at } });
  for (const other of [villagerOf(), secretary])
    expect(await kit.as(other).circle.get({ id })).toMatchObject({ deleted: true, text: "", case: null });
});

test("what is handled keeps its first words and its place for those who handle it until it is closed, also when its author deletes it", async () => {
  const author = villagerOf();
  const { id, case: file } = await kit.post(author, { kind: "help", text: "水管爆了", place: "三组井边" });
  const at = { id: file?.id ?? "" };
  const act = (by: Caller, move: "start" | "finish" | "confirm") =>
    kit.as(by).cases.move({ ...at, key: key(), move, text: "已修好" });
  await act(secretary, "start");
  await kit.as(author).circle.remove({ id });
  const kept = { summary: "水管爆了", place: "三组井边", picture: null };
  expect(await kit.as(secretary).cases.get(at)).toMatchObject(kept);
  await act(secretary, "finish");
  expect(await kit.as(secretary).cases.get(at)).toMatchObject(kept);
  await act(author, "confirm");
  const closed = await kit.as(secretary).cases.get(at);
  expect([closed.summary, closed.place]).toEqual(["（原文已删除）", undefined]);
});

test("the inbox tells those who handle a case what it is and its first words, never who hides, and nobody else either", async () => {
  const [mine, other] = [await known(secretary), await known(cadre("committee", neighbour))];
  for (const { personId } of [mine, other])
    await kit.db.pool.query(
      "INSERT INTO role_grant (id, person_id, role, region, since, given_by) VALUES (?, ?, 'secretary', ?, '2026-01-01', ?)",
      [newId(), personId, village, personId],
    );
  const author = villagerOf();
  await kit.post(author, { kind: "complaint", text: "垃圾三天没有人收，味道大得很，大家都绕着走", hideMe: true });
  const [line] = await inboxOf(mine);
  expect(line).toMatchObject({ kind: "raised", title: "村民投诉" });
  expect(line?.text).toBe("关于“垃圾三天没有人收，味道大得很，大家都绕…”：请在 1 个工作日内受理");
  expect(JSON.stringify(line)).not.toContain(author.personId);
  // In office somewhere else by now: told then, and reads no word of it today.
  expect((await inboxOf(other)).map(({ title, text }) => [title, text])).toEqual([
    ["村民反映了一件事", "请在 1 个工作日内受理"],
  ]);
  // Without the second factor nobody is in office.
  expect((await inboxOf({ ...mine, strong: false }))[0]?.title).toBe("村民反映了一件事");
});
