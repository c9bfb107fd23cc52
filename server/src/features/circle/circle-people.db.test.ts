import { refusals } from "@weimenhu/contract/refusals";
import { postLimits } from "@weimenhu/domain/circle/post";
import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, describe, expect, test } from "vitest";
import {
  cast,
  circleKit,
  followerOf,
  key,
  nameOf,
  neighbour,
  village,
  villagerOf,
  wordOf,
} from "../../../test/circle-kit.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, other, secretary, committee, clerk, elsewhere } = cast();
const say = (who: Caller, id: string, text = "好") => kit.as(who).circle.comment({ id, key: key(), text });

describe("a child under fourteen", () => {
  const child = villagerOf();
  const phone = "19900000777";
  const note = (by: Caller, on: boolean) => kit.as(by).circle.guardian({ village, phone, paper: "同意书第 3 号", on });

  test("speaks only after the village has noted a guardian's signature, and no longer when it is taken back", async () => {
    const { id } = await kit.post(author);
    await kit.hasPhone(child, phone);
    kit.ages.set(child.personId, 13);
    const mine = () => kit.post(child, { text: "我想养小兔子" });
    expect(await wordOf(mine())).toBe("GUARDIAN_FIRST");
    expect(await wordOf(say(child, id))).toBe("GUARDIAN_FIRST");
    for (const who of [committee, clerk, elsewhere, other]) expect(await wordOf(note(who, true))).toBe("NOT_ALLOWED");
    await note(secretary, true);
    expect((await mine()).check).toBe("passed");
    await say(child, id);
    const { id: own } = await mine();
    await note(secretary, false);
    expect(await wordOf(kit.as(child).circle.edit({ id: own, key: key(), text: "两只" }))).toBe("GUARDIAN_FIRST");
    expect(await wordOf(mine())).toBe("GUARDIAN_FIRST");
    expect(await wordOf(say(child, id))).toBe("GUARDIAN_FIRST");
  });

  test("is told so before it writes, and is offered no box; what needs no words it may do", async () => {
    const { id } = await kit.post(author);
    const { id: there } = await kit
      .as(elsewhere)
      .circle.post({ key: key(), village: neighbour, kind: "chat", text: "好" });
    const both = { ...child, villager: [village, neighbour], follows: [village, neighbour] };
    const read = async (who: Caller = both, of = village, post = id) => {
      const { items, mayPost, mayPostWhy } = await kit.as(who).circle.feed({ village: of, limit: 50 });
      const whole = await kit.as(who).circle.get({ id: post });
      const mays = [items.find((one) => one.id === post), whole].map((one) => one?.may.includes("comment"));
      return [mayPost, mayPostWhy, ...mays, whole.mayNotComment, whole.may.includes("like")];
    };
    const [free, mute] = [
      ["ok", undefined, true, true, undefined, true],
      ["VERIFY_FIRST", refusals.GUARDIAN_FIRST.zh, false, false, refusals.GUARDIAN_FIRST.zh, true],
    ];
    expect(await read()).toEqual(mute);
    expect(await read(other)).toEqual(free);
    await note(secretary, true);
    const { id: own } = await kit.post(both);
    expect(await read()).toEqual(free);
    expect(await read(both, neighbour, there)).toEqual(mute);
    expect((await kit.as(both).circle.feed({})).mayPostWhy).toBeUndefined();
    await note(secretary, false);
    expect(await read()).toEqual(mute);
    expect((await kit.as(both).circle.get({ id: own })).may).toEqual(["delete", "like"]);
    expect(await read(followerOf())).toEqual(["VERIFY_FIRST", undefined, false, false, undefined, false]);
  });

  test("speaks in the village where the guardian agreed, and nowhere else by that", async () => {
    const both = { ...child, villager: [village, neighbour] };
    const there = () => kit.post(both, { village: neighbour });
    await note(secretary, true);
    expect((await kit.post(both)).check).toBe("passed");
    expect(await wordOf(there())).toBe("GUARDIAN_FIRST");
    await kit.as(elsewhere).circle.guardian({ village: neighbour, phone, paper: "村委会", on: true });
    await note(secretary, false);
    expect((await there()).check).toBe("passed");
    expect(await wordOf(kit.post(both))).toBe("GUARDIAN_FIRST");
  });

  test("says nothing in the record of a case either, nor beside stars; what needs no words it may do", async () => {
    const mine = kit.as(child).cases;
    await note(secretary, true);
    const { id, case: face } = await kit.post(child, { kind: "help", text: "路灯坏了" });
    const file = face?.id ?? "";
    await note(secretary, false);
    const answer = async (text: string) => {
      await kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理", move: "start" });
      await kit.as(secretary).circle.reply({ id, key: key(), text, move: "finish" });
    };
    await answer("换好了");
    const move = (more: object) => mine.move({ id: file, key: key(), move: "confirm", ...more });
    const rate = (stars: 1 | 5, text?: string) => mine.rate({ id: file, key: key(), stars, tags: [], text });
    expect(await wordOf(move({ text: "谢谢" }))).toBe("GUARDIAN_FIRST");
    expect(await wordOf(move({ photos: [await kit.upload(child)] }))).toBe("GUARDIAN_FIRST");
    expect(await wordOf(rate(1, "还是黑"))).toBe("GUARDIAN_FIRST");
    expect(await wordOf(rate(5, "很好"))).toBe("GUARDIAN_FIRST");
    expect((await mine.get({ id: file })).state).toBe("confirming");
    await move({});
    await rate(5);
    await note(secretary, true);
    await mine.move({ id: file, key: key(), move: "reopen", text: "又黑了" });
    await note(secretary, false);
  });

  test("is a child by the ID card: at fourteen nobody needs to agree", async () => {
    kit.ages.set(child.personId, 14);
    expect((await kit.post(child)).check).toBe("passed");
  });

  test("whose name staff look up is marked as a minor on the record", async () => {
    kit.ages.set(child.personId, 16);
    const { id } = await kit.post(child, { kind: "complaint", hideMe: true });
    await kit.as(clerk).circle.unmask({ id, why: "核实情况" });
    const [look] = await kit.db.rows<{ detail: string }>(
      "SELECT detail FROM audit WHERE act = 'circle.unmask' AND on_whom = ?",
      [child.personId],
    );
    expect(JSON.parse(look?.detail ?? "{}")).toMatchObject({ minor: true });
  });
});

