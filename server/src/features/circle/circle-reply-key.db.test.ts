import { afterAll, expect, test } from "vitest";
import { cast, circleKit, key, wordOf } from "../../../test/circle-kit.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, secretary } = cast();
type Reply = Parameters<ReturnType<typeof kit.as>["circle"]["reply"]>[0];
const reply = (input: Reply) => kit.as(secretary).circle.reply(input);

test("an answer sent again with its key is the same answer; with another move, photo, reason or words it is refused", async () => {
  const { id } = await kit.post(author, { kind: "help", text: "井盖坏了" });
  const photo = await kit.upload(secretary);
  const started: Reply = { id, key: key(), text: "马上处理", photos: [photo] };
  const first = await reply(started);
  for (const again of [started, { ...started, move: "start" as const }])
    expect((await reply(again)).steps).toHaveLength(first.steps.length);
  const others: Partial<Reply>[] = [
    { move: "finish" },
    { move: "accept" },
    { photos: [] },
    { photos: [photo, await kit.upload(secretary)] },
    { text: "好" },
    { reason: "duplicate" },
  ];
  for (const other of others) expect(await wordOf(reply({ ...started, ...other }))).toBe("KEY_REUSED");
  const finished: Reply = { id, key: key(), text: "好了", move: "finish" };
  await reply(finished);
  const { move: _, ...bare } = finished;
  expect(await wordOf(reply(bare))).toBe("KEY_REUSED");
  expect((await reply(finished)).case?.state).toBe("confirming");
});

test("words in office beside a post, sent again as a move of a case, are refused", async () => {
  const { id } = await kit.post(author, { text: "谢谢大家" });
  const said: Reply = { id, key: key(), text: "不客气" };
  await reply(said);
  expect((await reply(said)).comments).toBe(1);
  expect(await wordOf(reply({ ...said, move: "start" }))).toBe("KEY_REUSED");
  const [one] = (await kit.as(secretary).circle.get({ id })).discussion;
  await kit.as(secretary).circle.removeComment({ id: one?.id ?? "" });
  expect(await wordOf(reply(said))).toBe("KEY_REUSED");
  expect((await reply({ ...said, key: key() })).comments).toBe(1);
});
