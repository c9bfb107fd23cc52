import { afterAll, describe, expect, test } from "vitest";
import { draftsKit, publisher, refused, reviewer, stranger, writer } from "../../../test/drafts-kit.ts";
import { county, type Kit, log, personOf, town, village, words } from "../../../test/notices-kit.ts";
import { openDb } from "../../kernel/db.ts";
import { outboxWorker } from "../../kernel/outbox-worker.ts";
import { inTx } from "../../kernel/tx.ts";
import { noticeJobs } from "./index.ts";
import { publishScheduled } from "./service.moves.ts";
import { termSearch } from "./service.search.ts";

const kit = await draftsKit();
afterAll(kit.close);
const { draft, move, approved } = kit;

test("a notice written, reviewed and published by three people is public, and each step is in its history and the audit", async () => {
  const { id, may } = await draft(writer);
  expect(may).toEqual(["submit", "edit"]);
  await expect(kit.as(null).notices.get({ id })).rejects.toEqual(refused("NOT_FOUND"));
  await move(writer, id, 1, "submit");
  await expect(kit.as(null).notices.get({ id })).rejects.toEqual(refused("NOT_FOUND"));
  expect((await move(reviewer, id, 1, "approve")).state).toBe("approved");
  const published = await move(publisher, id, 1, "publish");
  expect(published).toMatchObject({
    state: "published",
    publicVersion: 1,
    may: ["revise", "withdraw", "pin"],
  });
  expect(await kit.as(null).notices.get({ id })).toMatchObject({
    title: "明日停水",
    regionName: "竹溪村",
    body: words("检修水管。"),
    withdrawn: null,
    source: null,
  });
  const { items } = await kit.as(writer).notices.history({ id });
  expect(items.map((step) => step.move)).toEqual(["publish", "approve", "submit", "draft"]);
  const acts = await kit.db.rows<{ act: string; actor: string }>(
    "SELECT act, actor FROM audit WHERE on_whom = ? ORDER BY at, act",
    [id],
  );
  expect(acts.map((row) => row.act).sort()).toEqual([
    "notices.approve",
    "notices.draft",
    "notices.publish",
    "notices.submit",
  ]);
  expect(new Set(acts.map((row) => row.actor)).size).toBe(3);
});

test("the writer neither approves nor publishes, and the reviewer does not publish", async () => {
  const both = personOf("secretary", village);
  const { id } = await draft(both);
  await move(both, id, 1, "submit");
  await expect(move(both, id, 1, "approve")).rejects.toEqual(refused("SAME_PERSON"));
  await move(publisher, id, 1, "approve");
  await expect(move(publisher, id, 1, "publish")).rejects.toEqual(refused("SAME_PERSON"));
  await expect(move(both, id, 1, "publish")).rejects.toEqual(refused("SAME_PERSON"));
  await expect(move(writer, id, 1, "publish")).rejects.toEqual(refused("NOT_ALLOWED"));
  expect((await move(personOf("clerk", town), id, 1, "publish")).state).toBe("published");
});

describe("another village's secretary", () => {
  test("learns nothing of a draft: every procedure answers as if it did not exist", async () => {
    const { id } = await draft(writer);
    const them = kit.as(stranger).notices;
    const save = { id, version: 1, title: "改掉", category: "outage" as const, body: [] };
    for (const attempt of [
      () => them.deskGet({ id }),
      () => them.versions({ id }),
      () => them.version({ id, version: 1 }),
      () => them.history({ id }),
      () => them.save(save),
      () => them.move({ id, version: 1, move: "approve" }),
    ]) {
      await expect(attempt()).rejects.toEqual(refused("NOT_FOUND"));
    }
    expect((await them.desk({})).items).toEqual([]);
    await expect(them.desk({ region: village })).rejects.toEqual(refused("NOT_ALLOWED"));
    await expect(draft(stranger)).rejects.toEqual(refused("NOT_ALLOWED"));
  });
});

