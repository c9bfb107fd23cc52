import { dutyLimits } from "@weimenhu/domain/circle/duty";
import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { cast, key, wordOf } from "../../../test/circle-kit.ts";
import { casesHolding, loadCalendar } from "../../foundation/cases/index.ts";
import { inTx } from "../../kernel/tx.ts";
import { circleHolding } from "./index.ts";

const kit = await checksKit();
afterAll(kit.close);
beforeEach(() => {
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
});
const { author, other, follower, secretary, clerk } = cast();
const others = [other, follower, secretary, clerk];
const minute = 60_000;
const words = "还是堵着";

type One = { id: string; file: string };
/** A case of the author's that the secretary has answered, and that is looked at no more. */
async function answered(): Promise<One> {
  const { id, case: file } = await kit.post(author, { kind: "help", text: "水渠堵了" });
  await kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理" });
  await kit.as(secretary).circle.reply({ id, key: key(), text: "清完了", move: "finish" });
  await kit.settle();
  return { id, file: file?.id ?? "" };
}

/** How an author speaks in the record. Each ends with the words as its newest step. */
const ways = {
  reopen: ({ file }: One, more = {}) =>
    kit.as(author).cases.move({ id: file, key: key(), move: "reopen", text: words, ...more }),
  confirm: ({ file }: One, more = {}) =>
    kit.as(author).cases.move({ id: file, key: key(), move: "confirm", text: words, ...more }),
  rate: ({ file }: One) => kit.as(author).cases.rate({ id: file, key: key(), stars: 1, tags: [115], text: words }),
};

/** Everything that this person reads of it. */
async function read(who: Caller, { id, file }: One) {
  const post = await kit.as(who).circle.get({ id });
  const mayHaveFile = who === author || who === secretary || who === clerk;
  const seen = [post, mayHaveFile ? await kit.as(who).cases.get({ id: file }) : null];
  return { bytes: JSON.stringify(seen), step: post.steps.at(-1), state: post.case?.state };
}
const waits = async ({ id }: One) =>
  (await kit.as(clerk).circle.queue({ limit: 50 })).items.find(({ post }) => post === id) ?? null;
const stamp = async ({ file }: One) =>
  (await kit.db.rows<{ version: number }>("SELECT version FROM version_stamp WHERE scope = ?", [`case:${file}`]))[0];

