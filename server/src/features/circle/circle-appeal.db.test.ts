import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { cadre, cast, key, village, villagerOf, wordOf } from "../../../test/circle-kit.ts";

const kit = await checksKit();
afterAll(kit.close);
beforeEach(() => {
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
});
const { author, other, secretary, clerk } = cast();

const stateOf = async (id: string) => (await kit.as(author).circle.get({ id })).check;
const isWaiting = async (id: string) =>
  (await kit.as(secretary).circle.queue({ limit: 50 })).items.find((one) => one.id === id) ?? null;

describe("an appeal", () => {
  test("that was made is not offered again by any card of a page, and the page asks once for all of them", async () => {
    kit.wechat.plan.words = "risky";
    const ids = [];
    for (const n of [1, 2, 3]) ids.push((await kit.post(author, { text: `骗人的 ${n}` })).id);
    const [first = "", second = ""] = ids;
    for (const id of [first, second]) await kit.as(author).circle.appeal({ id, key: key(), why: "不是" });
    const [query, execute] = [vi.spyOn(kit.db.pool, "query"), vi.spyOn(kit.db.pool, "execute")];
    for (const which of ["mine", "village"] as const) {
      const { items } = await kit.as(author).circle.feed({ village, which });
      const offered = (id: string) => items.find((one) => one.id === id)?.may.includes("appeal");
      expect(ids.map(offered)).toEqual([false, false, true]);
    }
    const calls = [...query.mock.calls, ...execute.mock.calls].map((call) => JSON.stringify(call));
    const questions = calls.filter((call) => call.includes("circle_appeal"));
    expect(questions).toHaveLength(2);
    query.mockRestore();
    execute.mockRestore();
  });

  test("is decided by somebody else than whoever refused, once, and the village sees counts and no names", async () => {
    const { id } = await kit.post(author, { text: "批评一下" });
    const month = "2026-11";
    const { circle } = kit.as(null);
    const before = await circle.log({ village, month });
    await kit.as(secretary).circle.decide({ id, pass: false, reason: "言辞激烈", label: "abuse" });
    expect(await wordOf(kit.as(other).circle.appeal({ id, key: key(), why: "不是" }))).toBe("NOT_FOUND");
    const sent = { id, key: key(), why: "只是批评" };
    await kit.as(author).circle.appeal(sent);
    await kit.as(author).circle.appeal(sent);
    expect(await wordOf(kit.as(author).circle.appeal({ ...sent, key: key() }))).toBe("APPEALED_BEFORE");
    expect(await wordOf(kit.as(secretary).circle.decide({ id, pass: true }))).toBe("OTHER_PERSON_DECIDES");
    expect(await isWaiting(id)).toMatchObject({ appeal: "只是批评", mayDecide: false });
    const [item] = (await kit.as(clerk).circle.queue({ limit: 50 })).items.filter((one) => one.id === id);
    expect(item?.mayDecide).toBe(true);
    const during = await circle.log({ village, month });
    await kit.as(clerk).circle.decide({ id, pass: true });
    expect([await stateOf(id), await isWaiting(id)]).toEqual(["passed", null]);
    const after = await circle.log({ village, month });
    expect(after.appeals.upheld - before.appeals.upheld).toBe(1);
    // It came back: it is no longer among what nobody was let see.
    expect(during.refused.find(({ label }) => label === "abuse")).toEqual({
      label: "abuse",
      byMachine: 0,
      byPeople: 1,
    });
    expect(after.refused.find(({ label }) => label === "abuse")).toBeUndefined();
    expect(JSON.stringify(after)).not.toMatch(/甲|批评|01[A-Z0-9]{24}/);
    expect(await circle.log({ village, month: "2026-10" })).toMatchObject({ refused: [], passed: 0 });
  });

  test("against a machine may be decided by any of those who check; what is upheld becomes its case", async () => {
    const machines = async () =>
      (await kit.as(null).circle.log({ village, month: "2026-11" })).refused.reduce((n, one) => n + one.byMachine, 0);
    const before = await machines();
    kit.wechat.plan.words = "risky";
    const { id } = await kit.post(author, { kind: "help", text: "借钱被骗，请村里帮忙" });
    expect(await machines()).toBe(before + 1);
    await kit.as(author).circle.appeal({ id, key: key(), why: "我是受害人" });
    await kit.as(secretary).circle.decide({ id, pass: true });
    expect(await kit.as(other).circle.get({ id })).toMatchObject({ check: "passed", case: { state: "pending" } });
    expect(await machines()).toBe(before);
  });

  test("rejected leaves it refused, for good", async () => {
    kit.wechat.plan.words = "risky";
    const { id } = await kit.post(author, { text: "骗人的" });
    await kit.as(author).circle.appeal({ id, key: key(), why: "再看看" });
    await kit.as(secretary).circle.decide({ id, pass: false, reason: "确实是" });
    expect(await kit.as(author).circle.get({ id })).toMatchObject({ check: "refused", refused: "确实是" });
    expect(await wordOf(kit.as(author).circle.appeal({ id, key: key(), why: "再看" }))).toBe("APPEALED_BEFORE");
    expect(await isWaiting(id)).toBeNull();
  });
});

