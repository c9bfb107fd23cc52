import { postLimits } from "@weimenhu/domain/circle/post";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CircleKit,
  cadre,
  circleKit,
  followerOf,
  key,
  nameOf,
  neighbour,
  town,
  village,
  villagerOf,
  wordOf,
} from "../../../test/circle-kit.ts";
import { somebody } from "../../../test/room.ts";
import { newId } from "../../kernel/id.ts";

let kit: CircleKit;
beforeAll(async () => {
  kit = await circleKit();
});
afterAll(() => kit.close());

const author = villagerOf();
const other = villagerOf();
const follower = followerOf();
const stranger = followerOf(neighbour);
const secretary = cadre("secretary", village);
const committee = cadre("committee", village);
const clerk = cadre("clerk", town);
const elsewhere = cadre("secretary", neighbour);
const ids = async (by: typeof author, more = {}) =>
  (await kit.as(by).circle.feed({ village, limit: 50, ...more })).items.map((one) => one.id);

describe("writing", () => {
  test("is for verified villagers and cadres of this village", async () => {
    for (const who of [author, secretary, committee, clerk]) expect((await kit.post(who)).by.mine).toBe(true);
    for (const who of [follower, stranger, elsewhere]) expect(await wordOf(kit.post(who))).toBe("VERIFY_FIRST");
    expect(await wordOf(kit.post({ ...author, phoneVerified: false }))).toBe("PHONE_FIRST");
    expect(await wordOf(kit.post(author, { village: town }))).toBe("NOT_A_VILLAGE");
  });

  test("carries the office of that day, and none without the second factor", async () => {
    expect((await kit.post(secretary)).by).toMatchObject({ mark: "official", title: "竹溪村书记" });
    const weak = { ...secretary, strong: false, villager: [village] };
    expect((await kit.post(weak)).by).toMatchObject({ mark: "villager", title: null });
  });

  test("sent twice is one post, also at once; the key with other words is refused", async () => {
    const more = { key: key(), text: "停水了" };
    const [first, again, third] = await Promise.all([1, 2, 3].map(() => kit.post(author, more)));
    expect([again?.id, third?.id]).toEqual([first?.id, first?.id]);
    expect(await wordOf(kit.post(author, { ...more, text: "来水了" }))).toBe("KEY_REUSED");
    expect((await kit.post(other, more)).id).not.toBe(first?.id);
  });

  test("counts letters as people do: 2,000 rare ones fit, 2,001 of any kind do not", async () => {
    const rare = "𠮷".repeat(postLimits.text);
    expect((await kit.post(author, { text: rare })).text).toBe(rare);
    expect(await wordOf(kit.post(author, { text: "字".repeat(2_001) }))).toBe("BAD_INPUT");
    expect(await wordOf(kit.post(author, { text: `${rare}𠮷` }))).toBe("BAD_INPUT");
    expect(await wordOf(kit.post(author, { text: " \u200b\n " }))).toBe("BAD_INPUT");
    expect(await wordOf(kit.post(author, { text: "半个\ud842" }))).toBe("BAD_INPUT");
    expect((await kit.post(author, { text: "  好👨‍👩‍👧\u202e \n" })).text).toBe("好👨‍👩‍👧");
  });

  test("takes nine photos of one's own, each a picture", async () => {
    const mine = await Promise.all(Array.from({ length: 10 }, () => kit.upload(author)));
    const nine = await kit.post(author, { photos: mine.slice(0, 9) });
    expect(nine.photos).toHaveLength(9);
    expect(await kit.db.rows("SELECT 1 FROM media_use WHERE owner = ?", [`post:${nine.id}`])).toHaveLength(9);
    expect(await wordOf(kit.post(author, { photos: mine }))).toBe("BAD_INPUT");
    expect(await wordOf(kit.post(author, { photos: [await kit.upload(other)] }))).toBe("BAD_INPUT");
    expect(await wordOf(kit.post(author, { photos: [await kit.upload(author, "pdf")] }))).toBe("BAD_INPUT");
    expect(await wordOf(kit.post(author, { photos: [newId()] }))).toBe("BAD_INPUT");
  });

  test("lets only complaints and oversight hide who wrote", async () => {
    expect((await kit.post(author, { kind: "oversight", hideMe: true })).by.hidden).toBe(true);
    for (const kind of ["help", "suggestion", "share", "chat"] as const)
      expect(await wordOf(kit.post(author, { kind, hideMe: true }))).toBe("BAD_INPUT");
  });

  test("raises a case for help, complaints and oversight, and for nothing else", async () => {
    for (const kind of ["help", "complaint", "oversight"] as const) {
      const made = await kit.post(author, { kind, text: "村口垃圾没人清" });
      expect(made.case).toMatchObject({ state: "pending", may: ["withdraw"] });
      expect(made.steps.map((step) => step.move)).toEqual(["raise"]);
    }
    for (const kind of ["suggestion", "share", "chat"] as const)
      expect((await kit.post(author, { kind })).case).toBeNull();
  });
});

