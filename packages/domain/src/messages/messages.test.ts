import { describe, expect, test } from "vitest";
import { caseMoves } from "../cases/state.ts";
import { inboxWords, type MessageKind, messageKinds, messageRules, moveWords, outsideWords } from "./kinds.ts";
import { quietUntil } from "./quiet.ts";

const at = (text: string) => Date.parse(`${text}+08:00`);

describe("quiet hours", () => {
  test.each([
    ["2026-11-22T21:59:59.999", null],
    ["2026-11-22T22:00", "2026-11-23T07:00"],
    ["2026-11-22T23:59:59.999", "2026-11-23T07:00"],
    ["2026-11-23T00:00", "2026-11-23T07:00"],
    ["2026-11-23T06:59:59.999", "2026-11-23T07:00"],
    ["2026-11-23T07:00", null],
    ["2026-12-31T22:30", "2027-01-01T07:00"],
  ])("%s rings %s", (now, until) => {
    expect(quietUntil(at(now))).toBe(until === null ? null : at(until));
  });
});

describe("what is said outside", () => {
  test.each(messageKinds)("%s fits the vendors' fields", (kind) => {
    const { title, state } = messageRules[kind];
    expect([title.length <= 20, state.length <= 5]).toEqual([true, true]);
  });

  test.each(Object.entries(moveWords))("the move %s fits too, and is one of a case", (move, { state }) => {
    expect(state.length).toBeLessThanOrEqual(5);
    expect(caseMoves).toContain(move);
  });

  test.each(["toCheck", "reported", "appealed", "checkLate"] as const)(
    "%s is work, which waits for the morning",
    (kind) => {
      expect(messageRules[kind]).toMatchObject({ template: "duty", digest: true });
      expect(messageRules[kind].alarm).toBeUndefined();
    },
  );

  test.each(messageKinds)("%s never holds what somebody wrote", (kind) => {
    const words = { summary: "村口垃圾", move: "refuse" };
    expect(JSON.stringify(outsideWords({ kind, count: 3, words }))).not.toContain("垃圾");
  });
});

describe("the inbox", () => {
  test("says how a case moved, and what it is about to whoever wrote it", () => {
    expect(inboxWords({ kind: "moved", count: 1, words: { move: "transfer", summary: "村口垃圾" } })).toEqual({
      title: "您反映的事有进展：已转镇里",
      text: "关于“村口垃圾”：转到镇里办理",
    });
  });

  test("tells what was raised in a word and by its first words to those who may read it, and a locked screen neither", () => {
    const told = { kind: "raised", count: 1, words: { what: "投诉", summary: "垃圾三天没人收" } } as const;
    expect(inboxWords(told)).toEqual({ title: "村民投诉", text: "关于“垃圾三天没人收”：请在 1 个工作日内受理" });
    expect(outsideWords(told).title).toBe("村民反映了一件事");
  });

  test("names who has the case, who is over them, and the last day", () => {
    const text = (kind: MessageKind, words: Record<string, string>) => inboxWords({ kind, count: 1, words }).text;
    expect(inboxWords({ kind: "replied", count: 1, words: { level: "town" } }).title).toBe("镇里有了答复");
    expect(inboxWords({ kind: "replied", count: 1, words: {} }).title).toBe("村里有了答复");
    expect(inboxWords({ kind: "replied", count: 1, words: { level: "none" } }).title).toBe("有了答复");
    expect(outsideWords({ kind: "replied", count: 1, words: { level: "town" } }).title).toBe("镇里有了答复");
    expect(text("finished", { level: "town" })).toBe("镇里说办好了，请您看看满意不满意");
    expect(text("red", { level: "town" })).toBe("镇里没有按时办，请县里督办");
    expect(text("red", {})).toBe("村里没有按时办，请镇里督办");
    expect(text("moved", { move: "accept", level: "town", until: "11月30日（周一）答复" })).toBe(
      "镇里受理了，最晚 11月30日（周一）答复",
    );
    expect(text("transferred", { level: "town", until: "11月30日（周一）答复" })).toBe(
      "由镇里来办，最晚 11月30日（周一）答复",
    );
    expect(text("transferred", { late: "答复" })).toBe("由村里来办，已经超期，请尽快答复");
    expect(text("moved", { move: "transfer", level: "town", late: "答复" })).toBe("转到镇里办理，已经超期");
    expect(text("moved", { move: "accept" })).toBe("村里受理了");
  });

  test("counts comments, and says nothing of a single one's number", () => {
    expect(inboxWords({ kind: "commented", count: 3, words: {} }).text).toBe("有邻里在您参与的帖子下评论（3 条）");
    expect(inboxWords({ kind: "commented", count: 1, words: {} }).text).toBe("有邻里在您参与的帖子下评论");
  });

  test("a move that nobody knows any more is told without its words", () => {
    expect(inboxWords({ kind: "moved", count: 1, words: { move: "gone" } }).title).toBe("您反映的事有进展");
  });
});

test("the name of every kind fits where it is kept", () => {
  expect(messageKinds.filter((kind) => kind.length > 14)).toEqual([]);
});