describe("what is refused again after an appeal was upheld", () => {
  const heard = async (who: Caller) =>
    (
      await kit.db.rows<{ kind: string }>(
        "SELECT kind FROM message WHERE person = ? AND kind IN ('passed', 'refused') ORDER BY at, id",
        [who.personId],
      )
    ).map(({ kind }) => kind);
  const inVillage = async () => {
    const who = villagerOf();
    await kit.hasPhone(who, `1990000${String(++phones).padStart(4, "0")}`);
    return who;
  };
  let phones = 5100;
  const refuse = (who: Caller, id: string, reason = "不妥") => kit.as(who).circle.decide({ id, pass: false, reason });
  const colleague = cadre("secretary", village);

  test("is told to its author, who may appeal once against that refusal too", async () => {
    const me = await inVillage();
    const { id } = await kit.post(me, { kind: "complaint", text: "批评一下书记" });
    const mine = kit.as(me).circle;
    await refuse(secretary, id);
    const first = { id, key: key(), why: "只是批评" };
    await mine.appeal(first);
    await kit.as(clerk).circle.decide({ id, pass: true });
    expect((await mine.get({ id })).appealed).toMatchObject({ upheld: true });
    await kit.as(other).circle.report({ id, why: "骂人" });
    await refuse(colleague, id, "还是不妥");
    expect(await heard(me)).toEqual(["refused", "passed", "refused"]);
    const again = await mine.get({ id });
    expect([again.appealed, again.refused, again.may]).toEqual([
      undefined,
      "还是不妥",
      expect.arrayContaining(["appeal"]),
    ]);
    const card = async () => (await mine.feed({ which: "mine", limit: 50 })).items.find((one) => one.id === id);
    expect((await card())?.may).toContain("appeal");
    // The appeal that was decided, sent again, is that one.
    await mine.appeal(first);
    expect((await mine.get({ id })).appealed).toBeUndefined();
    await mine.appeal({ id, key: key(), why: "同一句话" });
    expect(await wordOf(mine.appeal({ id, key: key(), why: "再来" }))).toBe("APPEALED_BEFORE");
    expect((await mine.get({ id })).appealed).toMatchObject({ upheld: null });
    expect((await card())?.may).not.toContain("appeal");
    expect(await isWaiting(id)).toMatchObject({ appeal: "同一句话", refusal: { reason: "还是不妥" } });
    expect(await wordOf(kit.as(colleague).circle.decide({ id, pass: true }))).toBe("OTHER_PERSON_DECIDES");
    await kit.as(clerk).circle.decide({ id, pass: true });
    expect((await mine.get({ id })).check).toBe("passed");
  });

  test("is not refused by whoever was found wrong in it; other words may be", async () => {
    const { id } = await kit.post(author, { text: "批评一下" });
    await refuse(secretary, id);
    await kit.as(author).circle.appeal({ id, key: key(), why: "只是批评" });
    await kit.as(clerk).circle.decide({ id, pass: true });
    await kit.as(other).circle.report({ id, why: "骂人" });
    expect(await wordOf(refuse(secretary, id))).toBe("OTHER_PERSON_DECIDES");
    expect(await isWaiting(id)).toMatchObject({ reports: ["骂人"] });
    await kit.as(secretary).circle.decide({ id, pass: true });
    await kit.as(author).circle.edit({ id, key: key(), text: "骂人的话" });
    await kit.as(secretary).circle.decide({ id, pass: false, reason: "不妥", version: 1 });
    expect(await stateOf(id)).toBe("refused");
  });

  test("a comment and the words of a step too", async () => {
    const { id } = await kit.post(other);
    const mine = kit.as(author).circle;
    const said = (await mine.comment({ id, key: key(), text: "不是骗人" })).discussion.at(-1)?.id ?? "";
    const shown = async () => (await mine.get({ id })).discussion.find((one) => one.id === said);
    for (const [who, upheld] of [
      [secretary, true],
      [colleague, false],
    ] as const) {
      await kit.as(villagerOf()).circle.report({ id: said, why: "骗人" });
      await refuse(who, said);
      expect((await shown())?.may).toContain("appeal");
      await mine.appeal({ id: said, key: key(), why: "弄错了" });
      await kit.as(clerk).circle.decide({ id: said, pass: upheld, reason: "看过了" });
      expect((await shown())?.appealed).toMatchObject({ upheld });
      expect((await shown())?.may).not.toContain("appeal");
    }
    const { id: post, case: file } = await kit.post(author, { kind: "help", text: "水渠堵了" });
    await kit.as(secretary).circle.reply({ id: post, key: key(), text: "马上" });
    await kit.as(secretary).circle.reply({ id: post, key: key(), text: "清完了", move: "finish" });
    await kit.as(author).cases.move({ id: file?.id ?? "", key: key(), move: "reopen", text: "还是堵着" });
    await kit.settle();
    const step = async () => (await mine.get({ id: post })).steps.at(-1);
    const [row] = await kit.db.rows<{ id: string }>("SELECT id FROM circle_step WHERE post = ? AND mark = 'villager'", [
      post,
    ]);
    const of = row?.id ?? "";
    await refuse(secretary, of);
    await mine.appeal({ id: of, key: key(), why: "弄错了" });
    await kit.as(clerk).circle.decide({ id: of, pass: true });
    await refuse(clerk, of);
    expect(await step()).toMatchObject({ check: "refused", appeal: of });
    await mine.appeal({ id: of, key: key(), why: "又弄错了" });
    expect(await step()).toMatchObject({ check: "refused", appeal: null, appealed: { upheld: null } });
  });

  test("refused, let through and refused without an appeal is told each time", async () => {
    const me = await inVillage();
    const { id } = await kit.post(me, { text: "话" });
    for (const pass of [false, true, false]) await kit.as(secretary).circle.decide({ id, pass, reason: "不妥" });
    expect(await heard(me)).toEqual(["refused", "passed", "refused"]);
  });
});

