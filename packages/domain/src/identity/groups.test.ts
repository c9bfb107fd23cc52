import { expect, test } from "vitest";
import { groupOrder } from "./groups.ts";

const inOrder = [
  ["一组", "二组", "三组", "四组", "五组", "九组", "十组", "十一组", "十九组", "二十组", "二十一组", "一百零三组"],
  ["第一组", "第二组", "第九组", "第十组", "第十二组"],
  ["1组", "2组", "9组", "10组", "11组"],
  ["一组上片", "一组下片", "二组"],
  ["东片一组", "东片二组", "西片一组"],
];

test.each(inOrder)("groups stand as people count them: %s, %s, %s…", (...names) => {
  expect([...names].reverse().sort(groupOrder)).toEqual([...names]);
});

test("names without a number have one order too, whichever way they come", () => {
  const names = ["河边", "坡上", "老屋", "1组"];
  expect([...names].reverse().sort(groupOrder)).toEqual([...names].sort(groupOrder));
});
