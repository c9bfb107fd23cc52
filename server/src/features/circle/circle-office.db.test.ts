import { dutyLimits } from "@weimenhu/domain/circle/duty";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { cast, key, wordOf } from "../../../test/circle-kit.ts";

const kit = await checksKit();
afterAll(kit.close);
beforeEach(() => {
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
});
const { author, other, follower, secretary, clerk } = cast();
const bad = "代开-发 票";
const minute = 60_000;

const reply = (id: string, text: string, more = {}) =>
  kit.as(secretary).circle.reply({ id, key: key(), text, ...more });

describe("words on the list", () => {
  test("are refused at once wherever they would stand in office or in a record, and nothing is kept of them", async () => {
    const help = await kit.post(author, { kind: "help", text: "水渠堵了" });
    const file = help.case?.id ?? "";
    const chat = await kit.post(author, { kind: "suggestion", text: "修个亭子" });
    for (const { id } of [help, chat]) expect(await wordOf(reply(id, bad))).toBe("WORDS_NOT_FIT");
    const move = (who: typeof author, name: "start" | "finish" | "reopen", text: string) =>
      kit.as(who).cases.move({ id: file, key: key(), move: name, text });
    expect(await wordOf(move(secretary, "start", bad))).toBe("WORDS_NOT_FIT");
    expect((await kit.as(author).circle.get({ id: help.id })).steps).toHaveLength(1);
    await move(secretary, "start", "马上处理");
    await move(secretary, "finish", "清完了");
    expect(await wordOf(move(author, "reopen", bad))).toBe("WORDS_NOT_FIT");
    const rate = kit.as(author).cases.rate({ id: file, key: key(), stars: 1, tags: [], text: bad });
    expect(await wordOf(rate)).toBe("WORDS_NOT_FIT");
    expect((await kit.as(author).circle.get({ id: chat.id })).discussion).toEqual([]);
  });
});

const waits = async (id: string) =>
  (await kit.as(clerk).circle.queue({ limit: 50 })).items.find(({ post }) => post === id) ?? null;

describe("an answer in office beside a post", () => {
  const answered = async (id: string) => {
    const { answer, comments } = await kit.as(follower).circle.get({ id });
    return [answer?.text ?? null, comments];
  };
  test("stands at once; risky to the platform it is taken back, marked, and a colleague decides", async () => {
    const { id } = await kit.post(author, { kind: "suggestion", text: "修个亭子" });
    kit.wechat.plan.words = "risky";
    await reply(id, "点这里领钱");
    expect(await answered(id)).toEqual(["点这里领钱", 1]);
    await kit.settle();
    expect(await answered(id)).toEqual([null, 0]);
    expect(JSON.stringify(await kit.as(other).circle.get({ id }))).not.toContain("领钱");
    const held = await waits(id);
    expect(held).toMatchObject({ check: "held", why: [{ part: "words", state: "risky", label: "fraud" }] });
    const mine = kit.as(secretary).circle.decide({ id: held?.id ?? "", pass: true });
    expect(await wordOf(mine)).toBe("SAME_PERSON");
    await kit.as(clerk).circle.decide({ id: held?.id ?? "", pass: true });
    expect(await answered(id)).toEqual(["点这里领钱", 1]);
    expect(await waits(id)).toBeNull();
  });

  test("stands when the platform passes it, and when it never answers", async () => {
    for (const words of ["pass", "down"] as const) {
      const { id } = await kit.post(author, { kind: "suggestion", text: "修个亭子" });
      kit.wechat.plan.words = words;
      await reply(id, "采纳");
      for (let tried = 0; tried <= dutyLimits.tries; tried++) await kit.later(10 * minute);
      expect(await answered(id)).toEqual(["采纳", 1]);
      expect(await waits(id)).toBeNull();
    }
  });
});

