import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, expect, test } from "vitest";
import { cast, circleKit, key, nameOf, village } from "../../../test/circle-kit.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, other, follower, secretary, committee, clerk } = cast();
const everybody = [other, follower, secretary, committee, clerk];

async function answered(): Promise<{ id: string; file: string }> {
  const { id } = await kit.post(author, { kind: "help", text: "水渠堵了" });
  await kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理" });
  await kit.as(secretary).circle.reply({ id, key: key(), text: "清完了", move: "finish" });
  return { id, file: (await kit.as(author).circle.get({ id })).case?.id ?? "" };
}

/** What one of the others receives of this post and its case, and the stamps that open pages hear of, without names. */
async function received(who: Caller, { id, file }: { id: string; file: string }): Promise<string> {
  const { circle } = kit.as(who);
  const card = async (more: object) =>
    (await circle.feed({ village, limit: 50, ...more })).items.filter((p) => p.id === id);
  const state = (await circle.get({ id })).case?.state;
  const answers = [
    await circle.get({ id }),
    await card({}),
    await card({ which: "followed" }),
    await card({ q: "水渠" }),
    ...(state === undefined ? [] : [await card({ state })]),
  ];
  const stamps = await kit.db.rows("SELECT version FROM version_stamp WHERE scope IN (?, ?) ORDER BY scope", [
    `post:${id}`,
    `case:${file}`,
  ]);
  return JSON.stringify([answers, stamps]).replaceAll(id, "<post>").replaceAll(file, "<case>");
}

test("no neighbour, follower, handler or superior receives a byte of a rating with its post", async () => {
  const acts = {
    confirmed: { of: await answered(), stars: null },
    rated: { of: await answered(), stars: 5 },
    both: { of: await answered(), stars: 4 },
  } as const;
  const mine = kit.as(author).cases;
  for (const [name, { of, stars }] of Object.entries(acts)) {
    if (name !== "rated") await mine.move({ id: of.file, key: key(), move: "confirm" });
    if (stars !== null)
      await mine.rate({ id: of.file, key: key(), stars, tags: [stars === 5 ? 517 : 413], text: "办得快" });
  }
  for (const who of everybody) {
    const plain = await received(who, acts.confirmed.of);
    expect(plain).toContain(nameOf(author.personId));
    expect(plain).not.toContain("办得快");
    expect(await received(who, acts.rated.of)).toBe(plain);
    expect(await received(who, acts.both.of)).toBe(plain);
  }
  expect(JSON.stringify(await mine.get({ id: acts.rated.of.file }))).toContain("办得快");
});

test("one star looks to everybody like a case that its author opened again by hand", async () => {
  const [badly, again] = [await answered(), await answered()];
  const mine = kit.as(author).cases;
  await mine.rate({ id: badly.file, key: key(), stars: 1, tags: [115], text: "又堵上了" });
  await mine.move({ id: again.file, key: key(), move: "reopen", text: "又堵上了" });
  for (const who of everybody) {
    const plain = await received(who, again);
    expect(plain).toContain("又堵上了");
    expect(await received(who, badly)).toBe(plain);
  }
});
