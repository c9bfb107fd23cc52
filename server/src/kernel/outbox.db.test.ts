import { eq } from "drizzle-orm";
import fastify from "fastify";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { type ManualClock, manualClock } from "./clock.ts";
import { type Db, openDb } from "./db.ts";
import { healthRoutes } from "./health.ts";
import { openLog } from "./log.ts";
import {
  dropDead,
  type Enqueue,
  enqueue,
  GiveUp,
  type Handler,
  type Job,
  outboxState,
  redrive,
  sweepOutbox,
} from "./outbox.ts";
import { type OutboxSettings, type OutboxWorker, outboxWorker } from "./outbox-worker.ts";
import { outbox } from "./schema.ts";
import { testConfig } from "./testing.ts";
import { inTx } from "./tx.ts";

const log = openLog("silent");
let clock: ManualClock;
let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
let others: Db[];
beforeEach(async () => {
  clock = manualClock(1_790_000_000_000);
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url, DATABASE_POOL: "8" }), clock);
  others = [];
});
afterEach(async () => {
  await Promise.all([db, ...others].map((each) => each.close()));
  await home.drop();
});
/** As if in another process: a pool of its own. */
function anotherDb(): Db {
  const other = openDb(testConfig({ DATABASE_URL: home.url, DATABASE_POOL: "8" }), clock);
  others.push(other);
  return other;
}

const worker = (handlers: Record<string, Handler>, more: Partial<OutboxSettings> = {}): OutboxWorker =>
  outboxWorker({ db, log, handlers, ...more });
const put = (...jobs: (Partial<Enqueue> & { key: string })[]) =>
  inTx(db, async (tx) => {
    for (const job of jobs) await enqueue(tx, { kind: "a", payload: { n: job.key }, ...job });
  });
const gate = () => {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
};
const states = async () =>
  Object.fromEntries(
    (await db.rows<{ idem_key: string; state: string }>("SELECT idem_key, state FROM outbox")).map((row) => [
      row.idem_key,
      row.state,
    ]),
  );

test("a job of a transaction that rolled back never runs", async () => {
  const ran = vi.fn(async () => {});
  await inTx(db, async (tx) => {
    await enqueue(tx, { kind: "a", key: "1", payload: null });
    throw new Error("no");
  }).catch(() => undefined);
  await worker({ a: ran }).settle();
  expect(ran).not.toHaveBeenCalled();
});

test("settle runs all that is due, also what the jobs enqueue, and leaves the rest", async () => {
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
  const ran = vi.fn(async () => {});
  await put({ key: "1" });
  expect(await inTx(db, (tx) => enqueue(tx, { kind: "a", key: "1", payload: null }))).toEqual({ fresh: false });
  expect(await inTx(db, (tx) => enqueue(tx, { kind: "b", key: "1", payload: null }))).toEqual({ fresh: true });
  await worker({ a: ran, b: async () => {} }).settle();
  expect(ran).toHaveBeenCalledOnce();
});

test("four workers on two pools run each of 300 jobs exactly once", async () => {
  const runs = new Map<string, number>();
  const count: Handler = async (job) => {
    runs.set(job.key, (runs.get(job.key) ?? 0) + 1);
  };
  await put(...Array.from({ length: 300 }, (_, n) => ({ key: `k${n}` })));
  const other = anotherDb();
  const workers = [db, db, other, other].map((each) => outboxWorker({ db: each, log, handlers: { a: count } }));
  await Promise.all(workers.map((each) => each.settle()));
  await Promise.all(workers.map((each) => each.settle()));
  expect(runs.size).toBe(300);
  expect(Math.max(...runs.values())).toBe(1);
});

test("jobs of one order key run one after another in their order, on two workers, and others pass by", async () => {
  const ran: string[] = [];
  let inside = 0;
  const ordered: Handler = async (job) => {
    if (!job.key.startsWith("o")) return;
    expect(++inside).toBe(1);
    await db.rows("SELECT SLEEP(0.005)");
    ran.push(job.key);
    inside--;
  };
  await put(...Array.from({ length: 12 }, (_, n) => ({ key: `o${10 + n}`, orderKey: "bill:7" })), { key: "free" });
  const both = [worker({ a: ordered }), worker({ a: ordered }, { db: anotherDb() })];
  while ((await outboxState(db)).waiting > 0) await Promise.all(both.map((each) => each.settle()));
  expect(ran).toEqual(Array.from({ length: 12 }, (_, n) => `o${10 + n}`));
});

