import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, describe, expect, test } from "vitest";
import { author, by, caseDeps, caseRoom, clerk, otherSecretary, secretary } from "../../../test/case-room.ts";
import { wordOf } from "../../../test/room.ts";
import { newId } from "../../kernel/id.ts";
import { inTx } from "../../kernel/tx.ts";
import { silenceMs } from "./service.clock.ts";
import { byClock, rate } from "./service.ts";
import * as store from "./store.ts";

const { room, raised, act, now, clockRuns } = await caseRoom();
afterAll(() => room.close());
const dayMs = 86_400_000;

describe("a photo of garbage", () => {
  test("is taken up, handled, shown cleared and confirmed, each step with its actor, time and words", async () => {
    const id = await raised({ photo: true });
    expect(await wordOf(act(author, id, { move: "start", text: "我自己来" }))).toBe("NOT_ALLOWED");
    expect(await wordOf(act(otherSecretary, id, { move: "accept" }))).toBe("NOT_ALLOWED");
    await act(secretary, id, { move: "start", text: "马上处理" });
    expect(await wordOf(act(secretary, id, { move: "finish", text: "清完了" }))).toBe("AFTER_PHOTO_NEEDED");
    await act(secretary, id, { move: "finish", text: "清完了", photos: ["01"] });
    await act(author, id, { move: "confirm" });
    expect(await now(id)).toMatchObject({ state: "closed", outcome: "confirmed", dueAt: null, steps: 4 });
    const steps = await store.steps(room.db, id);
    expect(steps.map((step) => [step.number, step.move, step.mark, step.text])).toEqual([
      [1, "raise", "villager", ""],
      [2, "start", "official", "马上处理"],
      [3, "finish", "official", "清完了"],
      [4, "confirm", "villager", ""],
    ]);
  });

  test("of two who press at once one is told that it has moved, and nothing is done twice", async () => {
    const id = await raised();
    const ends = await Promise.allSettled([act(secretary, id, { move: "accept" }), act(clerk, id, { move: "accept" })]);
    expect(ends.map((end) => end.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await store.steps(room.db, id)).filter((step) => step.move === "accept")).toHaveLength(1);
  });

  test("sent twice with the same key is one step; the key for something else is refused", async () => {
    const [id, other] = [await raised(), await raised()];
    const key = `key-${newId()}`;
    expect((await act(secretary, id, { move: "start", text: "马上", key })).fresh).toBe(true);
    expect((await act(secretary, id, { move: "start", text: "马上", key })).fresh).toBe(false);
    expect(await wordOf(act(secretary, other, { move: "start", text: "马上", key }))).toBe("KEY_REUSED");
    expect(await store.steps(room.db, id)).toHaveLength(2);
  });

  test("sent again with its key as anything else is refused: another move, words, photos, reason or person", async () => {
    const id = await raised();
    const key = `key-${newId()}`;
    const noted = { move: "note", text: "在办", photos: ["01", "02"], key } as const;
    await act(secretary, id, { move: "start", text: "马上" });
    await act(secretary, id, noted);
    for (const other of [
      { move: "finish" },
      { text: "在办了" },
      { photos: ["01"] },
      { photos: ["02", "01"] },
      { reason: "duplicate" },
    ] as const)
      expect(await wordOf(act(secretary, id, { ...noted, ...other }))).toBe("KEY_REUSED");
    expect((await act(secretary, id, noted)).fresh).toBe(false);
    const given = { move: "assign", key: `key-${newId()}` } as const;
    const to = ({ personId }: Caller) => ({ to: { person: personId, cadre: true } });
    await act(secretary, id, { ...given, ...to(secretary) });
    expect((await act(secretary, id, { ...given, ...to(secretary) })).fresh).toBe(false);
    expect(await wordOf(act(secretary, id, { ...given, ...to(clerk) }))).toBe("KEY_REUSED");
    expect(await now(id)).toMatchObject({ steps: 4 });
  });
});

describe("the clock", () => {
  test("shows a case that nobody took up to those above once, when it turns red", async () => {
    const id = await raised();
    const { dueAt } = await now(id);
    room.clock.set((dueAt ?? 0) - 1);
    await clockRuns();
    expect((await now(id)).escalatedAt).toBeNull();
    room.clock.set(dueAt ?? 0);
    await clockRuns();
    await clockRuns();
    expect((await now(id)).escalatedAt).toBe(dueAt);
    expect((await store.steps(room.db, id)).filter((step) => step.move === "escalate")).toHaveLength(1);
  });

  test("closes a case whose author stays silent for seven days, unrated and never as praise", async () => {
    const id = await raised();
    await act(secretary, id, { move: "start", text: "马上" });
    await act(secretary, id, { move: "finish", text: "好了" });
    room.clock.advance(silenceMs - 1);
    await clockRuns();
    expect((await now(id)).state).toBe("confirming");
    room.clock.advance(1);
    await clockRuns();
    expect(await now(id)).toMatchObject({ state: "closed", outcome: "lapsed", rated: 0 });
    expect(await store.ratings(room.db, id)).toEqual([]);
  });

  test("stands still while a case is paused, and is moved on when it goes on", async () => {
    const id = await raised();
    await act(secretary, id, { move: "start", text: "马上" });
    const before = (await now(id)).dueAt ?? 0;
    await act(secretary, id, { move: "pause", text: "等挖机" });
    expect((await now(id)).dueAt).toBeNull();
    room.clock.advance(30 * dayMs);
    await act(secretary, id, { move: "resume" });
    expect((await now(id)).dueAt).toBeGreaterThan(before + 20 * dayMs);
  });
});

