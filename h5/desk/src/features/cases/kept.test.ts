import { expect, test } from "vitest";
import { keepReply, readReply, replyKey } from "./kept.ts";

function shelf() {
  const lines = new Map<string, string>();
  return {
    lines,
    getItem: (key: string) => lines.get(key) ?? null,
    setItem: (key: string, value: string) => void lines.set(key, value),
    removeItem: (key: string) => void lines.delete(key),
  };
}

test("a typed answer comes back to its writer and its case only, and goes when it was sent", () => {
  const here = shelf();
  keepReply("p1", "c1", { how: "note", text: "明天去修" }, here);
  expect(readReply("p1", "c1", here)).toEqual({ how: "note", text: "明天去修" });
  expect(readReply("p2", "c1", here)).toBeNull();
  expect(readReply("p1", "c2", here)).toBeNull();
  keepReply("p1", "c1", null, here);
  expect(here.lines.size).toBe(0);
});

test("what another desk wrote in another shape counts as nothing", () => {
  const here = shelf();
  for (const line of ["{", "null", '"x"', '{"text":1}']) {
    here.setItem("desk.reply.p1.c1", line);
    expect(readReply("p1", "c1", here)).toBeNull();
  }
  here.setItem("desk.reply.p1.c1", '{"text":"好","how":"explode"}');
  expect(readReply("p1", "c1", here)).toEqual({ text: "好", how: null });
});

test("a browser without room is no fault", () => {
  const full = {
    ...shelf(),
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(() => keepReply("p1", "c1", { how: null, text: "好" }, full)).not.toThrow();
});

test("the key of an answer and its photos stay with its words while they are typed on, and go with them", () => {
  const here = shelf();
  const key = replyKey("p1", "c1", here);
  const photos = [{ id: "m1", small: "/m/1" }];
  const tried = { move: "note" as const, text: "好", steps: 2 };
  keepReply("p1", "c1", { how: null, text: "好", photos, tried }, here);
  key.set({ content: "好", key: "k" });
  keepReply("p1", "c1", { how: "note", text: "好的", photos }, here);
  const whole = { how: "note", text: "好的", photos, tried, held: { content: "好", key: "k" } };
  expect(readReply("p1", "c1", here)).toEqual(whole);
  expect(replyKey("p2", "c1", here).get()).toBeNull();
  key.set(null);
  expect(readReply("p1", "c1", here)).toEqual({ how: "note", text: "好的", photos, tried });
  keepReply("p1", "c1", null, here);
  expect(here.lines.size).toBe(0);
  key.set({ content: "好", key: "k" });
  expect(here.lines.size).toBe(0);
});