describe("what is said in office with a step of a case", () => {
  async function raised() {
    const { id, case: file } = await kit.post(author, { kind: "help", text: "水渠堵了" });
    return { id, file: file?.id ?? "" };
  }
  /** Everything that anybody reads of it. */
  async function read({ id, file }: { id: string; file: string }) {
    const seen = [await kit.as(follower).circle.get({ id }), await kit.as(author).cases.get({ id: file })] as const;
    return { bytes: JSON.stringify(seen), card: seen[0], steps: seen[1].steps };
  }
  const stamp = async (file: string) =>
    (await kit.db.rows<{ version: number }>("SELECT version FROM version_stamp WHERE scope = ?", [`case:${file}`]))[0]
      ?.version;

  test.each(["circle", "desk"] as const)(
    "stands at once and moves the case; risky to the platform its words are taken back, not its step (%s)",
    async (from) => {
      const one = await raised();
      kit.wechat.plan.words = "risky";
      if (from === "circle") await reply(one.id, "点这里领钱");
      else await kit.as(secretary).cases.move({ id: one.file, key: key(), move: "start", text: "点这里领钱" });
      expect((await read(one)).card).toMatchObject({ answer: { text: "点这里领钱" }, case: { state: "handling" } });
      const before = await stamp(one.file);
      await kit.settle();
      const taken = await read(one);
      expect(taken.bytes).not.toContain("领钱");
      expect(taken.card).toMatchObject({ answer: null, case: { state: "handling" } });
      expect(taken.steps.at(-1)).toMatchObject({ move: "start", text: "", withheld: true, by: { mark: "official" } });
      expect(await stamp(one.file)).not.toBe(before);

      const held = await waits(one.id);
      expect(held).toMatchObject({
        text: "点这里领钱",
        check: "held",
        by: { title: "竹溪村书记" },
        why: [{ part: "words", state: "risky", label: "fraud" }],
      });
      const decide = (who: typeof clerk, pass: boolean) =>
        kit.as(who).circle.decide({ id: held?.id ?? "", pass, ...(pass ? {} : { reason: "不妥" }) });
      expect(await wordOf(decide(secretary, true))).toBe("SAME_PERSON");
      await decide(clerk, true);
      expect((await read(one)).card).toMatchObject({ answer: { text: "点这里领钱" } });
      expect(await waits(one.id)).toBeNull();
      await decide(clerk, false);
      expect((await read(one)).bytes).not.toContain("领钱");
    },
  );

  test("taken back leaves beside the post what was answered before it, in the case or beside it, and comes back before that", async () => {
    const one = await raised();
    const card = async () => (await read(one)).card.answer?.text ?? null;
    await reply(one.id, "马上处理");
    await kit.settle();
    kit.wechat.plan.words = "risky";
    await reply(one.id, "点这里领钱", { move: "finish" });
    await kit.settle();
    expect(await card()).toBe("马上处理");
    const held = await waits(one.id);
    await kit.as(clerk).circle.decide({ id: held?.id ?? "", pass: true });
    expect(await card()).toBe("点这里领钱");
    await kit.as(author).cases.move({ id: one.file, key: key(), move: "confirm" });
    await reply(one.id, "再领一次");
    expect(await card()).toBe("再领一次");
    await kit.settle();
    expect(await card()).toBe("点这里领钱");
  });

  test("stands when the platform passes it or never answers, and on the web, where no platform looks", async () => {
    for (const words of ["pass", "down"] as const) {
      const one = await raised();
      kit.wechat.plan.words = words;
      await reply(one.id, "马上处理");
      for (let tried = 0; tried <= dutyLimits.tries; tried++) await kit.later(10 * minute);
      expect((await read(one)).card).toMatchObject({ answer: { text: "马上处理" } });
      kit.wechat.plan.words = "pass";
    }
    const one = await raised();
    kit.wechat.plan.words = "risky";
    await kit.as(secretary, "web").circle.reply({ id: one.id, key: key(), text: "马上处理" });
    await kit.settle();
    expect((await read(one)).steps.at(-1)).toMatchObject({ text: "马上处理", withheld: false });
  });

  test("has its photos looked at too: one that is risky takes words and photos out of sight together", async () => {
    const photo = await kit.upload(author);
    const { id, case: file } = await kit.post(author, { kind: "help", text: "路灯坏了", photos: [photo] });
    await kit.settle();
    await kit.send(`${kit.wechat.asked.at(-1)?.trace} pass`);
    await kit.settle();
    const found = file?.id ?? (await kit.as(author).circle.get({ id })).case?.id ?? "";
    const one = { id, file: found };
    await reply(id, "马上处理");
    await reply(id, "换好了", { move: "finish", photos: [await kit.upload(secretary)] });
    expect((await read(one)).steps.at(-1)?.photos).toHaveLength(1);
    await kit.settle();
    const asked = kit.wechat.asked.at(-1);
    expect(asked?.url).toMatch(/^https:\/\/example\.gov\.cn\/m\//);
    await kit.send(`${asked?.trace} risky`);
    await kit.settle();
    expect((await read(one)).steps.at(-1)).toMatchObject({ move: "finish", text: "", photos: [], withheld: true });
    expect((await read(one)).card).toMatchObject({ answer: { text: "马上处理" }, case: { state: "confirming" } });
    expect(await waits(id)).toMatchObject({ why: [{ part: "photo", state: "risky" }], photos: [{ width: 800 }] });
  });
});
