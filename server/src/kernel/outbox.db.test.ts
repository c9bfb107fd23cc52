import fastify from "fastify";
import { expect, test, vi } from "vitest";
import { gate, outboxKit } from "../../test/outbox-kit.ts";
import { healthRoutes } from "./health.ts";
import { dropDead, enqueue, GiveUp, type Handler, outboxState, redrive, sweepOutbox } from "./outbox.ts";
import { inTx } from "./tx.ts";

test("a job of a transaction that rolled back never runs", async () => {
  const { db, worker } = await outboxKit();
  const ran = vi.fn(async () => {});
  await inTx(db, async (tx) => {
    await enqueue(tx, { kind: "a", key: "1", payload: null });
    throw new Error("no");
  }).catch(() => undefined);
  await worker({ a: ran }).settle();
  expect(ran).not.toHaveBeenCalled();
});

test("settle runs all that is due, also what the jobs enqueue, and leaves the rest", async () => {
  const { clock, db, worker, put } = await outboxKit();
  const ran: string[] = [];
  const chain: Handler = async (job) => {
    ran.push(job.key);
    if (job.key === "1") await put({ key: "1.1" });
    if (job.key === "1.1") await put({ key: "1.1.1" });
  };
  await put({ key: "1" }, { key: "2" }, { key: "later", notBefore: clock.now() + 1_000 });
  const one = worker({ a: chain });
  await one.settle();
  expect(ran.sort()).toEqual(["1", "1.1", "1.1.1", "2"]);
  clock.advance(1_000);
  await one.settle();
  expect(ran).toContain("later");
  expect(await outboxState(db)).toEqual({ waiting: 0, dead: 0, lagMs: 0 });
});

test("the same kind and key is done once, and the second asker is told", async () => {
  const { db, worker, put } = await outboxKit();
  const ran = vi.fn(async () => {});
  await put({ key: "1" });
  expect(await inTx(db, (tx) => enqueue(tx, { kind: "a", key: "1", payload: null }))).toEqual({ fresh: false });
  expect(await inTx(db, (tx) => enqueue(tx, { kind: "b", key: "1", payload: null }))).toEqual({ fresh: true });
  await worker({ a: ran, b: async () => {} }).settle();
  expect(ran).toHaveBeenCalledOnce();
});

test("a failure comes again later, each time later, and is dead at the last try; the order behind it waits until staff act", async () => {
  const { clock, db, worker, put, dead } = await outboxKit();
  let fail = true;
  const ran: string[] = [];
  const flaky: Handler = async (job) => {
    if (job.key === "bad" && fail) throw new Error(`no answer for 19900000001, try ${job.attempt}`);
    ran.push(job.key);
  };
  await put({ key: "bad", orderKey: "x", region: "990101001001" }, { key: "next", orderKey: "x" });
  const one = worker({ a: flaky }, { maxAttempts: 3 });
  await one.settle();
  const [first] = await db.rows<{ attempts: number }>("SELECT attempts FROM outbox WHERE idem_key = 'bad'");
  expect(first?.attempts).toBe(1);
  clock.advance(900);
  await one.settle();
  expect((await outboxState(db)).dead).toBe(0);
  for (let n = 0; n < 2; n++) {
    clock.advance(3_600_000);
    await one.settle();
  }
  const [letter] = await dead();
  expect(letter).toMatchObject({
    kind: "a",
    attempts: 3,
    fault: "no answer for [phone], try 3",
    region: "990101001001",
  });
  expect(ran).toEqual([]);
  fail = false;
  const id = letter?.id ?? 0;
  expect(await inTx(db, (tx) => redrive(tx, id))).toBe(true);
  expect(await inTx(db, (tx) => redrive(tx, id))).toBe(false);
  await one.settle();
  expect(ran).toEqual(["bad", "next"]);
});

test("a job that gives up is dead at once, and dropping it lets its order go on", async () => {
  const { db, worker, put, dead } = await outboxKit();
  const ran: string[] = [];
  await put({ key: "bad", orderKey: "x" }, { key: "next", orderKey: "x" });
  const one = worker({
    a: async (job) => {
      if (job.key === "bad") throw new GiveUp("no such template");
      ran.push(job.key);
    },
  });
  await one.settle();
  const [letter] = await dead();
  expect(letter?.attempts).toBe(1);
  await inTx(db, (tx) => dropDead(tx, letter?.id ?? 0));
  await one.settle();
  expect(ran).toEqual(["next"]);
});

test("a started worker runs a job as soon as its transaction commits", async () => {
  const { worker, put } = await outboxKit();
  const done = gate();
  const one = worker({ a: async () => done.open() }, { pollMs: 600_000 });
  one.start();
  await one.settle();
  await put({ key: "1" });
  await done.passed;
  await one.stop();
});

test("a kind that this process does not know stays for one that does", async () => {
  const { log, clock, db, worker, put, states } = await outboxKit();
  await put({ key: "1", kind: "newer" });
  await worker({ a: async () => {} }).settle();
  expect(await states()).toEqual({ "1": "waiting" });
  clock.advance(7_000);
  expect((await outboxState(db)).lagMs).toBe(7_000);
  expect(await outboxState(db, ["a"])).toEqual({ waiting: 1, dead: 0, lagMs: 0 });
  const app = fastify();
  healthRoutes(app, { db, log, stopping: () => false, maxLagMs: 1_000, kinds: ["a"] });
  expect((await app.inject("/readyz")).statusCode).toBe(200);
  await app.close();
});

test("what waits behind a dead job is counted, and makes no process unready", async () => {
  const { clock, db, worker, put } = await outboxKit();
  await put({ key: "1", orderKey: "k" }, { key: "2", orderKey: "k" });
  const one = worker({
    a: async () => {
      throw new GiveUp("no");
    },
  });
  await one.settle();
  clock.advance(900_000);
  expect(await outboxState(db)).toEqual({ waiting: 1, dead: 1, lagMs: 0 });
  await put({ key: "3", orderKey: "other" }, { key: "4", orderKey: "other" }, { key: "5" });
  clock.advance(7_000);
  expect((await outboxState(db, ["a"])).lagMs).toBe(7_000);
});

test("sweeping removes what was done long ago and nothing else", async () => {
  const { clock, db, worker, put, states } = await outboxKit();
  await put({ key: "old" }, { key: "later", notBefore: clock.now() + 99_000 });
  const one = worker({ a: async () => {} });
  await one.settle();
  clock.advance(10_000);
  await put({ key: "new" });
  await one.settle();
  expect(await sweepOutbox(db, clock.now() - 5_000)).toBe(1);
  expect(await states()).toEqual({ new: "done", later: "waiting" });
});
