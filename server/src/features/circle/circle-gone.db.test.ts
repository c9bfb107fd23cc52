import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CircleKit, cadre, circleKit, key, village, villagerOf } from "../../../test/circle-kit.ts";
import { messagesRoom } from "../../foundation/messages/index.ts";
import { callerOf, router } from "../../kernel/rpc.ts";
import { casesOfGone } from "./index.ts";

let kit: CircleKit;
let secretary: Caller;
beforeAll(async () => {
  kit = await circleKit();
  secretary = cadre("secretary", village);
});
afterAll(() => kit.close());

const none = { progress: null, duty: null };
const messages = callerOf(
  router({ messages: messagesRoom({ templates: { weapp: none, alipay: none }, casesOfGone }) }),
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