describe("the feed", () => {
  test("is for those who follow or belong; of another village one does not learn that a post exists", async () => {
    const { id } = await kit.post(author);
    for (const who of [author, other, follower, secretary, clerk]) expect(await ids(who)).toContain(id);
    for (const who of [stranger, elsewhere, somebody()]) {
      expect(await wordOf(ids(who))).toBe("FOLLOW_FIRST");
      const { circle } = kit.as(who);
      const input = { id, key: key(), text: "改" };
      for (const call of [
        () => circle.get({ id }),
        () => circle.history({ id }),
        () => circle.comments({ id, cursor: id }),
        () => circle.comment(input),
        () => circle.edit(input),
        () => circle.remove({ id }),
        () => circle.like({ id, on: true }),
        () => circle.report({ id, why: "试" }),
        () => circle.block({ id, on: true }),
      ])
        expect(await wordOf(call())).toBe("NOT_FOUND");
    }
    expect(await wordOf(kit.as(elsewhere).circle.reply({ id, key: key(), text: "好" }))).toBe("NOT_FOUND");
    expect(await wordOf(kit.as(elsewhere).circle.decide({ id, pass: true }))).toBe("NOT_FOUND");
  });

  test("gives each shelf to whom it is for, and to its author what others do not see", async () => {
    const open = (await kit.post(author)).id;
    const inner = (await kit.post(author, { audience: "villagers" })).id;
    const closed = (await kit.post(author, { audience: "cadres" })).id;
    const seenBy = async (who: typeof author) =>
      (await ids(who)).filter((id) => [open, inner, closed].includes(id)).reverse();
    expect(await seenBy(follower)).toEqual([open]);
    expect(await seenBy(other)).toEqual([open, inner]);
    expect(await seenBy(committee)).toEqual([open, inner, closed]);
    expect(await seenBy({ ...committee, strong: false, follows: [village] })).toEqual([open]);
    expect(await seenBy(author)).toEqual([open, inner, closed]);
    expect(await wordOf(kit.as(follower).circle.get({ id: inner }))).toBe("NOT_FOUND");
    expect((await kit.as(follower).circle.feed({ which: "mine" })).items).toEqual([]);
  });

  test("pages through everything once, newest first, while more is being written", async () => {
    const me = villagerOf(neighbour);
    const made: string[] = [];
    for (let at = 0; at < 7; at++) {
      const audience =
        at % 3 === 0 ? ("cadres" as const) : at % 3 === 1 ? ("villagers" as const) : ("village" as const);
      made.unshift((await kit.post(me, { village: neighbour, audience })).id);
    }
    const read: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const input = { village: neighbour, limit: 2, ...(cursor ? { cursor } : {}) };
      const { items, next } = await kit.as(me).circle.feed(input);
      read.push(...items.map((one) => one.id));
      await kit.post(me, { village: neighbour });
      if (!next) break;
      cursor = next;
    }
    expect(read).toEqual(made);
    expect(await wordOf(kit.as(me).circle.feed({ village: neighbour, cursor: "nonsense" }))).toBe("CURSOR_BAD");
  });

  test("filters by kind, handling and words, merges what one follows, and tells of newer posts", async () => {
    const help = await kit.post(author, { kind: "help", text: "路灯不亮 50%_" });
    const [chat, far] = [await kit.post(author), await kit.post(villagerOf(neighbour), { village: neighbour })];
    expect(await ids(follower, { kind: "help" })).toContain(help.id);
    expect(await ids(follower, { kind: "chat" })).not.toContain(help.id);
    expect(await ids(follower, { state: "pending" })).toContain(help.id);
    expect(await ids(follower, { state: "closed" })).toEqual([]);
    expect(await ids(follower, { q: "50%_" })).toEqual([help.id]);
    expect(await ids(follower, { answered: true })).not.toContain(help.id);
    const both = somebody([], { follows: [village, neighbour] });
    const merged = await kit.as(both).circle.feed({ which: "followed", limit: 3 });
    expect(merged.items.map((one) => one.id)).toEqual([far.id, chat.id, help.id]);
    expect(await kit.as(both).circle.news({ after: help.id })).toEqual({ count: 2 });
    expect(await kit.as(both).circle.news({ village, after: chat.id })).toEqual({ count: 0 });
    expect((await kit.as(author).circle.feed({ which: "mine", kind: "help", limit: 1 })).items[0]?.id).toBe(help.id);
  });

  test("shows a change at once, whoever read the page before", async () => {
    const { id } = await kit.post(author, { text: "前" });
    const read = async (who: typeof author) =>
      (await kit.as(who).circle.feed({ village })).items.find((one) => one.id === id);
    expect(await read(other)).toMatchObject({ text: "前", likes: 0, liked: false, comments: 0 });
    await kit.as(other).circle.like({ id, on: true });
    await kit.as(author).circle.edit({ id, key: key(), text: "后" });
    await kit.as(follower).circle.get({ id });
    expect(await read(other)).toMatchObject({ text: "后", likes: 1, liked: true, edited: true });
    expect(await read(follower)).toMatchObject({ text: "后", likes: 1, liked: false });
    await kit.as(author).circle.remove({ id });
    expect(await read(other)).toBeUndefined();
  });
});

