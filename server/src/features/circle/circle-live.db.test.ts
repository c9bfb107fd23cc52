import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, expect, test } from "vitest";
import { type CircleKit, cast, circleKit, key, neighbour, village, villagerOf } from "../../../test/circle-kit.ts";
import { caseLive } from "../../foundation/cases/index.ts";
import { postLive, villageLive } from "./index.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, other, follower, secretary, clerk } = cast();
const everybody: Record<string, Caller | null> = {
  author,
  villager: other,
  follower,
  secretary,
  clerk,
  neighbour: villagerOf(neighbour),
  weak: { ...secretary, strong: false },
  nobody: null,
};
/** Who of everybody may be told of one thing. */
const told = async (may: (caller: Caller | null) => Promise<readonly string[]>) => {
  const names = [];
  for (const [name, caller] of Object.entries(everybody)) if ((await may(caller)).length > 0) names.push(name);
  return names;
};

test("a post is watched by those who may read it, and by nobody else", async () => {
  const live = postLive(kit.db);
  const watchers = async (more: Parameters<CircleKit["post"]>[1]) => {
    const { id } = await kit.post(author, more);
    return told((caller) => live.may(caller, [id]));
  };
  expect(await watchers({})).toEqual(["author", "villager", "follower", "secretary", "clerk"]);
  expect(await watchers({ audience: "villagers" })).toEqual(["author", "villager", "secretary", "clerk"]);
  expect(await watchers({ audience: "cadres" })).toEqual(["author", "secretary", "clerk"]);
});

test("a case is watched by its author, by whoever handles it and by those above; a made-up id by nobody", async () => {
  const live = caseLive(kit.db);
  const { case: file } = await kit.post(author, { kind: "help", text: "路灯坏了" });
  expect(await told((caller) => live.may(caller, [file?.id ?? ""]))).toEqual(["author", "secretary", "clerk"]);
  expect(await told((caller) => live.may(caller, [`0${key().slice(1)}`]))).toEqual([]);
  expect(await live.may(null, [])).toEqual([]);
});

test("a village is watched by everybody, and only by its code", async () => {
  expect(await villageLive.may(null, [village, "own", "99010110120x"])).toEqual([village]);
});

test("whatever is done to a post raises its stamp and its village's; a step of its case raises the case's too", async () => {
  const { circle, cases } = kit.as(author);
  const { id, case: file } = await kit.post(author, { kind: "help", text: "井盖没了" });
  const stamps = [villageLive.stamp(village), postLive(kit.db).stamp(id), caseLive(kit.db).stamp(file?.id ?? "")];
  const villager = kit.as(other).circle;
  const raisedBy = async (act: () => Promise<unknown>) => {
    const before = (await kit.db.versions.current(stamps)).split(".");
    await act();
    const after = (await kit.db.versions.current(stamps)).split(".");
    return stamps.flatMap((stamp, at) => (after[at] === before[at] ? [] : [stamp.split(":")[0]]));
  };
  expect(await raisedBy(() => villager.like({ id, on: true }))).toEqual(["circle", "post"]);
  expect(await raisedBy(() => villager.like({ id, on: true }))).toEqual([]);
  expect(await raisedBy(() => villager.comment({ id, key: key(), text: "我家门口也是" }))).toEqual(["circle", "post"]);
  const all = ["circle", "post", "case"];
  expect(await raisedBy(() => circle.edit({ id, key: key(), text: "两个井盖没了" }))).toEqual(all);
  expect(await raisedBy(() => kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理" }))).toEqual(all);
  const finish = () => kit.as(secretary).circle.reply({ id, key: key(), text: "盖好了", move: "finish" });
  expect(await raisedBy(finish)).toEqual(all);
  expect(await raisedBy(() => cases.move({ id: file?.id ?? "", key: key(), move: "confirm" }))).toEqual(all);
  expect(await raisedBy(() => circle.remove({ id }))).toEqual(["circle", "post"]);
});
