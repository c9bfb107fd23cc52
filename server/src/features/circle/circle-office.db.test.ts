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

describe("an answer in office beside a post", () => {
  const answered = async (id: string) => {
    const { answer, comments } = await kit.as(follower).circle.get({ id });
    return [answer?.text ?? null, comments];
  };
  const waits = async (id: string) =>
    (await kit.as(clerk).circle.queue({ limit: 50 })).items.find(({ post }) => post === id) ?? null;

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
