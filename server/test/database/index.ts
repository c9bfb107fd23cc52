import { randomBytes } from "node:crypto";
import mysql from "mysql2/promise";
import { inject } from "vitest";
import { migrate } from "../../src/kernel/db.ts";

/**
 * A migrated, empty database of the caller's own on the run's server. Ask once per test file; each test then makes
 * its own village in it. `drop` when done: a file's tables stay on disk until then.
 */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `t_${process.pid}_${randomBytes(6).toString("hex")}`;
  const base = inject("databaseUrl");
  await administer(base, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  await migrate(url.href);
  return { url: url.href, drop: () => administer(base, `DROP DATABASE IF EXISTS ${name}`) };
}

async function administer(url: string, statement: string) {
  const connection = await mysql.createConnection(url);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