describe("whoever appealed reads beside what was refused that it was done, when, and how it stands", () => {
  test.each([true, false])("a post, of which somebody else then says %s", async (pass) => {
    kit.wechat.plan.words = "risky";
    const { id } = await kit.post(author, { text: `再看一次 ${pass}` });
    const at = kit.clock.now();
    await kit.as(author).circle.appeal({ id, key: key(), why: "弄错了" });
    const waits = await kit.as(author).circle.get({ id });
    expect(waits).toMatchObject({ check: "refused", appealed: { at, decidedAt: null, upheld: null } });
    expect(waits.may).not.toContain("appeal");
    expect((await kit.as(secretary).circle.get({ id })).appealed).toBeUndefined();
    kit.clock.advance(60_000);
    await kit.as(secretary).circle.decide({ id, pass, reason: "看过了" });
    const decided = await kit.as(author).circle.get({ id });
    expect(decided.appealed).toEqual({ at, decidedAt: at + 60_000, upheld: pass });
    expect((await kit.as(secretary).circle.get({ id })).appealed).toBeUndefined();
  });

  test("a comment", async () => {
    const { id } = await kit.post(other);
    kit.wechat.plan.words = "risky";
    const said = (await kit.as(author).circle.comment({ id, key: key(), text: "不是骗人" })).discussion.at(-1);
    await kit.as(author).circle.appeal({ id: said?.id ?? "", key: key(), why: "弄错了" });
    const shown = (await kit.as(author).circle.get({ id })).discussion.at(-1);
    expect(shown).toMatchObject({ id: said?.id, appealed: { decidedAt: null, upheld: null } });
    expect(shown?.may).not.toContain("appeal");
    const checker = (await kit.as(secretary).circle.get({ id })).discussion.at(-1);
    expect([checker?.id, checker?.appealed]).toEqual([said?.id, undefined]);
    await kit.as(secretary).circle.decide({ id: said?.id ?? "", pass: false, reason: "确实是" });
    expect((await kit.as(author).circle.get({ id })).discussion.at(-1)).toMatchObject({ appealed: { upheld: false } });
  });

  test("and after a text was put in other words only what was said of that one", async () => {
    const { id } = await kit.post(author, { text: "第一遍" });
    await kit.as(secretary).circle.decide({ id, pass: false, reason: "不妥" });
    await kit.as(author).circle.appeal({ id, key: key(), why: "弄错了" });
    await kit.as(clerk).circle.decide({ id, pass: true });
    expect((await kit.as(author).circle.edit({ id, key: key(), text: "第二遍" })).appealed).toBeUndefined();
  });
});
