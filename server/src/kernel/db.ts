import { EventEmitter } from "node:events";
import { customType } from "drizzle-orm/mysql-core";
import { drizzle, type MySql2Database } from "drizzle-orm/mysql2";
import mysql, { type Pool, type PoolOptions, type RowDataPacket } from "mysql2/promise";
import { type Clock, sqlTime, sqlTimeToMs, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { connectionOptions } from "./db-address.ts";
import { losePatience, patience } from "./db-patience.ts";
import { subKey } from "./seal.ts";
import { Versions } from "./versions.ts";

export { migrate } from "./migrate.ts";

type Drizzle = MySql2Database<Record<string, never>>;
/** Reading needs no transaction, and writing is not possible with it: that takes a `Tx`. */
export type Reads = Pick<Drizzle, "select" | "selectDistinct" | "$count">;

export type Db = {
  pool: Pool;
  /** For `inTxForMany` only: they take several statements at once. */
  bulk: Pool;
  clock: Clock;
  read: Reads;
  /** A prepared statement on the pool: the fastest way to read; for hot lists. */
  rows<Row>(sql: string, params?: readonly (string | number | null)[]): Promise<Row[]>;
  versions: Versions;
  /** `outbox`: a job was committed in this process. */
  signals: EventEmitter<{ outbox: [] }>;
  /** Of the audit chain; for `record` only. */
  auditKey: Buffer;
  close(): Promise<void>;
};

/** A time column: DATETIME(3) in UTC in the database, epoch milliseconds in the code. */
export const instant = customType<{ data: number; driverData: string }>({
  dataType: () => "datetime(3)",
  toDriver: sqlTime,
  fromDriver: sqlTimeToMs,
});

/**
 * READ COMMITTED, for all connections: claims are conditional UPDATEs that look at the newest committed row anyway, a
 * read after such an UPDATE then agrees with it, and there are no gap locks to deadlock on. The strict mode makes a
 * value that does not fit an error. The statements are queued before anything else on a new connection.
 */
const session = [
  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION', SESSION innodb_lock_wait_timeout = 5",
];

/** What goes to them is gathered: more would only cut it smaller. */
const bulkConnections = 2;

export function openDb(
  config: Pick<Config, "DATABASE_URL" | "DATABASE_POOL" | "AUDIT_KEY">,
  clock: Clock = systemClock,
  limits = patience,
): Db {
  const poolOf = (size: number, more: PoolOptions = {}): Pool => {
    const made = mysql.createPool({
      ...connectionOptions(config.DATABASE_URL),
      connectionLimit: size,
      maxIdle: size,
      // Beyond this, waiting helps nobody: the call is refused as BUSY.
      queueLimit: size * 50,
      enableKeepAlive: true,
      ...more,
    });
    prepareSessions(made);
    return made;
  };
  const pool = poolOf(config.DATABASE_POOL);
  const bulk = poolOf(bulkConnections, { multipleStatements: true });
  const stops = [pool, bulk].map((one) => losePatience(one, limits));
  const rows = async <Row>(sql: string, params: readonly (string | number | null)[] = []): Promise<Row[]> => {
    const [found] = await pool.execute<RowDataPacket[]>(sql, [...params]);
    return found as Row[];
  };
  return {
    pool,
    bulk,
    clock,
    read: drizzle({ client: pool }),
    rows,
    versions: new Versions(rows),
    signals: new EventEmitter(),
    auditKey: subKey(config.AUDIT_KEY, "audit chain", 32),
    close: async () => {
      for (const stop of stops) stop();
      await Promise.all([pool.end(), bulk.end()]);
    },
  };
}

function prepareSessions(pool: Pool): void {
  pool.pool.on("connection", (connection) => {
    for (const statement of session) {
      connection.query(statement, (fault: unknown) => {
        if (fault) connection.destroy();
      });
    }
  });
}