describe("who hides", () => {
  test("is in no byte that a neighbour or staff receive, whatever they ask", async () => {
    const me = villagerOf();
    const text = "投诉内容";
    const { id } = await kit.post(me, { kind: "complaint", hideMe: true, text });
    const mine = kit.as(me).circle;
    const { discussion } = await mine.comment({ id, key: key(), text: "我再补充一句" });
    await kit.as(other).circle.comment({ id, key: key(), text: "我也看到了", under: discussion[0]?.id });
    await kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理" });
    await kit.as(secretary).circle.reply({ id, key: key(), text: "清完了", move: "finish" });
    const file = (await mine.get({ id })).case;
    await kit.as(me).cases.move({ id: file?.id ?? "", key: key(), move: "confirm" });
    await mine.edit({ id, key: key(), text: `${text}。` });
    for (const who of [other, follower, secretary, committee, clerk]) {
      const { circle, cases } = kit.as(who);
      await circle.block({ id, on: true });
      await circle.block({ id, on: false });
      const staff = who === secretary || who === clerk;
      const answers = [
        await circle.feed({ village }),
        await circle.feed({ which: "followed" }),
        await circle.feed({ which: "mine" }),
        await circle.feed({ village, q: text }),
        await circle.get({ id }),
        await circle.history({ id }),
        await circle.comments({ id, cursor: id }),
        ...(who === follower ? [] : [await circle.comment({ id, key: key(), text: "顶" })]),
        ...(who === follower ? [] : [await circle.like({ id, on: true })]),
        await circle.report({ id, why: "试" }),
        await circle.news({ village, after: "0".repeat(26) }),
        ...(staff ? [await circle.queue({}), await cases.desk({ region: village })] : []),
        ...(staff ? [await cases.get({ id: file?.id ?? "" })] : []),
      ];
      const bytes = JSON.stringify(answers);
      expect(bytes).toContain(text);
      for (const secret of [me.personId, nameOf(me.personId), "19900000001"]) expect(bytes).not.toContain(secret);
    }
    expect(JSON.stringify(await mine.get({ id }))).toContain(nameOf(me.personId));
  });

  test("stays unknown to those who block and watch what else disappears", async () => {
    const me = villagerOf();
    const hidden = await kit.post(me, { kind: "complaint", hideMe: true });
    const open = await kit.post(me);
    const reader = villagerOf();
    const seen = async () => (await ids(reader)).filter((id) => id === hidden.id || id === open.id);
    await kit.as(reader).circle.block({ id: hidden.id, on: true });
    expect(await seen()).toEqual([open.id]);
    expect(await wordOf(kit.as(reader).circle.get({ id: hidden.id }))).toBe("NOT_FOUND");
    await kit.as(reader).circle.block({ id: hidden.id, on: false });
    await kit.as(reader).circle.block({ id: open.id, on: true });
    expect(await seen()).toEqual([hidden.id]);
  });

  test("is told to staff above the village alone, and each look is on the record first", async () => {
    const { id } = await kit.post(author, { kind: "complaint", hideMe: true });
    const ask = (who: typeof author, of = id) => kit.as(who).circle.unmask({ id: of, why: "核实情况" });
    for (const who of [other, secretary, committee]) expect(await wordOf(ask(who))).toBe("NOT_ALLOWED");
    expect(await wordOf(ask(cadre("clerk", "990101102000")))).toBe("NOT_FOUND");
    expect(await ask(clerk)).toEqual({ name: nameOf(author.personId), phone: "19900000001" });
    const looks = await kit.db.rows("SELECT actor, detail FROM audit WHERE act = 'circle.unmask' AND on_whom = ?", [
      author.personId,
    ]);
    expect(looks).toEqual([{ actor: clerk.personId, detail: JSON.stringify({ post: id, why: "核实情况" }) }]);
    expect(await wordOf(ask(clerk, (await kit.post(author)).id))).toBe("WRONG_STATE");
  });
});

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
