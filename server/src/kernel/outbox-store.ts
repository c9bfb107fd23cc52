import { randomInt } from "node:crypto";
import type { ResultSetHeader, RowDataPacket } from "mysql2/promise";
import { sqlTime } from "./clock.ts";
import type { Db } from "./db.ts";
import { isPassing } from "./db-faults.ts";

/** What the worker says to the database. Single statements, each its own transaction, each conditional on the token. */
export type Claimed = {
  id: number;
  kind: string;
  key: string;
  payload: string;
  attempts: number;
  fault: string | null;
};

/**
 * Claims up to `size` due jobs under `token`. Two steps, since no engine lets an UPDATE ask its own table: pick
 * candidates (of each order key only the first unfinished one, and none while another of that key holds a lease), then take
 * those that nobody took meanwhile. A candidate cannot lose its place at the head of its order (see `enqueue`), so the
 * condition on its own lease is enough.
 */
export async function claim(
  db: Db,
  want: { kinds: readonly string[]; token: string; size: number; now: number; leaseUntil: number },
): Promise<Claimed[]> {
  const now = sqlTime(want.now);
  // More than are wanted, then a stretch of them by chance: workers that look at the same moment rarely collide.
  const [seen] = await db.pool.query<RowDataPacket[]>(
    `SELECT o.id FROM outbox o
     WHERE o.state = 'waiting' AND o.due_at <= ? AND (o.lease_until IS NULL OR o.lease_until <= ?) AND o.kind IN (?)
       AND (o.order_key IS NULL OR NOT EXISTS (
         SELECT 1 FROM outbox e WHERE e.order_key = o.order_key AND e.state IN ('waiting', 'dead')
           AND (e.id < o.id OR (e.id > o.id AND e.lease_until > ?))))
     ORDER BY o.due_at LIMIT ?`,
    [now, now, want.kinds, now, want.size * 4],
  );
  if (seen.length === 0) return [];
  const from = seen.length > want.size ? randomInt(seen.length - want.size + 1) : 0;
  const ids = seen.slice(from, from + want.size).map((row) => Number(row["id"]));
  const taken = await change(
    db,
    `UPDATE outbox SET token = ?, lease_until = ?, attempts = attempts + 1
     WHERE id IN (?) AND state = 'waiting' AND due_at <= ? AND (lease_until IS NULL OR lease_until <= ?)`,
    [want.token, sqlTime(want.leaseUntil), ids, now, now],
  );
  if (taken === 0) return [];
  const [rows] = await db.pool.query<RowDataPacket[]>(
    "SELECT id, kind, idem_key, payload, attempts, fault FROM outbox WHERE token = ? AND state = 'waiting' ORDER BY id",
    [want.token],
  );
  return rows.map((row) => ({
    id: Number(row["id"]),
    kind: String(row["kind"]),
    key: String(row["idem_key"]),
    payload: String(row["payload"]),
    attempts: Number(row["attempts"]),
    fault: row["fault"] === null ? null : String(row["fault"]),
  }));
}

const mine = "token = ? AND state = 'waiting'";

/** Marks jobs done that this token still holds; answers how many. */
export const markDone = (db: Db, token: string, ids: readonly number[], now: number): Promise<number> =>
  change(
    db,
    `UPDATE outbox SET state = 'done', ended_at = ?, token = NULL, lease_until = NULL, fault = NULL WHERE id IN (?) AND ${mine}`,
    [sqlTime(now), ids, token],
  );

export const markLater = (db: Db, token: string, id: number, dueAt: number, fault: string): Promise<number> =>
  change(db, `UPDATE outbox SET due_at = ?, token = NULL, lease_until = NULL, fault = ? WHERE id = ? AND ${mine}`, [
    sqlTime(dueAt),
    fault,
    id,
    token,
  ]);

export const markDead = (db: Db, token: string, id: number, now: number, fault: string): Promise<number> =>
  change(
    db,
    `UPDATE outbox SET state = 'dead', ended_at = ?, token = NULL, lease_until = NULL, fault = ? WHERE id = ? AND ${mine}`,
    [sqlTime(now), fault, id, token],
  );

/** Gives claimed jobs back as if they had never been taken. */
export const handBack = (db: Db, token: string, ids: readonly number[]): Promise<number> =>
  change(
    db,
    `UPDATE outbox SET token = NULL, lease_until = NULL, attempts = attempts - 1 WHERE id IN (?) AND ${mine}`,
    [ids, token],
  );

export const renew = (db: Db, tokens: readonly string[], leaseUntil: number): Promise<number> =>
  change(db, "UPDATE outbox SET lease_until = ? WHERE token IN (?) AND state = 'waiting'", [
    sqlTime(leaseUntil),
    tokens,
  ]);

async function change(db: Db, statement: string, values: unknown[]): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      const [result] = await db.pool.query<ResultSetHeader>(statement, values);
      return result.affectedRows;
    } catch (fault) {
      if (attempt === 5 || !isPassing(fault)) throw fault;
    }
  }
}