describe("who lets only those comment whom they know", () => {
  const quiet = villagerOf();
  const [liked, answered] = [villagerOf(), villagerOf()];

  test("hears from those they liked or answered and from cadres, and from no stranger", async () => {
    await kit.as(quiet).circle.like({ id: (await kit.post(liked)).id, on: true });
    await say(quiet, (await kit.post(answered)).id);
    expect(await kit.as(quiet).circle.settings({})).toEqual({ knownOnly: false });
    await kit.as(quiet).circle.setSettings({ knownOnly: true });
    expect(await kit.as(quiet).circle.settings({})).toEqual({ knownOnly: true });
    const { id } = await kit.post(quiet);
    for (const who of [liked, answered, secretary, quiet]) await say(who, id);
    expect(await wordOf(say(other, id))).toBe("STRANGERS_BLOCKED");
    // They are told before they write.
    const offered = async (who: Caller) => {
      const { may, mayNotComment } = await kit.as(who).circle.get({ id });
      return [may.includes("comment"), mayNotComment];
    };
    for (const who of [liked, secretary, quiet]) expect(await offered(who)).toEqual([true, undefined]);
    expect(await offered(other)).toEqual([false, refusals.STRANGERS_BLOCKED.zh]);
    await kit.as(other).circle.like({ id, on: true });
    await kit.as(quiet).circle.setSettings({ knownOnly: false });
    await say(other, id);
  });

  test("takes everybody where the author hides: who may speak would tell who it is", async () => {
    await kit.as(quiet).circle.setSettings({ knownOnly: true });
    const { id } = await kit.post(quiet, { kind: "complaint", hideMe: true });
    await say(other, id);
    expect((await kit.as(other).circle.get({ id })).may).toContain("comment");
    const hidden = villagerOf();
    await kit.as(quiet).circle.like({ id: (await kit.post(hidden, { kind: "complaint", hideMe: true })).id, on: true });
    expect(await wordOf(say(hidden, (await kit.post(quiet)).id))).toBe("STRANGERS_BLOCKED");
  });
});

