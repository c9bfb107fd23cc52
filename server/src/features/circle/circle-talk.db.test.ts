import { postLimits } from "@weimenhu/domain/circle/post";
import { afterAll, describe, expect, test } from "vitest";
import { cast, circleKit, key, villagerOf, wordOf } from "../../../test/circle-kit.ts";
import { newId } from "../../kernel/id.ts";

const kit = await circleKit();
afterAll(kit.close);
const { ids } = kit;
const { author, other, follower, stranger, secretary } = cast();

describe("talking", () => {
  test("goes one level deep, counts once, and leaves a tombstone", async () => {
    const { id } = await kit.post(author);
    const say = (who: typeof author, text: string, more = {}) =>
      kit.as(who).circle.comment({ id, key: key(), text, ...more });
    const first = (await say(other, "好")).discussion[0]?.id;
    const second = (await say(author, "谢谢", { under: first })).discussion[1]?.id;
    const all = await say(other, "不谢", { under: second, callVillage: true });
    expect(all.discussion.map((one) => one.under)).toEqual([null, first, first]);
    expect(all.comments).toBe(3);
    expect(await wordOf(say(follower, "我也说"))).toBe("VERIFY_FIRST");
    expect(await wordOf(say(other, "字".repeat(501)))).toBe("BAD_INPUT");
    expect(await wordOf(say(other, "好", { under: newId() }))).toBe("NOT_FOUND");
    const gone = { id: first ?? "" };
    expect(await wordOf(kit.as(author).circle.removeComment(gone))).toBe("NOT_ALLOWED");
    expect(await wordOf(kit.as(stranger).circle.removeComment(gone))).toBe("NOT_FOUND");
    await kit.as(other).circle.removeComment(gone);
    const after = await kit.as(other).circle.removeComment(gone);
    expect(after.comments).toBe(2);
    expect(after.discussion[0]).toMatchObject({ deleted: true, text: "" });
    expect(await wordOf(say(author, "还在吗", { under: first }))).toBe("POST_DELETED");
  });

  test("sent twice is said once; the key with other words is refused", async () => {
    const { id } = await kit.post(author);
    const input = { id, key: key(), text: "好" };
    const both = await Promise.all([kit.as(other).circle.comment(input), kit.as(other).circle.comment(input)]);
    expect(both.map((one) => one.comments)).toContain(1);
    expect((await kit.as(other).circle.get({ id })).comments).toBe(1);
    expect(await wordOf(kit.as(other).circle.comment({ ...input, text: "不好" }))).toBe("KEY_REUSED");
  });

  test("likes twice as once, also at once", async () => {
    const { id } = await kit.post(author);
    const like = (on: boolean) => kit.as(other).circle.like({ id, on });
    await Promise.all([like(true), like(true), like(true)]);
    expect(await like(true)).toEqual({ likes: 1, liked: true });
    expect(await like(false)).toEqual({ likes: 0, liked: false });
    expect(await like(false)).toEqual({ likes: 0, liked: false });
    expect(await wordOf(kit.as(follower).circle.like({ id, on: true }))).toBe("VERIFY_FIRST");
  });

  test("does not show those whom one blocked, except to cadres who must answer them", async () => {
    const loud = villagerOf();
    const { id } = await kit.post(author);
    await kit.as(loud).circle.comment({ id, key: key(), text: "吵" });
    const own = (await kit.post(loud)).id;
    for (const who of [other, secretary]) await kit.as(who).circle.block({ id: own, on: true });
    expect((await kit.as(other).circle.get({ id })).discussion).toEqual([]);
    expect(await ids(other)).not.toContain(own);
    expect((await kit.as(secretary).circle.get({ id })).discussion).toHaveLength(1);
    await kit.as(other).circle.block({ id: own, on: false });
    expect(await ids(other)).toContain(own);
    expect(await wordOf(kit.as(loud).circle.block({ id: own, on: true }))).toBe("NOT_ALLOWED");
  });
});

describe("changing one's mind", () => {
  test("is possible for ten minutes, says so, and what was there before can be read", async () => {
    const { id } = await kit.post(author, { text: "一", photos: [await kit.upload(author)], place: "村口" });
    const first = { id, key: key(), text: "二" };
    expect(await kit.as(author).circle.edit(first)).toMatchObject({
      text: "二",
      edited: true,
      photos: [],
      place: null,
    });
    kit.clock.advance(postLimits.editMs);
    await kit.as(author).circle.edit({ id, key: key(), text: "三" });
    kit.clock.advance(1);
    expect(await wordOf(kit.as(author).circle.edit({ id, key: key(), text: "四" }))).toBe("EDIT_TOO_LATE");
    expect((await kit.as(author).circle.edit(first)).text).toBe("三");
    expect(await wordOf(kit.as(author).circle.edit({ ...first, text: "五" }))).toBe("KEY_REUSED");
    expect(await wordOf(kit.as(other).circle.edit({ id, key: key(), text: "六" }))).toBe("NOT_ALLOWED");
    const { items } = await kit.as(follower).circle.history({ id });
    expect(items.map((one) => one.text)).toEqual(["二", "一"]);
  });

  test("is not for whoever is no verified villager any more", async () => {
    const { id } = await kit.post(author);
    const left = { ...author, villager: [] };
    expect(await wordOf(kit.as(left).circle.edit({ id, key: key(), text: "我还能改" }))).toBe("VERIFY_FIRST");
    expect((await kit.as(left).circle.get({ id })).may).not.toContain("edit");
    expect((await kit.as(author).circle.get({ id })).may).toContain("edit");
  });

  test("by deleting leaves a tombstone that nobody can act on", async () => {
    const { id } = await kit.post(author, { text: "删我", photos: [await kit.upload(author)] });
    expect(await wordOf(kit.as(other).circle.remove({ id }))).toBe("NOT_ALLOWED");
    await kit.as(author).circle.remove({ id });
    const seen = await kit.as(other).circle.get({ id });
    expect(seen).toMatchObject({ deleted: true, text: "", photos: [], may: [], discussion: [] });
    expect(await wordOf(kit.as(other).circle.comment({ id, key: key(), text: "咦" }))).toBe("POST_DELETED");
    expect(await wordOf(kit.as(other).circle.like({ id, on: true }))).toBe("POST_DELETED");
    expect(await wordOf(kit.as(author).circle.edit({ id, key: key(), text: "回来" }))).toBe("POST_DELETED");
    const uses = "SELECT 1 FROM media_use WHERE owner = ? AND withdrawn_at IS NULL";
    expect(await kit.db.rows(uses, [`post:${id}`])).toEqual([]);
  });

  test("ends a case that nobody has begun, and leaves one that is being handled", async () => {
    const stateOf = async (id: string) =>
      (await kit.db.rows<{ state: string }>("SELECT state FROM case_file WHERE subject = ?", [`post:${id}`]))[0]?.state;
    const [early, late] = [await kit.post(author, { kind: "help" }), await kit.post(author, { kind: "help" })];
    await kit.as(secretary).circle.reply({ id: late.id, key: key(), text: "马上" });
    for (const { id } of [early, late]) await kit.as(author).circle.remove({ id });
    expect([await stateOf(early.id), await stateOf(late.id)]).toEqual(["closed", "handling"]);
  });
});
