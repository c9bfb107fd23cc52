import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { cast, key, village, wordOf } from "../../../test/circle-kit.ts";

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