describe("whom one does not want to see", () => {
  const lines = async (who: Caller) => (await kit.as(who).circle.blocked({})).items;
  const block = (who: Caller, id: string) => kit.as(who).circle.block({ id, on: true });

  test("are told by the names that neighbours read, the newest first, and come back when it is taken back", async () => {
    const [reader, loud, hidden] = [villagerOf(), villagerOf(), villagerOf()];
    const open = await kit.post(loud);
    const secret = await kit.post(hidden, { kind: "complaint", hideMe: true, text: "村口\n垃圾没人清" });
    expect(await lines(reader)).toEqual([]);
    await block(reader, open.id);
    kit.clock.set(kit.clock.now() + 1_000);
    await block(reader, secret.id);
    const found = await lines(reader);
    expect(found).toMatchObject([
      { person: null, text: "村口 垃圾没人清" },
      { person: nameOf(loud.personId), text: "" },
    ]);
    const bytes = JSON.stringify(found);
    for (const hide of [loud.personId, hidden.personId, secret.id, nameOf(hidden.personId)])
      expect(bytes).not.toContain(hide);
    const shown = async () => (await kit.as(reader).circle.feed({ village })).items.map(({ id }) => id);
    expect(await shown()).not.toContain(open.id);
    for (let n = 0; n < 2; n++) await kit.as(reader).circle.unblock({ of: found[1]?.of ?? "" });
    expect(await shown()).toContain(open.id);
    expect(await lines(reader)).toHaveLength(1);
  });

  test("are nobody else's business: another person's line takes nothing back, and a post that is gone has no words", async () => {
    const [reader, curious, hidden] = [villagerOf(), villagerOf(), villagerOf()];
    const secret = await kit.post(hidden, { kind: "complaint", hideMe: true, text: "一句话" });
    await block(reader, secret.id);
    const [line] = await lines(reader);
    expect(await lines(curious)).toEqual([]);
    await kit.as(curious).circle.unblock({ of: line?.of ?? "" });
    expect(await lines(reader)).toHaveLength(1);
    await kit.as(hidden).circle.remove({ id: secret.id });
    expect(await lines(reader)).toMatchObject([{ person: null, text: "" }]);
  });

  test("in office are in the list as the neighbour: which office goes with whom is not told there", async () => {
    const reader = villagerOf();
    const { id } = await kit.as(secretary).circle.post({ key: key(), village, kind: "chat", text: "官方说一句" });
    await block(reader, id);
    expect((await lines(reader)).map(({ person }) => person)).toEqual([nameOf(secretary.personId)]);
  });
});

describe("words as people count them", () => {
  test("two thousand letters are taken, also of two places in memory; one more is refused", async () => {
    const most = "𠮷".repeat(postLimits.text - 1).concat("😀");
    expect((await kit.post(author, { text: most })).text).toBe(most);
    expect(await wordOf(kit.post(author, { text: `${most}多` }))).toBe("BAD_INPUT");
    expect(await wordOf(kit.post(author, { text: "\u200b\u2060 \n" }))).toBe("BAD_INPUT");
  });

  test("ten photos, another village's post, and a comment under a deleted post each have their answer", async () => {
    const photos = await Promise.all(Array.from({ length: 10 }, () => kit.upload(author)));
    expect(await wordOf(kit.post(author, { photos }))).toBe("BAD_INPUT");
    const far = await kit.post(villagerOf(neighbour), { village: neighbour });
    expect(await wordOf(say(author, far.id))).toBe("NOT_FOUND");
    const { id } = await kit.post(author);
    await kit.as(author).circle.remove({ id });
    expect(await wordOf(say(other, id))).toBe("POST_DELETED");
  });
});