describe("what an author says in the record of a case", () => {
  test.each(["reopen", "confirm", "rate"] as const)(
    "is read by nobody else until it has passed, and the case moves at once (%s)",
    async (way) => {
      const one = await answered();
      await ways[way](one);
      const state = way === "confirm" ? "closed" : "pending";
      expect((await read(author, one)).step).toMatchObject({ text: words, check: "checking", withheld: false });
      for (const who of others) {
        const { bytes, ...seen } = await read(who, one);
        expect(bytes).not.toContain(words);
        expect(seen).toMatchObject({ state, step: { text: "", check: "checking", withheld: true, appeal: null } });
      }
      const before = await stamp(one);
      await kit.settle();
      for (const who of others)
        expect((await read(who, one)).step).toMatchObject({ text: words, check: "passed", withheld: false });
      expect(await stamp(one)).not.toEqual(before);
      expect(await waits(one)).toBeNull();
    },
  );

  test("is refused when it is risky, with a reason and an appeal that another person decides", async () => {
    const one = await answered();
    kit.wechat.plan.words = "risky";
    await ways.reopen(one);
    await kit.settle();
    for (const who of others) {
      const { bytes, step } = await read(who, one);
      expect(bytes).not.toContain(words);
      expect(step).toMatchObject({ check: "refused", withheld: true, refused: null, appeal: null });
    }
    const { step } = await read(author, one);
    expect(step).toMatchObject({ text: words, check: "refused", refused: expect.stringContaining("欺诈") });
    await kit.as(author).circle.appeal({ id: step?.appeal ?? "", key: key(), why: "没有骗人" });
    expect(await waits(one)).toMatchObject({ text: words, appeal: "没有骗人", mayDecide: true });
    expect((await read(author, one)).step).toMatchObject({ appeal: null, appealed: { decidedAt: null, upheld: null } });
    for (const who of others) expect((await read(who, one)).step?.appealed).toBeUndefined();
    await kit.as(clerk).circle.decide({ id: step?.appeal ?? "", pass: true });
    expect((await read(follower, one)).step).toMatchObject({ text: words, withheld: false });
  });

  test("waits for a person when the platform never answers", async () => {
    const one = await answered();
    kit.wechat.plan.words = "down";
    await ways.rate(one);
    for (let tried = 0; tried <= dutyLimits.tries; tried++) await kit.later(10 * minute);
    expect((await read(follower, one)).step).toMatchObject({ text: "", check: "held", withheld: true });
    const held = await waits(one);
    expect(held).toMatchObject({ text: words, check: "held", mayDecide: true });
    expect(await wordOf(kit.as(author).circle.decide({ id: held?.id ?? "", pass: true }))).toBe("NOT_ALLOWED");
    await kit.as(secretary).circle.decide({ id: held?.id ?? "", pass: true });
    expect((await read(follower, one)).step).toMatchObject({ text: words, withheld: false });
  });

  test("waits with its photos: none is seen before all of it has passed", async () => {
    const one = await answered();
    await ways.reopen(one, { photos: [await kit.upload(author)] });
    await kit.settle();
    expect((await read(secretary, one)).step).toMatchObject({ text: "", photos: [], withheld: true });
    expect((await read(author, one)).step).toMatchObject({ text: words, photos: [{ width: 800 }] });
    await kit.send(`${kit.wechat.asked.at(-1)?.trace} pass`);
    await kit.settle();
    expect((await read(secretary, one)).step).toMatchObject({ text: words, photos: [{ width: 800 }], withheld: false });
  });

  test("names the photos that a checker did not pass by their numbers, to whoever sent them alone", async () => {
    const one = await answered();
    const photos = [await kit.upload(author), await kit.upload(author), await kit.upload(author)];
    await ways.reopen(one, { photos });
    await kit.settle();
    // They are asked for in any order.
    const asked = await kit.db.rows<{ media: string; trace: string }>(
      "SELECT c.media, c.trace FROM circle_check c JOIN circle_step s ON s.id = c.what WHERE s.post = ? AND c.media <> ''",
      [one.id],
    );
    for (const [i, says] of ["pass", "risky", "risky"].entries())
      await kit.send(`${asked.find(({ media }) => media === photos[i])?.trace} ${says}`);
    await kit.settle();
    expect((await read(author, one)).step).toMatchObject({ check: "refused", photosRefused: [2, 3] });
    for (const who of others) expect((await read(who, one)).step?.photosRefused).toBeUndefined();
    const file = await kit.as(author).cases.get({ id: one.file });
    expect(file.steps.at(-1)?.photosRefused).toEqual([2, 3]);
  });

  test("on the web, where no platform looks, is read at once; its photos wait for a person, as those of posts do", async () => {
    const plain = await answered();
    const web = kit.as(author, "web").cases;
    await web.move({ id: plain.file, key: key(), move: "reopen", text: words });
    expect((await read(follower, plain)).step).toMatchObject({ text: words, withheld: false });
    const one = await answered();
    const photos = [await kit.upload(author)];
    await web.move({ id: one.file, key: key(), move: "reopen", text: words, photos });
    expect((await read(follower, one)).step).toMatchObject({ text: "", photos: [], check: "held" });
    expect(await waits(one)).toMatchObject({ why: [{ part: "photo", state: "lost" }] });
  });

  test("and waits for somebody goes with the account of its author, and nobody is asked about it any more", async () => {
    const one = await answered();
    kit.wechat.plan.words = "review";
    await ways.reopen(one);
    await kit.settle();
    expect(await waits(one)).toMatchObject({ text: words });
    const days = loadCalendar("");
    await inTx(kit.db, async (tx) => {
      for (const holding of [circleHolding({ cases: { calendar: () => days } }), casesHolding])
        await holding.close(tx, author.personId, kit.clock.now());
    });
    expect(await waits(one)).toBeNull();
    expect(await kit.db.rows("SELECT number FROM case_step WHERE text = ?", [words])).toEqual([]);
    expect(await kit.db.rows("SELECT id FROM circle_step WHERE mark <> 'official'")).toEqual([]);
    expect((await kit.as(secretary).cases.get({ id: one.file })).steps.at(-2)).toMatchObject({
      move: "reopen",
      text: "",
    });
  });
});
