import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import mysql, { type Connection, type RowDataPacket } from "mysql2/promise";
import { connectionOptions } from "./db-address.ts";
import { errnoOf, isPassing } from "./db-faults.ts";
import { sha256 } from "./digest.ts";

export type Migration = { name: string; checksum: string; statements: string[] };
type Applied = RowDataPacket & { name: string; checksum: string; done: number; finished: number };

/** The folder of the numbered SQL files, beside the source and beside the built server alike. */
export function migrationsFolder(from: string = import.meta.dirname): string {
  for (let folder = from; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const candidate = path.join(folder, "drizzle");
    if (existsSync(path.join(candidate, "0001_kernel.sql"))) return candidate;
  }
  throw new Error(`no folder "drizzle" with migrations above ${from}`);
}

/** All migrations in order. A statement ends with `;` at the end of a line; full-line `--` comments are dropped. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name));
  return names.sort().map((name) => {
    const text = readFileSync(path.join(folder, name), "utf8").replaceAll("\r\n", "\n");
    const statements = text
      .replaceAll(/^\s*--.*$/gm, "")
      .split(/;\s*(?:\n|$)/)
      .map((statement) => statement.trim())
      .filter(Boolean);
    return { name, checksum: sha256(text), statements };
  });
}

/**
 * Brings the database up to date, making it when it is missing. Every file runs once, in order; processes that start
 * together take turns on a locked row, and one that dies lets go of it. DDL commits by itself, so progress is kept per
 * statement: the next start goes on where the last one died. Refuses an applied file that was edited since, and a
 * database that is ahead of this program.
 */
export async function migrate(databaseUrl: string, folder: string = migrationsFolder()): Promise<string[]> {
  const { database = "", ...server } = connectionOptions(databaseUrl);
  if (!/^[A-Za-z0-9_]{1,64}$/.test(database)) throw new Error("the database's name must be of letters, digits and _");
  await within({ ...server }, (connection) => create(connection, database));
  return within({ ...server, database }, (lock) =>
    within({ ...server, database }, async (work) => {
      await prepare(work);
      await hold(lock);
      try {
        return await apply(work, readMigrations(folder));
      } finally {
        await lock.query("ROLLBACK");
      }
    }),
  );
}

/** Names of the files that are not (wholly) applied; for the readiness check. */
export async function pendingMigrations(
  rows: <Row>(sql: string) => Promise<Row[]>,
  folder: string = migrationsFolder(),
): Promise<string[]> {
  const applied = await rows<{ name: string }>("SELECT name FROM migration WHERE finished = 1");
  const names = new Set(applied.map((row) => row.name));
  return readMigrations(folder)
    .map((migration) => migration.name)
    .filter((name) => !names.has(name));
}

async function within<T>(options: mysql.ConnectionOptions, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await mysql.createConnection(options);
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

async function create(connection: Connection, database: string): Promise<void> {
  const [found] = await connection.query<RowDataPacket[]>("SHOW DATABASES LIKE ?", [database.replaceAll("_", "\\_")]);
  if (found.length > 0) return;
  await connection.query(`CREATE DATABASE IF NOT EXISTS ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
}

/**
 * The two tables that a turn needs. Once they are there nothing is asked of them that waits for a lock: the turn of
 * another process may last for minutes, and on Galera a CREATE TABLE would end it.
 */
async function prepare(connection: Connection): Promise<void> {
  const table = "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
  for (let attempt = 1; !(await isPrepared(connection)); attempt++) {
    try {
      await connection.query(`CREATE TABLE IF NOT EXISTS migration (
        name varchar(100) NOT NULL PRIMARY KEY, checksum char(64) NOT NULL, done int NOT NULL, finished tinyint NOT NULL) ${table}`);
      await connection.query(`CREATE TABLE IF NOT EXISTS migration_lock (id tinyint NOT NULL PRIMARY KEY) ${table}`);
      await connection.query("INSERT IGNORE INTO migration_lock (id) VALUES (1)");
    } catch (fault) {
      // Others that start at this moment do the same.
      if (!isPassing(fault) || attempt === 20) throw fault;
      await wait(100);
    }
  }
}

async function isPrepared(connection: Connection): Promise<boolean> {
  try {
    const [rows] = await connection.query<RowDataPacket[]>("SELECT id FROM migration_lock");
    return rows.length > 0;
  } catch (fault) {
    if (errnoOf(fault) === 1146) return false;
    throw fault;
  }
}

async function hold(lock: Connection): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await lock.query("START TRANSACTION");
    try {
      await lock.query("SELECT id FROM migration_lock WHERE id = 1 FOR UPDATE");
      return;
    } catch (fault) {
      if (!isPassing(fault) || attempt === 20) throw fault;
      await lock.query("ROLLBACK");
      await wait(250);
    }
  }
}

async function apply(work: Connection, migrations: readonly Migration[]): Promise<string[]> {
  const [rows] = await work.query<Applied[]>("SELECT name, checksum, done, finished FROM migration ORDER BY name");
  const known = new Set(migrations.map((migration) => migration.name));
  const ahead = rows.find((row) => !known.has(row.name));
  if (ahead) throw new Error(`the database is ahead of this program: it has ${ahead.name}`);
  const [version] = await work.query<RowDataPacket[]>("SELECT VERSION() AS version");
  const noTriggers = /tidb/i.test(String(version[0]?.["version"]));
  const ran: string[] = [];
  for (const migration of migrations) {
    const before = rows.find((row) => row.name === migration.name);
    if (before && before.checksum !== migration.checksum) {
      throw new Error(`${migration.name} was edited after it had been applied: put it back, and add a new file`);
    }
    if (before?.finished) continue;
    await run(work, migration, before?.done ?? null, noTriggers);
    ran.push(migration.name);
  }
  return ran;
}

/** Exists already, or is gone already: what a statement says that ran in the moment before its process died. */
const ranBefore = new Set([1050, 1060, 1061, 1062, 1091, 1359]);

async function run(work: Connection, migration: Migration, resumedAt: number | null, noTriggers: boolean) {
  if (resumedAt === null) {
    await work.query("INSERT INTO migration (name, checksum, done, finished) VALUES (?, ?, 0, 0)", [
      migration.name,
      migration.checksum,
    ]);
  }
  for (const [at, statement] of migration.statements.entries()) {
    if (at < (resumedAt ?? 0) || (noTriggers && /^create trigger/i.test(statement))) continue;
    try {
      await work.query(statement);
    } catch (fault) {
      const repeated = at === resumedAt && ranBefore.has(errnoOf(fault) ?? 0);
      if (!repeated) throw new Error(`${migration.name}, statement ${at + 1} failed`, { cause: fault });
    }
    await work.query("UPDATE migration SET done = ? WHERE name = ?", [at + 1, migration.name]);
  }
  await work.query("UPDATE migration SET finished = 1 WHERE name = ?", [migration.name]);
}
