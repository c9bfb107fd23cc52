import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { gate } from "../../test/outbox-kit.ts";
import { type ManualClock, manualClock } from "./clock.ts";
import { type Db, openDb } from "./db.ts";
import { openLog } from "./log.ts";
import { enqueue, type Handler, sweepOutbox } from "./outbox.ts";
import { type OutboxOutcome, type OutboxSettings, outboxWorker } from "./outbox-worker.ts";
import { testConfig } from "./testing.ts";
import { inTx } from "./tx.ts";

const log = openLog("silent");
let clock: ManualClock;
let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeEach(async () => {
  clock = manualClock(1_790_000_000_000);
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url, DATABASE_POOL: "8" }), clock);
});
afterEach(async () => {
  await db.close();
  await home.drop();
});

const worker = (a: Handler, more: Partial<OutboxSettings> = {}) => outboxWorker({ db, log, handlers: { a }, ...more });
const put = (key: string, orderKey: string, until?: Promise<void>, held?: () => void) =>
  inTx(db, async (tx) => {
    await enqueue(tx, { kind: "a", key, orderKey, payload: null });
    held?.();
    await until;
  });
const stateOf = async (key: string) =>
  (await db.rows<{ state: string }>("SELECT state FROM outbox WHERE idem_key = ?", [key]))[0]?.state;
/** Transactions of this database that wait for a lock; InnoDB shows them anew only after a tenth of a second. */
const waiting = async () =>
  (
    await db.rows(
      `SELECT 1 FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
       WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`,
    )
  ).length;

describe("jobs of one order key", () => {
  test("run one after another, in the order of their commits, when the later transaction could overtake", async () => {
    const seen: string[] = [];
    const [held, slow, second] = [gate(), gate(), gate()];
    const one = worker(async ({ key }) => {
      seen.push(`start ${key}`);
      if (key === "second") await second.passed;
      seen.push(`end ${key}`);
    });
    const first = put("first", "x", slow.passed, held.open);
    await held.passed;
    const next = put("second", "x");
    // It waits for the first one to commit instead of overtaking it.
    await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(0), { timeout: 4_000, interval: 200 });
    // What has been committed so far runs now; the earlier transaction comes while it may be at work.
    const settled = one.settle();
    slow.open();
    await first;
    const rest = worker(async ({ key }) => {
      seen.push(`start ${key}`, `end ${key}`);
    });
    second.open();
    await Promise.all([next, settled]);
    await rest.settle();
    expect(seen).toEqual(["start first", "end first", "start second", "end second"]);
  });

  test("never run side by side, even where one with a lower number comes late", async () => {
    const [inside, go] = [gate(), gate()];
    const seen: string[] = [];
    await put("later", "x");
    const one = worker(async ({ key }) => {
      seen.push(`start ${key}`);
      inside.open();
      await go.passed;
      seen.push(`end ${key}`);
    });
    const settled = one.settle();
    await inside.passed;
    await db.pool.query(
      `INSERT INTO outbox (id, kind, idem_key, order_key, payload, state, attempts, due_at, created_at)
       VALUES (0 - 1, 'a', 'earlier', 'x', 'null', 'waiting', 0, '2026-01-01', '2026-01-01')`,
    );
    await worker(async ({ key }) => void seen.push(`beside ${key}`)).settle();
    expect(seen).toEqual(["start later"]);
    go.open();
    await settled;
    expect(seen).toEqual(["start later", "end later", "start earlier", "end earlier"]);
  });

  test("that ends while the next claim is on its way lets its successor run in the same settling", async () => {
    const [first, query] = [gate(), db.pool.query.bind(db.pool)];
    await put("1", "x");
    await put("2", "x");
    let claims = 0;
    vi.spyOn(db.pool, "query").mockImplementation(async (...words: Parameters<typeof query>) => {
      const answer = await query(...words);
      if (!JSON.stringify(words).includes("SELECT o.id") || ++claims !== 2) return answer;
      // The second claim has looked, and found the order taken; its answer arrives after the job's end.
      first.open();
      await vi.waitFor(async () => expect(ended).toEqual(["1"]));
      return answer;
    });
    const ended: string[] = [];
    const one = worker(async ({ key }) => (key === "1" ? first.passed : undefined), {
      onJob: () => void ended.push(String(ended.length + 1)),
    });
    await one.settle();
    expect(await stateOf("2")).toBe("done");
  });

  test("leave no trace of the key once they are swept", async () => {
    await put("1", "old");
    await worker(async () => {}).settle();
    clock.advance(10_000);
    await put("2", "new");
    expect(await sweepOutbox(db, clock.now() - 5_000)).toBe(1);
    expect(await db.rows("SELECT order_key FROM outbox_order")).toEqual([{ order_key: "new" }]);
  });
});

test("a job that takes its process down at every try is dead after the last one, and is not run again", async () => {
  const ran = vi.fn(async () => {});
  const outcomes: OutboxOutcome[] = [];
  await put("poison", "x");
  await put("next", "x");
  // Three claims, and no process lived to write down how they ended.
  await db.pool.query(
    "UPDATE outbox SET attempts = 3, token = 'gone', lease_until = ?, fault = 'no answer' WHERE idem_key = 'poison'",
    ["2026-01-01"],
  );
  await worker(ran, { maxAttempts: 3, onJob: (_kind, outcome) => void outcomes.push(outcome) }).settle();
  expect(ran).not.toHaveBeenCalled();
  expect(outcomes).toEqual(["dead"]);
  expect(await db.rows("SELECT idem_key, state, fault FROM outbox ORDER BY id")).toEqual([
    { idem_key: "poison", state: "dead", fault: "no process lived to the end of the last try; before: no answer" },
    { idem_key: "next", state: "waiting", fault: null },
  ]);
});
