import { expect, test } from "vitest";
import { rosterHint } from "./hint.ts";

test("the hint is good only when name and group agree with the roster", () => {
  const one = { name: "王*", group: "一组", rosterName: "王*", rosterGroup: "一组" };
  expect(rosterHint(one).tone).toBe("good");
  expect(rosterHint({ ...one, rosterGroup: "二组" })).toEqual({ tone: "wait", words: "花名册上的小组是 二组" });
  expect(rosterHint({ ...one, rosterName: "李*" }).tone).toBe("bad");
  expect(rosterHint({ ...one, rosterName: null, rosterGroup: null }).tone).toBe("bad");
});
