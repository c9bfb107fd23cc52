import { postLimits } from "@weimenhu/domain/circle/post";
import { afterAll, describe, expect, test } from "vitest";
import {
  cast,
  circleKit,
  key,
  neighbour,
  type PostInput,
  town,
  village,
  villagerOf,
  wordOf,
} from "../../../test/circle-kit.ts";
import { somebody } from "../../../test/room.ts";
import { newId } from "../../kernel/id.ts";

const kit = await circleKit();
afterAll(kit.close);
const { ids } = kit;
const { author, other, follower, stranger, secretary, committee, clerk, elsewhere } = cast();

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

  test.each<[string, Partial<PostInput>]>([
    ["village", { village: neighbour }],
    ["kind", { kind: "oversight" }],
    ["audience", { audience: "villagers" }],
    ["name", { hideMe: true }],
    ["call", { callVillage: true }],
    ["place", { place: "村口" }],
  ])("the key with another %s is refused", async (_, other) => {
    const both = { ...author, villager: [village, neighbour] };
    const more: Partial<PostInput> = { key: key(), kind: "complaint", text: "停水了" };
    await kit.post(both, more);
    expect(await wordOf(kit.post(both, { ...more, ...other }))).toBe("KEY_REUSED");
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
