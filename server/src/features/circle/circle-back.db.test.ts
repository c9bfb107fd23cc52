import { afterAll, describe, expect, test } from "vitest";
import { cast, circleKit, key, village, villagerOf, wordOf } from "../../../test/circle-kit.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, other, secretary } = cast();
const month = "2026-11";

describe("a report", () => {
  const waits = async (id: string) => (await kit.as(secretary).circle.queue({})).items.some((one) => one.id === id);

  test("that a person finds nothing in is on the record and counts in the public log", async () => {
    const { id } = await kit.post(author);
    await kit.as(other).circle.report({ id, why: "广告" });
    const { passed } = await kit.as(null).circle.log({ village, month });
    for (const _ of [1, 2]) await kit.as(secretary).circle.decide({ id, pass: true });
    expect((await kit.as(null).circle.log({ village, month })).passed).toBe(passed + 1);
    const decided = "SELECT 1 FROM audit WHERE act = 'circle.decide' AND on_whom = ? AND actor = ?";
    expect(await kit.db.rows(decided, [id, secretary.personId])).toHaveLength(1);
    expect((await kit.as(other).circle.get({ id })).check).toBe("passed");
  });

  test("of a text that has changed since it was let stand is looked at again; of the same text it is not", async () => {
    const { id } = await kit.post(author, { text: "好的" });
    const report = (why: string) => kit.as(other).circle.report({ id, why });
    await report("骂人");
    await kit.as(secretary).circle.decide({ id, pass: true });
    await report("骂人");
    expect(await waits(id)).toBe(false);
    await kit.as(author).circle.edit({ id, key: key(), text: "不好的" });
    await report("骂人");
    expect(await waits(id)).toBe(true);
  });
});

describe("what somebody wrote or liked", () => {
  const me = villagerOf();
  const gone = { ...me, villager: [], follows: [] };
  const say = async (id: string) =>
    (await kit.as(me).circle.comment({ id, key: key(), text: "我的话" })).discussion.find(({ by }) => by.mine)?.id ??
    "";
  const stands = async (id: string) =>
    (await kit.db.rows("SELECT 1 FROM post_comment WHERE id = ? AND deleted_at IS NULL", [id])).length === 1;

  test("can be taken back by somebody who may not read the village any more, and by nobody else", async () => {
    const { id } = await kit.post(author, { audience: "villagers" });
    const said = await say(id);
    await kit.as(me).circle.like({ id, on: true });
    const stranger = { ...villagerOf(), villager: [], follows: [] };
    for (const who of [stranger, other])
      expect(await wordOf(kit.as(who).circle.removeComment({ id: said }))).toMatch(/^NOT_(FOUND|ALLOWED)$/);
    expect(await wordOf(kit.as(stranger).circle.like({ id, on: false }))).toBe("NOT_FOUND");
    expect(await stands(said)).toBe(true);
    expect(await wordOf(kit.as(gone).circle.removeComment({ id: said }))).toBe("NOT_FOUND");
    expect(await stands(said)).toBe(false);
    expect(await kit.as(gone).circle.like({ id, on: false })).toEqual({ likes: 0, liked: false });
    expect(await kit.as(author).circle.get({ id })).toMatchObject({ likes: 0, comments: 0 });
  });

  test("can be taken back while the post it stands under is looked at again", async () => {
    const { id } = await kit.post(author);
    const said = await say(id);
    await kit.as(author).circle.edit({ id, key: key(), text: "代开发票" });
    expect(await wordOf(kit.as(me).circle.removeComment({ id: said }))).toBe("NOT_FOUND");
    expect(await stands(said)).toBe(false);
  });
});
