import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { cast, key, villagerOf } from "../../../test/circle-kit.ts";
import { refusalIn } from "../../kernel/refuse.ts";

const kit = await checksKit();
afterAll(kit.close);
beforeEach(() => {
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
});
const { secretary, committee } = cast();
const bare = (url: string | null | undefined) => url?.split("?")[0] ?? null;

/** Lets the newest question about a picture be answered. */
async function push(says: "pass" | "risky") {
  await kit.settle();
  await kit.send(`${kit.wechat.asked.at(-1)?.trace} ${says}`);
  await kit.settle();
}

/** A case whose photo has passed. */
async function shown() {
  const me = villagerOf();
  const photo = await kit.upload(me);
  const { id, photos } = await kit.post(me, { kind: "help", text: "路灯坏了", photos: [photo] });
  await push("pass");
  const file = (await kit.as(me).circle.get({ id })).case?.id ?? "";
  return { me, id, file, photo, first: bare(photos[0]?.small) };
}

/** What a cadre who handles cases and checks nothing finds of it: the picture in the list and in the case, and the words. */
async function found({ id, file }: { id: string; file: string }) {
  const { cases, circle } = kit.as(committee);
  const listed = (await cases.desk({ limit: 50 })).items.find(({ subject }) => subject === `post:${id}`);
  const whole = await cases.get({ id: file });
  const post = await circle.get({ id }).catch((fault: unknown) => refusalIn(fault)?.word ?? fault);
  return { pictures: [bare(listed?.picture), bare(whole.picture)], words: [listed?.summary, whole.summary], post };
}

describe("whoever handles a case and checks nothing", () => {
  test("sees the first photo of what was raised while it is passed", async () => {
    const one = await shown();
    expect(one.first).not.toBeNull();
    expect(await found(one)).toMatchObject({ pictures: [one.first, one.first], post: { id: one.id } });
  });

  test.each(["pass", "risky"] as const)(
    "sees no photo that an edit brought until it has passed, and none of a post that was refused for it (%s)",
    async (says) => {
      const one = await shown();
      const photos = [await kit.upload(one.me), one.photo];
      const edited = await kit.as(one.me).circle.edit({ id: one.id, key: key(), text: "路灯坏了两盏", photos });
      const now = says === "pass" ? bare(edited.photos[0]?.small) : null;
      const old = ["路灯坏了", "路灯坏了"];
      expect(await found(one)).toEqual({ pictures: [null, null], words: old, post: "NOT_FOUND" });
      await push(says);
      const words = says === "pass" ? ["路灯坏了两盏", "路灯坏了两盏"] : old;
      expect(await found(one)).toMatchObject({ pictures: [now, now], words });
    },
  );

  test("reads what was asked when it was let pass, and sees no photo, after a person took the post out of sight", async () => {
    const one = await shown();
    await kit.as(secretary).circle.decide({ id: one.id, pass: false, reason: "照片里有别人家的门牌" });
    expect(await found(one)).toEqual({ pictures: [null, null], words: ["路灯坏了", "路灯坏了"], post: "NOT_FOUND" });
    await kit.as(secretary).circle.decide({ id: one.id, pass: true });
    expect(await found(one)).toMatchObject({ pictures: [one.first, one.first], post: { id: one.id } });
  });

  test("reads no word that was never passed", async () => {
    const one = await shown();
    kit.wechat.plan.words = "risky";
    await kit.as(one.me).circle.edit({ id: one.id, key: key(), text: "没人看过的话", photos: [one.photo] });
    const seen = await found(one);
    expect(seen).toEqual({ pictures: [null, null], words: ["路灯坏了", "路灯坏了"], post: "NOT_FOUND" });
    const whole = await kit.as(committee).cases.get({ id: one.file });
    expect(JSON.stringify(whole)).not.toContain("没人看过的话");
  });
});

test("why a clock was stopped stands on the card only when it may stand in the record; who wrote it reads it", async () => {
  const { id, case: file } = await kit.post(villagerOf(), { kind: "help", text: "水渠堵了" });
  const { clerk } = cast();
  const of = file?.id ?? "";
  const why = async () => {
    const cards = [secretary, clerk].map(async (who) => (await kit.as(who).cases.get({ id: of })).pausedWhy);
    return Promise.all(cards);
  };
  await kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理" });
  await kit.as(secretary).cases.move({ id: of, key: key(), move: "pause", text: "等挖机" });
  await kit.settle();
  expect(await why()).toEqual(["等挖机", "等挖机"]);
  await kit.as(secretary).cases.move({ id: of, key: key(), move: "resume" });
  kit.wechat.plan.words = "risky";
  await kit.as(secretary).cases.move({ id: of, key: key(), move: "pause", text: "坏话" });
  await kit.settle();
  expect(await why()).toEqual(["坏话", undefined]);
});
