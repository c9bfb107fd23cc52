import { eq } from "drizzle-orm";
import { onTestFinished } from "vitest";
import { manualClock } from "../src/kernel/clock.ts";
import { type Db, openDb } from "../src/kernel/db.ts";
import { openLog } from "../src/kernel/log.ts";
import { type Enqueue, enqueue, type Handler } from "../src/kernel/outbox.ts";
import { type OutboxSettings, type OutboxWorker, outboxWorker } from "../src/kernel/outbox-worker.ts";
import { outbox } from "../src/kernel/schema.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { inTx } from "../src/kernel/tx.ts";
import { freshDatabase } from "./database/index.ts";

const log = openLog("silent");

/** For one test: an empty outbox, and a clock that stands still. */
export async function outboxKit() {
  const clock = manualClock(1_790_000_000_000);
  const home = await freshDatabase();
  const opened: Db[] = [];
  onTestFinished(async () => {
    await Promise.all(opened.map((each) => each.close()));
    await home.drop();
  });
  /** As if in another process: a pool of its own. */
  function anotherDb(): Db {
    const other = openDb(testConfig({ DATABASE_URL: home.url, DATABASE_POOL: "8" }), clock);
    opened.push(other);
    return other;
  }
  const db = anotherDb();
  return {
    log,
    clock,
    db,
    anotherDb,
    worker: (handlers: Record<string, Handler>, more: Partial<OutboxSettings> = {}): OutboxWorker =>
      outboxWorker({ db, log, handlers, ...more }),
    /** Jobs of kind `a`, whose payload is their key. */
    put: (...jobs: (Partial<Enqueue> & { key: string })[]) =>
      inTx(db, async (tx) => {
        for (const job of jobs) await enqueue(tx, { kind: "a", payload: { n: job.key }, ...job });
      }),
    /** By key. */
    states: async () =>
      Object.fromEntries(
        (await db.rows<{ idem_key: string; state: string }>("SELECT idem_key, state FROM outbox")).map((row) => [
          row.idem_key,
          row.state,
        ]),
      ),
    /** What staff would see as dead letters. */
    dead: () => db.read.select().from(outbox).where(eq(outbox.state, "dead")),
  };
}

/** Nobody passes before it is opened. */
export const gate = () => {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
};
