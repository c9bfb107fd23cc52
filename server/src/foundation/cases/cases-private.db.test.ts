import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { casesKit, dayMs, town, village } from "../../../test/cases-kit.ts";
import { runClock } from "./service.clock.ts";

/**
 * Only its author rates a case, so whoever reads a rating with the case knows who rated. Here the same case lives twice, once
 * with a rating and once with what the author could have said without: whoever handles it must not find a byte between them.
 */
let kit: Awaited<ReturnType<typeof casesKit>>;
let author: Caller;
let secretary: Caller;
let clerk: Caller;
beforeAll(async () => {
  kit = await casesKit();
  author = kit.villager("张*");
  secretary = await kit.inOffice("王谷雨", "secretary", village);
  clerk = await kit.inOffice("孙清明", "clerk", town);
});
afterAll(() => kit.close());

type Act = { rate: 1 | 2 | 3 | 4 | 5; text?: string } | { move: "confirm" | "reopen"; text?: string } | "silence";
const rate = (stars: 1 | 2 | 3 | 4 | 5, text?: string): Act => ({ rate: stars, ...(text ? { text } : {}) });
const confirm: Act = { move: "confirm" };
const reopen: Act = { move: "reopen", text: "又堵上了" };

async function answer(id: string): Promise<void> {
  const move = (name: "start" | "finish") =>
    kit.as(secretary).cases.move({ id, key: kit.key(), move: name, text: "马上处理" });
  await move("start");
  await move("finish");
}

async function act(id: string, what: Act): Promise<void> {
  const { cases } = kit.as(author);
  if (what === "silence") return;
  const text = what.text === undefined ? {} : { text: what.text };
  if ("rate" in what) await cases.rate({ id, key: kit.key(), stars: what.rate, tags: [], ...text });
  else await cases.move({ id, key: kit.key(), move: what.move, ...text });
}

/** Everything that those who handle this case receive, or could notice, without its own names. */
async function noticed(id: string): Promise<string> {
  const subject = (await kit.as(author).cases.get({ id })).subject;
  const answers = [];
  for (const { cases } of [kit.as(secretary), kit.as(clerk)]) {
    answers.push(await cases.get({ id }));
    for (const state of ["closed", "confirming", "pending", "handling"] as const)
      answers.push((await cases.desk({ state, limit: 50 })).items.filter((one) => one.id === id));
  }
  const rows = (sql: string, ...params: string[]) => kit.db.rows(sql, params);
  const messages = await rows(
    "SELECT person, kind, region, page, words, count, at FROM message WHERE about = ? AND person IN (?, ?) ORDER BY at, kind",
    id,
    secretary.personId,
    clerk.personId,
  );
  const stamps = await rows("SELECT version FROM version_stamp WHERE scope = ?", `case:${id}`);
  const audit = await rows("SELECT act, actor FROM audit WHERE on_whom = ? ORDER BY at", id);
  const told = kit.told.filter((one) => one.startsWith(`${subject} `));
  return JSON.stringify([answers, messages, stamps, audit, told])
    .replaceAll(id, "<case>")
    .replaceAll(subject, "<subject>");
}

const pairs: [string, Act[], Act[]][] = [
  ["stars instead of a confirmation", [rate(5)], [confirm]],
  ["three stars with words", [rate(3, "还可以")], [confirm]],
  ["stars after a confirmation", [confirm, rate(4, "谢谢")], [confirm]],
  ["stars after silence", ["silence", rate(5)], ["silence"]],
  ["one star", [rate(1, "又堵上了")], [reopen]],
  ["two stars after a confirmation", [confirm, rate(2, "又堵上了")], [confirm, reopen]],
  ["one star after silence", ["silence", rate(1, "又堵上了")], ["silence", reopen]],
  ["five stars, and opened again", [rate(5), reopen], [confirm, reopen]],
  ["five stars after a confirmation, and opened again", [confirm, rate(5), reopen], [confirm, reopen]],
];

test.each(pairs)("%s: those who handle it notice nothing of a rating", async (_, rated, plain) => {
  const [one, other] = [await kit.raised(author), await kit.raised(author)];
  await answer(one);
  await answer(other);
  const silent = rated[0] === "silence";
  if (silent) {
    kit.clock.advance(8 * dayMs);
    await runClock({ ...kit.deps }, kit.db, kit.clock, async (tx, row) => kit.deps.subjects.post.moved(tx, row));
  }
  for (const what of rated) await act(one, what);
  for (const what of plain) await act(other, what);
  const seen = await noticed(one);
  expect(seen).toBe(await noticed(other));
  expect(seen).toContain("<case>");
  // And the rating was kept, for its author.
  expect((await kit.as(author).cases.get({ id: one })).ratings).toHaveLength(1);

  // A second round runs and ends alike too.
  if ((await kit.as(author).cases.get({ id: one })).state === "closed") return;
  await answer(one);
  await answer(other);
  expect(await noticed(one)).toBe(await noticed(other));
  await act(one, rate(3));
  await act(other, confirm);
  expect(await noticed(one)).toBe(await noticed(other));
});

test("one star after a second answer reads to those who handle it as a reopening too, and nothing tells which answer was rated", async () => {
  const [first, second] = [await kit.raised(author), await kit.raised(author)];
  for (const [id, acts] of [
    [first, [rate(1, "又堵上了"), rate(1, "又堵上了")]],
    [second, [reopen, rate(1, "又堵上了")]],
  ] as const)
    for (const one of acts) {
      await answer(id);
      await act(id, one);
    }
  const seen = await noticed(first);
  expect(seen).toBe(await noticed(second));
  expect(seen).not.toContain("rate");
  expect((await kit.as(secretary).cases.get({ id: first })).steps.filter(({ move }) => move === "reopen")).toHaveLength(
    2,
  );
  expect((await kit.as(author).cases.get({ id: second })).ratings).toMatchObject([{ stars: 1 }]);
});

test("the author reads the own rating as it was given, and what it opened", async () => {
  const id = await kit.raised(author);
  await answer(id);
  const rated = await kit.as(author).cases.rate({ id, key: kit.key(), stars: 1, tags: [115], text: "又堵上了" });
  expect(rated).toMatchObject({ round: "rectify", ratings: [{ stars: 1, tags: [115], text: "" }] });
  expect(rated.steps.at(-1)).toMatchObject({ move: "rateBadly", text: "又堵上了", by: { mine: true } });
  expect((await kit.as(secretary).cases.get({ id })).steps.at(-1)).toMatchObject({ move: "reopen", text: "又堵上了" });
});