test("a failure comes again later, each time later, and is dead at the last try; the order behind it waits until staff act", async () => {
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

/** What staff would see as dead letters. */
const dead = () => db.read.select().from(outbox).where(eq(outbox.state, "dead"));

test("a job that gives up is dead at once, and dropping it lets its order go on", async () => {
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

test("the jobs of a process that died come free when its lease has run out, and not before", async () => {
  const stuck = gate();
  const ran: string[] = [];
  await put({ key: "1" });
  const dying = worker({ a: () => stuck.passed }, { db: anotherDb(), leaseMs: 60_000 });
  const settled = dying.settle();
  await vi.waitFor(async () => expect((await db.rows("SELECT id FROM outbox WHERE token IS NOT NULL")).length).toBe(1));
  const heir = worker({ a: async (job) => void ran.push(`${job.key} try ${job.attempt}`) });
  clock.advance(59_000);
  await heir.settle();
  expect(ran).toEqual([]);
  clock.advance(2_000);
  await heir.settle();
  expect(ran).toEqual(["1 try 2"]);
  stuck.open();
  await settled;
  expect(await states()).toEqual({ "1": "done" });
});

test("a slow job keeps its lease while its process lives", async () => {
  const slow = gate();
  const ran = vi.fn(async () => {});
  await put({ key: "1" });
  const one = worker({ a: () => slow.passed }, { leaseMs: 30 });
  const settled = one.settle();
  const lease = async () => (await db.rows<{ until: string }>("SELECT lease_until AS until FROM outbox"))[0]?.until;
  await vi.waitFor(async () => expect(await lease()).toBeTruthy());
  const before = await lease();
  clock.advance(25);
  await vi.waitFor(async () => expect(await lease()).not.toBe(before));
  clock.advance(20);
  await worker({ a: ran }, { db: anotherDb() }).settle();
  expect(ran).not.toHaveBeenCalled();
  slow.open();
  await settled;
});

test("a handler can keep its writes and the mark together; one that was overtaken leaves nothing", async () => {
  const stuck = gate();
  await db.pool.query("CREATE TABLE effect (id int AUTO_INCREMENT PRIMARY KEY, n int) ENGINE=InnoDB");
  const write = async (job: Job) => {
    await inTx(db, async (tx) => {
      await tx.execute("INSERT INTO effect (n) VALUES (1)");
      await job.finish(tx);
    });
  };
  await put({ key: "1" });
  const overtaken = worker(
    {
      a: async (job) => {
        await stuck.passed;
        await write(job);
      },
    },
    { db: anotherDb() },
  );
  const settled = overtaken.settle();
  await vi.waitFor(async () => expect((await db.rows("SELECT id FROM outbox WHERE token IS NOT NULL")).length).toBe(1));
  clock.advance(61_000);
  await worker({ a: write }).settle();
  stuck.open();
  await settled;
  expect(await db.rows("SELECT n FROM effect")).toEqual([{ n: 1 }]);
  expect(await states()).toEqual({ "1": "done" });
});

test("stopping waits for what runs, then hands back what still runs, so that another takes it at once", async () => {
  const ran: string[] = [];
  await put({ key: "stuck" }, { key: "quick" });
  const stopping = worker({
    a: (job) =>
      job.key === "quick"
        ? Promise.resolve()
        : new Promise<void>((_, reject) => job.signal.addEventListener("abort", () => reject(new Error("cut")))),
  });
  stopping.start();
  await vi.waitFor(async () => expect(await states()).toEqual({ stuck: "waiting", quick: "done" }));
  await stopping.stop(10);
  await worker({ a: async (job) => void ran.push(`${job.key} try ${job.attempt}`) }, { db: anotherDb() }).settle();
  expect(ran).toEqual(["stuck try 1"]);
});

test("what a worker was still claiming when it had to stop is handed back as well", async () => {
  const ran: string[] = [];
  const other = anotherDb();
  const slow = anotherDb();
  const held = gate();
  const asked = gate();
  // The claim's first statement is held up on its way to the database.
  const query = slow.pool.query.bind(slow.pool);
  const late = vi.spyOn(slow.pool, "query");
  late.mockImplementationOnce(async (...words: Parameters<typeof query>) => {
    asked.open();
    await held.passed;
    return query(...words);
  });
  await put({ key: "1" });
  const stopping = worker({ a: async (job) => void ran.push(`${job.key} here`) }, { db: slow });
  stopping.start();
  await asked.passed;
  const stopped = stopping.stop(10);
  held.open();
  await stopped;
  await worker({ a: async (job) => void ran.push(`${job.key} try ${job.attempt}`) }, { db: other }).settle();
  expect(ran).toEqual(["1 try 1"]);
});

test("a started worker runs a job as soon as its transaction commits", async () => {
  const done = gate();
  const one = worker({ a: async () => done.open() }, { pollMs: 600_000 });
  one.start();
  await one.settle();
  await put({ key: "1" });
  await done.passed;
  await one.stop();
});

test("a kind that this process does not know stays for one that does", async () => {
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
  await put({ key: "old" }, { key: "later", notBefore: clock.now() + 99_000 });
  const one = worker({ a: async () => {} });
  await one.settle();
  clock.advance(10_000);
  await put({ key: "new" });
  await one.settle();
  expect(await sweepOutbox(db, clock.now() - 5_000)).toBe(1);
  expect(await states()).toEqual({ new: "done", later: "waiting" });
});
