import type { ResultSetHeader, RowDataPacket } from "mysql2/promise";
import { sqlTime, systemClock } from "../src/kernel/clock.ts";
import { type Db, migrate, openDb } from "../src/kernel/db.ts";
import { newId } from "../src/kernel/id.ts";
import { openLog } from "../src/kernel/log.ts";
import { outboxWorker } from "../src/kernel/outbox-worker.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { type Bench, interleave, type Scenario } from "./harness.ts";

const jobs = 2_000;
const batch = 20;

/** Jobs a second of one worker with a handler that does nothing, against the bare statements that any such queue needs. */
async function run({ databaseUrl }: Bench): Promise<{ ours: number; limit: number }> {
  const url = new URL(databaseUrl);
  url.pathname = `/bench_outbox_${newId().toLowerCase()}`;
  await migrate(url.href);
  const db = openDb(testConfig({ DATABASE_URL: url.href, DATABASE_POOL: "20" }));
  const handled = async (): Promise<void> => {};
  const worker = outboxWorker({ db, log: openLog("silent"), handlers: { bench: handled }, capacity: batch });
  const perSecond = (work: () => Promise<void>) => async () => {
    await fill(db);
    const began = performance.now();
    await work();
    const [left] = await db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM outbox WHERE state <> 'done'");
    if (Number(left?.n) !== 0) throw new Error(`${left?.n} jobs were left`);
    return jobs / ((performance.now() - began) / 1_000);
  };
  try {
    return await interleave(
      perSecond(() => worker.settle()),
      perSecond(() => bare(db)),
      5,
    );
  } finally {
    await db.pool.query(`DROP DATABASE ${url.pathname.slice(1)}`);
    await db.close();
  }
}

async function fill(db: Db): Promise<void> {
  await db.pool.query("TRUNCATE TABLE outbox");
  const now = sqlTime(systemClock.now());
  const rows = Array.from({ length: jobs }, (_, n) => ["bench", `k${n}`, '{"n":1}', "waiting", 0, now, now]);
  await db.pool.query("INSERT INTO outbox (kind, idem_key, payload, state, attempts, due_at, created_at) VALUES ?", [
    rows,
  ]);
}

/** Claim by token and lease, read, mark: nothing else, with no order, no back-off and nobody to run the jobs. */
async function bare(db: Db): Promise<void> {
  for (;;) {
    const token = newId();
    const now = sqlTime(systemClock.now());
    const [claimed] = await db.pool.query<ResultSetHeader>(
      `UPDATE outbox SET token = ?, lease_until = ?, attempts = attempts + 1
       WHERE state = 'waiting' AND due_at <= ? AND lease_until IS NULL ORDER BY due_at LIMIT ${batch}`,
      [token, now, now],
    );
    if (claimed.affectedRows === 0) return;
    const [rows] = await db.pool.query<RowDataPacket[]>("SELECT * FROM outbox WHERE token = ?", [token]);
    const ids = rows.map((row) => Number(row["id"]));
    await db.pool.query("UPDATE outbox SET state = 'done', token = NULL, lease_until = NULL WHERE id IN (?)", [ids]);
  }
}

export const scenarios: Scenario[] = [{ scenario: "outbox", unit: "jobs/s", run }];