test("two who publish at the same moment publish once, and a step repeated by the same person changes nothing", async () => {
  const id = await approved();
  const outcomes = await Promise.allSettled([
    move(publisher, id, 1, "publish"),
    move(personOf("clerk", town), id, 1, "publish"),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled").length).toBe(1);
  const lost = outcomes.find((outcome) => outcome.status === "rejected");
  expect(lost?.status === "rejected" && lost.reason).toEqual(refused("WRONG_STATE"));
  const id2 = await approved();
  await move(publisher, id2, 1, "publish");
  expect((await move(publisher, id2, 1, "publish")).state).toBe("published");
  const { items } = await kit.as(writer).notices.history({ id: id2 });
  expect(items.filter((step) => step.move === "publish").length).toBe(1);
});

test("a notice is pinned once and unpinned once: the wrong one of the two is refused and leaves no step", async () => {
  const id = await approved();
  await move(publisher, id, 1, "publish");
  const other = personOf("secretary", village);
  const steps = async () => (await kit.as(writer).notices.history({ id })).items.map((step) => step.move);
  const before = await steps();
  await expect(move(publisher, id, 1, "unpin")).rejects.toEqual(refused("WRONG_STATE"));
  expect(await steps()).toEqual(before);
  expect((await move(publisher, id, 1, "pin")).may).toEqual(["revise", "withdraw", "unpin"]);
  await expect(move(other, id, 1, "pin")).rejects.toEqual(refused("WRONG_STATE"));
  // The same press again, after an answer that was lost.
  expect((await move(publisher, id, 1, "pin")).pinned).toBe(true);
  expect((await move(other, id, 1, "unpin")).may).toEqual(["revise", "withdraw", "pin"]);
  expect(await steps()).toEqual(["unpin", "pin", ...before]);
});

test("a revision leaves the public version in place until it is published, and every version stays comparable", async () => {
  const id = await approved();
  await move(publisher, id, 1, "publish");
  const before = await kit.as(null).notices.get({ id });
  const other = personOf("committee", village);
  const revised = await move(other, id, 1, "revise");
  expect(revised).toMatchObject({ state: "draft", version: 2, publicVersion: 1 });
  await kit.as(other).notices.save({ id, version: 2, title: "后日停水", category: "outage", body: words("改期。") });
  expect(await kit.as(null).notices.get({ id })).toEqual(before);
  kit.clock.advance(60_000);
  await move(other, id, 3, "submit");
  await move(reviewer, id, 3, "approve");
  await move(publisher, id, 3, "publish");
  const after = await kit.as(null).notices.get({ id });
  expect(after).toMatchObject({ title: "后日停水", version: 3, publishedAt: before.publishedAt });
  expect(after.updatedAt).toBeGreaterThan(before.updatedAt);
  expect((await kit.as(writer).notices.version({ id, version: 1 })).body).toEqual(words("检修水管。"));
  const { items } = await kit.as(writer).notices.versions({ id });
  expect(items.map((item) => [item.version, item.public])).toEqual([
    [3, true],
    [2, false],
    [1, false],
  ]);
});

test("whoever wrote into a revision that was withdrawn does not pass it when somebody else takes it up", async () => {
  const id = await approved();
  await move(publisher, id, 1, "publish");
  const both = personOf("secretary", village);
  await move(both, id, 1, "revise");
  await kit.as(both).notices.save({ id, version: 2, title: "后日停水", category: "outage", body: words("改期。") });
  await move(publisher, id, 3, "withdraw", { reason: "时间写错了" });
  await move(writer, id, 3, "revise");
  expect((await move(writer, id, 4, "submit")).may).toEqual([]);
  await expect(move(both, id, 4, "approve")).rejects.toEqual(refused("SAME_PERSON"));
  const waiting = async (who: typeof both) =>
    (await kit.as(who).notices.desk({})).items.find((item) => item.id === id)?.may ?? [];
  expect(await waiting(both)).not.toContain("approve");
  await move(reviewer, id, 4, "approve");
  await expect(move(both, id, 4, "publish")).rejects.toEqual(refused("SAME_PERSON"));
  await move(publisher, id, 4, "publish");
  // What three people let pass is everybody's again.
  await move(writer, id, 4, "revise");
  await move(writer, id, 5, "submit");
  expect((await move(both, id, 5, "approve")).state).toBe("approved");
});

test("a withdrawn notice shows its title and the reason and nothing of what it said, also while it is being revised", async () => {
  const id = await approved();
  await move(publisher, id, 1, "publish");
  await move(writer, id, 1, "revise");
  await expect(move(publisher, id, 2, "withdraw")).rejects.toEqual(refused("REASON_NEEDED"));
  await move(publisher, id, 2, "withdraw", { reason: "时间写错了" });
  const shown = await kit.as(null).notices.get({ id });
  expect(shown).toMatchObject({ title: "明日停水", summary: "", body: [], withdrawn: { reason: "时间写错了" } });
  const list = await kit.as(null).notices.list({ region: village, limit: 50 });
  expect(list.items.some((item) => item.id === id)).toBe(false);
  expect((await kit.as(null).notices.search({ q: "停水", region: village })).items.some((item) => item.id === id)).toBe(
    false,
  );
});

test("a returned draft says why, waits for its writer, and an empty one is not handed in", async () => {
  const { id } = await draft(writer);
  await move(writer, id, 1, "submit");
  await expect(move(reviewer, id, 1, "return", { reason: " " })).rejects.toEqual(refused("REASON_NEEDED"));
  expect(await move(reviewer, id, 1, "return", { reason: "请写明时间" })).toMatchObject({
    state: "draft",
    note: "请写明时间",
  });
  const { items } = await kit.as(writer).notices.desk({});
  expect(items[0]).toMatchObject({ id, may: ["submit", "edit"] });
  const empty = await draft(writer, { body: words("  ") });
  await expect(move(writer, empty.id, 1, "submit")).rejects.toEqual(refused("BODY_BAD"));
});

test("a scheduled notice is published at its time, once, though two processes look for it", async () => {
  const at = kit.clock.now() + 3_600_000;
  const id = await approved();
  await expect(move(publisher, id, 1, "schedule", { at: kit.clock.now() })).rejects.toEqual(refused("TIME_NEEDED"));
  expect(await move(publisher, id, 1, "schedule", { at })).toMatchObject({ state: "scheduled", scheduledAt: at });
  expect(await move(publisher, id, 1, "schedule", { at })).toMatchObject({ scheduledAt: at });
  await expect(move(publisher, id, 1, "schedule", { at: at + 60_000 })).rejects.toEqual(refused("WRONG_STATE"));
  const off = await approved();
  await move(publisher, off, 1, "schedule", { at });
  await move(publisher, off, 1, "unschedule");
  await move(publisher, off, 1, "schedule", { at: at + 3_600_000 });
  const second = openDb(kit.config, kit.clock);
  const workers = [kit.db, second].map((db) => {
    const quiet = {
      portal: { read: async () => ({ state: "same" as const }), check: async () => ({ ok: true as const }) },
    };
    const unused = {
      toBody: () => [],
      dial: async () => Promise.reject(new Error("no network here")),
      files: kit.files,
    };
    return outboxWorker({ db, log, handlers: noticeJobs({ db, log, ...quiet, ...unused }) });
  });
  const settle = () => Promise.all(workers.map((worker) => worker.settle()));
  await settle();
  await expect(kit.as(null).notices.get({ id })).rejects.toEqual(refused("NOT_FOUND"));
  kit.clock.set(at + 1_000);
  await settle();
  expect(await kit.as(null).notices.get({ id })).toMatchObject({ publishedAt: at + 1_000, withdrawn: null });
  const { items } = await kit.as(writer).notices.history({ id });
  expect(items.filter((step) => step.move === "publish").length).toBe(1);
  const again = await inTx(kit.db, (tx) => publishScheduled(termSearch, tx, kit.clock, { id, version: 1, at }));
  expect(again).toBe(false);
  // Called off and planned anew: the job of the first plan finds nothing to do.
  await expect(kit.as(null).notices.get({ id: off })).rejects.toEqual(refused("NOT_FOUND"));
  kit.clock.advance(3_600_000);
  await settle();
  expect((await kit.as(null).notices.get({ id: off })).withdrawn).toBeNull();
  await second.close();
});

test("the desk shows what waits for me first, then the rest, each once, page by page", async () => {
  const clerk = personOf("clerk", county);
  await approved();
  await draft(writer);
  const all = new Set<string>();
  let cursor: string | undefined;
  const ranks: boolean[] = [];
  do {
    const page: Awaited<ReturnType<ReturnType<Kit["as"]>["notices"]["desk"]>> = await kit
      .as(clerk)
      .notices.desk({ limit: 3, ...(cursor ? { cursor } : {}) });
    for (const item of page.items) {
      expect(all.has(item.id)).toBe(false);
      all.add(item.id);
      ranks.push(item.may.includes("approve") || item.may.includes("publish"));
    }
    cursor = page.next ?? undefined;
  } while (cursor);
  const [rows] = await kit.db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM notice");
  expect(all.size).toBe(Number(rows?.n));
  expect(ranks).toContain(true);
  expect(ranks.indexOf(false)).toBe(ranks.filter(Boolean).length);
});
