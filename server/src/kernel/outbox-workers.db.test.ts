import { expect, test, vi } from "vitest";
import { gate, outboxKit } from "../../test/outbox-kit.ts";
import { type Handler, type Job, outboxState } from "./outbox.ts";
import { inTx } from "./tx.ts";

test("four workers on two pools run each of 300 jobs exactly once", async () => {
  const { db, anotherDb, worker, put } = await outboxKit();
  const runs = new Map<string, number>();
  const count: Handler = async (job) => {
    runs.set(job.key, (runs.get(job.key) ?? 0) + 1);
  };
  await put(...Array.from({ length: 300 }, (_, n) => ({ key: `k${n}` })));
  const other = anotherDb();
  const workers = [db, db, other, other].map((each) => worker({ a: count }, { db: each }));
  await Promise.all(workers.map((each) => each.settle()));
  await Promise.all(workers.map((each) => each.settle()));
  expect(runs.size).toBe(300);
  expect(Math.max(...runs.values())).toBe(1);
});

test("jobs of one order key run one after another in their order, on two workers, and others pass by", async () => {
  const { db, anotherDb, worker, put } = await outboxKit();
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

test("the jobs of a process that died come free when its lease has run out, and not before", async () => {
  const { clock, db, anotherDb, worker, put, states } = await outboxKit();
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
  const { clock, db, anotherDb, worker, put } = await outboxKit();
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
  const { clock, db, anotherDb, worker, put, states } = await outboxKit();
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
  const { anotherDb, worker, put, states } = await outboxKit();
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
  const { anotherDb, worker, put } = await outboxKit();
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
