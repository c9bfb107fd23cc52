import { AsyncLocalStorage } from "node:async_hooks";
import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { drizzle, type MySql2Database } from "drizzle-orm/mysql2";
import type { PoolConnection } from "mysql2/promise";
import type { Db } from "./db.ts";
import { isHeld, isPassing } from "./db-faults.ts";
import { Trips, type Value } from "./tx-trips.ts";

declare const inside: unique symbol;
type Statements = "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute" | "$count";
/** An open transaction. Only `inTx` and `inTxForMany` make one, so a function that takes a `Tx` cannot run outside. */
export type Tx = Pick<MySql2Database<Record<string, never>>, Statements> & { readonly [inside]: true };

type Open = { db: Db; connection: PoolConnection; trips: Trips | null; open: boolean; hooks: (() => void)[] };
type Done<T> = { result: T; hooks: Open["hooks"] };
type Once = <T>(db: Db, fn: (tx: Tx) => Promise<T>) => Promise<Done<T>>;
const opened = new WeakMap<Tx, Open>();
const current = new AsyncLocalStorage<Open>();
const maxAttempts = 10;
/** Each has waited for five seconds already. */
const maxWaits = 2;
const over = "this transaction is over: an await is missing";

/** Is a transaction open in this flow of calls? The network must wait until it is not. */
export const insideTx = (): boolean => current.getStore()?.open === true;

/**
 * Runs `fn` in one transaction and commits. When others got in the way (deadlock, lock time-out, Galera certification,
 * also at COMMIT) the whole of `fn` runs again, so it must do nothing but talk to its `tx`. A connection lost at COMMIT
 * is not retried: nobody knows whether it was kept. Nor is waiting for a row that somebody holds for very long.
 */
export const inTx = <T>(db: Db, fn: (tx: Tx) => Promise<T>): Promise<T> => inTurn(once, db, fn);

/**
 * As `inTx`, for what is written for many people at once, in few round trips (`Trips`): a `write` is done, and fails, only
 * with the next statement or at COMMIT. `write` and `rowsIn` are all that works with its `tx`.
 */
export const inTxForMany = <T>(db: Db, fn: (tx: Tx) => Promise<T>): Promise<T> => inTurn(onceForMany, db, fn);

async function inTurn<T>(once: Once, db: Db, fn: (tx: Tx) => Promise<T>): Promise<T> {
  if (insideTx()) throw new Error("a transaction is already open: pass its tx on");
  for (let attempt = 1, waits = 0; ; attempt++) {
    try {
      const { result, hooks } = await once(db, fn);
      for (const hook of hooks) hook();
      return result;
    } catch (fault) {
      if (attempt === maxAttempts || !isPassing(fault)) throw fault;
      if (isHeld(fault) && ++waits === maxWaits) throw fault;
      await wait(randomInt(2, 4 + 2 ** attempt));
    }
  }
}

/** Runs after the commit, once, never for an attempt that was rolled back. In-process bumps only: it must not fail. */
export function afterCommit(tx: Tx, hook: () => void): void {
  openOf(tx).hooks.push(hook);
}

/** The database that this transaction belongs to. */
export const dbOf = (tx: Tx): Db => openOf(tx).db;

/** A prepared statement that writes, inside the transaction: the fastest way; for what happens all the time. */
export async function write(tx: Tx, sql: string, params: readonly Value[]): Promise<void> {
  const { trips, connection } = stillOpen(tx);
  if (trips) trips.write(sql, params);
  else await connection.execute(sql, [...params]);
}

/** A prepared statement that reads, inside the transaction: it sees what was written there, and may lock. */
export async function rowsIn<Row>(tx: Tx, sql: string, params: readonly Value[]): Promise<Row[]> {
  const { trips, connection } = stillOpen(tx);
  if (trips) return (await trips.rows(sql, params)) as Row[];
  const [found] = await connection.execute(sql, [...params]);
  return found as Row[];
}

function stillOpen(tx: Tx): Open {
  const open = openOf(tx);
  if (!open.open) throw new Error(over);
  return open;
}

/**
 * In parts of 64, 32, and at most 16: a statement for many rows is prepared in a few lengths, not in every one.
 * With `inTxForMany` none is prepared, and a part is as long as may be.
 */
export function inParts<T>(tx: Tx, rows: readonly T[]): T[][] {
  const least = openOf(tx).trips ? 64 : 16;
  const parts: T[][] = [];
  for (let from = 0, size = 64; from < rows.length; from += size) {
    while (size > least && size > rows.length - from) size /= 2;
    parts.push(rows.slice(from, from + size));
  }
  return parts;
}

/** Raises the version of each scope; cached answers that depend on them are gone after the commit. */
export async function bump(tx: Tx, ...scopes: string[]): Promise<void> {
  // Always in the same order: two transactions that raise the same scopes must not deadlock.
  const sorted = [...new Set(scopes)].sort();
  for (const part of inParts(tx, sorted)) {
    const values = part.map(() => "(?, 1)").join(", ");
    await write(
      tx,
      `INSERT INTO version_stamp (scope, version) VALUES ${values} ON DUPLICATE KEY UPDATE version = version + 1`,
      part,
    );
  }
  const { versions } = dbOf(tx);
  afterCommit(tx, () => versions.forget(sorted));
}

function openOf(tx: Tx): Open {
  const open = opened.get(tx);
  if (!open) throw new Error("not a transaction of inTx");
  return open;
}

async function once<T>(db: Db, fn: (tx: Tx) => Promise<T>): Promise<Done<T>> {
  const connection = await db.pool.getConnection();
  const open: Open = { db, connection, trips: null, open: true, hooks: [] };
  const begin = async () => {
    await connection.query("START TRANSACTION");
    return drizzle({ client: guarded(connection, open) }) as Pick<MySql2Database, Statements> as Tx;
  };
  return whole(open, begin, fn, () => connection.query("COMMIT"));
}

async function onceForMany<T>(db: Db, fn: (tx: Tx) => Promise<T>): Promise<Done<T>> {
  const connection = await db.bulk.getConnection();
  const trips = new Trips(connection);
  return whole({ db, connection, trips, open: true, hooks: [] }, async () => ({}) as Tx, fn, trips.commit);
}

async function whole<T>(
  open: Open,
  begin: () => Promise<Tx>,
  fn: (tx: Tx) => Promise<T>,
  commit: () => Promise<unknown>,
): Promise<Done<T>> {
  const { connection } = open;
  let usable = true;
  try {
    const tx = await begin();
    opened.set(tx, open);
    const result = await current.run(open, () => fn(tx));
    open.open = false;
    await commit();
    return { result, hooks: open.hooks };
  } catch (fault) {
    open.open = false;
    usable = await rolledBack(connection);
    throw fault;
  } finally {
    if (usable) connection.release();
    else connection.destroy();
  }
}

async function rolledBack(connection: PoolConnection): Promise<boolean> {
  try {
    await connection.query("ROLLBACK");
    return true;
  } catch {
    // The connection is gone, and the server rolls back by itself; the first fault is the one to report.
    return false;
  }
}

/** A forgotten `await` would otherwise write on a connection that already serves somebody else. */
function guarded(connection: PoolConnection, open: Open): PoolConnection {
  const alive = () => {
    if (!open.open) throw new Error(over);
  };
  return new Proxy(connection, {
    get(target, property) {
      if (property === "query" || property === "execute") alive();
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