test("a case that is late stays late, and with those above, whatever the village does", async () => {
  const id = await raised();
  await act(secretary, id, { move: "start", text: "马上" });
  await act(secretary, id, { move: "askMore", text: "等挖机" });
  room.clock.advance(30 * dayMs);
  await clockRuns();
  const late = await now(id);
  expect(late.escalatedAt).not.toBeNull();
  for (const [who, move] of [
    [secretary, "pause"],
    [clerk, "allowMore"],
  ] as const)
    expect(await wordOf(act(who, id, { move, text: "还要等" }))).toBe("CASE_LATE");
  expect(await now(id)).toEqual(late);
  await act(clerk, id, { move: "denyMore", text: "已经超期" });
  await act(secretary, id, { move: "finish", text: "好了" });
  expect((await now(id)).state).toBe("confirming");
});

describe("by a server whose clock is behind that of another", () => {
  test("a case is moved as of its newest step, never before it", async () => {
    const id = await raised();
    const newest = room.clock.now();
    room.clock.advance(-2_000);
    await act(secretary, id, { move: "start", text: "马上" });
    await act(secretary, id, { move: "pause", text: "等挖机" });
    await act(secretary, id, { move: "resume" });
    const { at } = await act(secretary, id, { move: "finish", text: "好了" });
    const rated = { key: `key-${newId()}`, stars: 5, tags: [], text: "" } as const;
    await inTx(room.db, (tx) => rate(caseDeps, tx, room.clock, id, rated, by(author)));
    expect((await store.steps(room.db, id)).map((step) => step.at)).toEqual(Array(6).fill(newest));
    expect([at, (await store.ratings(room.db, id))[0]?.at]).toEqual([newest, newest]);
    expect(await now(id)).toMatchObject({
      acceptedAt: newest,
      finishedAt: newest,
      closedAt: newest,
      pauses: JSON.stringify([{ from: newest, to: newest }]),
    });
    room.clock.advance(2_000);
  });

  test("a case turns red as of its newest step, and is red once", async () => {
    const id = await raised();
    room.clock.set(((await now(id)).dueAt ?? 0) + 5_000);
    await act(secretary, id, { move: "assign", to: { person: secretary.personId, cadre: true } });
    const newest = room.clock.now();
    room.clock.advance(-2_000);
    await clockRuns();
    await clockRuns();
    expect((await now(id)).escalatedAt).toBe(newest);
    expect((await store.steps(room.db, id)).map((step) => step.move)).toEqual(["raise", "assign", "escalate"]);
    room.clock.advance(2_000);
  });
});

describe("a rating", () => {
  const finished = async () => {
    const id = await raised();
    await act(secretary, id, { move: "start", text: "马上" });
    await act(secretary, id, { move: "finish", text: "好了" });
    return id;
  };
  const give = (caller: Caller, id: string, stars: 1 | 2 | 3 | 4 | 5, tags: number[] = [], text = "没有办好") =>
    inTx(room.db, (tx) => rate(caseDeps, tx, room.clock, id, { key: `key-${newId()}`, stars, tags, text }, by(caller)));

  test("is the author's alone, one a round, with ticks of its own level", async () => {
    const id = await finished();
    expect(await wordOf(give(secretary, id, 5))).toBe("NOT_ALLOWED");
    expect(await wordOf(give(author, id, 5, [114]))).toBe("BAD_INPUT");
    await give(author, id, 5, [517]);
    expect(await wordOf(give(author, id, 1))).toBe("RATED_BEFORE");
    expect(await now(id)).toMatchObject({ state: "closed", outcome: "confirmed", rated: 1 });
  });

  test("of one or two stars opens the case again in words, with its own limits, after every answer", async () => {
    const id = await finished();
    expect(await wordOf(give(author, id, 1, [115], " "))).toBe("TEXT_NEEDED");
    await give(author, id, 1, [115]);
    expect(await now(id)).toMatchObject({ state: "pending", round: 2, roundKind: "rectify", escalatedAt: null });
    await act(secretary, id, { move: "start", text: "上门赔不是" });
    await act(secretary, id, { move: "finish", text: "改好了" });
    await give(author, id, 2);
    expect(await now(id)).toMatchObject({ state: "pending", round: 3, roundKind: "rectify", acceptedAt: null });
    await act(secretary, id, { move: "start", text: "再上门" });
    await act(secretary, id, { move: "finish", text: "这回好了" });
    await give(author, id, 5);
    expect(await now(id)).toMatchObject({ state: "closed", round: 3 });
    expect((await store.ratings(room.db, id)).map(({ round, stars }) => [round, stars])).toEqual([
      [1, 1],
      [2, 2],
      [3, 5],
    ]);
  });

  test("opens again also what was opened again by hand, and by hand a case is opened again once", async () => {
    const id = await finished();
    const opens = () => act(author, id, { move: "reopen", text: "没有好" });
    const answer = async () => {
      await act(secretary, id, { move: "start", text: "再去" });
      await act(secretary, id, { move: "finish", text: "好了" });
    };
    await opens();
    await answer();
    expect(await wordOf(opens())).toBe("REOPENED_BEFORE");
    await give(author, id, 1, [115]);
    expect(await now(id)).toMatchObject({ state: "pending", round: 3, roundKind: "rectify" });
    await answer();
    expect(await wordOf(opens())).toBe("REOPENED_BEFORE");
  });
});

test("a case that lapses does so by the clock alone", async () => {
  const id = await raised();
  expect(await wordOf(act(author, id, { move: "lapse" }))).toBe("NOT_ALLOWED");
  expect(byClock.caller).toBeNull();
});
