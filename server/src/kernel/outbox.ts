import { and, asc, eq, inArray, isNull, lt, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/mysql-core";
import type { Db } from "./db.ts";
import { isDuplicate } from "./db-faults.ts";
import { outbox, outboxOrder } from "./schema.ts";
import { afterCommit, dbOf, inTx, type Tx } from "./tx.ts";

export type Enqueue = {
  kind: string;
  /** The same kind and key is done once only, for as long as the row is kept (30 days after it was done). */
  key: string;
  /**
   * Jobs with the same order key run one after another, in the order in which their transactions committed. A dead one holds
   * up the rest. Transactions that enqueue under the same key wait for each other.
   */
  orderKey?: string;
  /** Whose staff sees it when it is dead. */
  region?: string;
  payload: unknown;
  /** Not before this time (epoch ms). */
  notBefore?: number;
};

export type Job = {
  id: number;
  kind: string;
  key: string;
  payload: unknown;
  /** 1 at the first try. */
  attempt: number;
  /** What the try before this one failed with. */
  before: string | null;
  /** Fires when the process is stopping and the job will be handed back. */
  signal: AbortSignal;
  /**
   * Marks the job done inside the handler's own transaction: its writes and the mark are kept together or not at all.
   * Throws when another process has taken the job over meanwhile.
   */
  finish(tx: Tx): Promise<void>;
};

/** A handler may run twice for one job (a crash between the deed and the mark): hand `job.key` on as idempotency key. */
export type Handler = (job: Job) => Promise<void>;

/** Thrown by a handler when trying again is of no use: the job is dead at once, and staff see it. */
export class GiveUp extends Error {
  override readonly name = "GiveUp";
}

/** A job that starts only if this transaction commits. `fresh` is false when the same kind and key was there already. */
export async function enqueue(tx: Tx, job: Enqueue): Promise<{ fresh: boolean }> {
  const { clock, signals } = dbOf(tx);
  const now = clock.now();
  // Held to the commit, and taken before the row gets its number: so the numbers of one key rise in the order of commits.
  if (job.orderKey !== undefined) {
    await tx.execute(
      sql`INSERT INTO outbox_order (order_key, n) VALUES (${job.orderKey}, 1) ON DUPLICATE KEY UPDATE n = n + 1`,
    );
  }
  try {
    await tx.insert(outbox).values({
      kind: job.kind,
      idemKey: job.key,
      orderKey: job.orderKey ?? null,
      region: job.region ?? null,
      payload: JSON.stringify(job.payload ?? null),
      state: "waiting",
      attempts: 0,
      dueAt: Math.max(job.notBefore ?? now, now),
      createdAt: now,
    });
  } catch (fault) {
    if (isDuplicate(fault)) return { fresh: false };
    throw fault;
  }
  afterCommit(tx, () => signals.emit("outbox"));
  return { fresh: true };
}

const dead = (id: number) => and(eq(outbox.id, id), eq(outbox.state, "dead"));

/** Tries a dead job again from the start. False when it is not dead (any more). */
export async function redrive(tx: Tx, id: number): Promise<boolean> {
  const { clock, signals } = dbOf(tx);
  const [result] = await tx
    .update(outbox)
    .set({ state: "waiting", attempts: 0, dueAt: clock.now(), endedAt: null, token: null, leaseUntil: null })
    .where(dead(id));
  afterCommit(tx, () => signals.emit("outbox"));
  return result.affectedRows === 1;
}

/** Lets a dead job go for good, so that the jobs behind it in its order can run. */
export async function dropDead(tx: Tx, id: number): Promise<boolean> {
  const { clock, signals } = dbOf(tx);
  const [result] = await tx.update(outbox).set({ state: "done", endedAt: clock.now() }).where(dead(id));
  afterCommit(tx, () => signals.emit("outbox"));
  return result.affectedRows === 1;
}

/** Removes jobs that were done before `before`, in small bites, and the order keys of which nothing is left; answers how many jobs. */
export async function sweepOutbox(db: Db, before: number): Promise<number> {
  const swept = await sweepDone(db, before);
  const unused = notExists(
    db.read.select({ id: outbox.id }).from(outbox).where(eq(outbox.orderKey, outboxOrder.orderKey)),
  );
  for (;;) {
    const old = await db.read.select({ key: outboxOrder.orderKey }).from(outboxOrder).where(unused).limit(500);
    if (old.length === 0) return swept;
    const keys = old.map((row) => row.key);
    await inTx(db, (tx) => tx.delete(outboxOrder).where(inArray(outboxOrder.orderKey, keys)));
  }
}

async function sweepDone(db: Db, before: number): Promise<number> {
  for (let swept = 0; ; ) {
    const old = await db.read
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(eq(outbox.state, "done"), lt(outbox.dueAt, before), lt(outbox.endedAt, before)))
      .limit(500);
    if (old.length === 0) return swept;
    const ids = old.map((row) => row.id);
    await inTx(db, (tx) => tx.delete(outbox).where(and(inArray(outbox.id, ids), eq(outbox.state, "done"))));
    swept += ids.length;
  }
}

export type OutboxState = { waiting: number; dead: number; lagMs: number };

/**
 * How many jobs wait, how many are dead, and for how long the oldest that could run has been due: one behind another of
 * its order waits for that, not for a worker. `kinds` leaves out what this program does not know.
 */
export async function outboxState(db: Db, kinds?: readonly string[]): Promise<OutboxState> {
  const now = db.clock.now();
  const [row] = await db.rows<{ waiting: number; dead: number }>(
    `SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'waiting') AS waiting,
            (SELECT COUNT(*) FROM outbox WHERE state = 'dead') AS dead`,
  );
  const earlier = alias(outbox, "e");
  const ahead = db.read
    .select({ id: earlier.id })
    .from(earlier)
    .where(
      and(
        eq(earlier.orderKey, outbox.orderKey),
        inArray(earlier.state, ["waiting", "dead"]),
        lt(earlier.id, outbox.id),
      ),
    );
  const [oldest] = await db.read
    .select({ dueAt: outbox.dueAt })
    .from(outbox)
    .where(
      and(
        eq(outbox.state, "waiting"),
        lt(outbox.dueAt, now),
        or(isNull(outbox.orderKey), notExists(ahead)),
        kinds ? inArray(outbox.kind, [...kinds]) : undefined,
      ),
    )
    .orderBy(asc(outbox.dueAt))
    .limit(1);
  return {
    waiting: Number(row?.waiting ?? 0),
    dead: Number(row?.dead ?? 0),
    lagMs: oldest ? now - oldest.dueAt : 0,
  };
}
