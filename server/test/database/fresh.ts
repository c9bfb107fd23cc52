import { randomBytes } from "node:crypto";
import mysql from "mysql2/promise";
import { migrate } from "../../src/kernel/db.ts";

export type Fresh = { url: string; drop: () => Promise<void> };

/** A migrated, empty database on this server. */
export async function freshOn(server: string): Promise<Fresh> {
  const name = `t_${process.pid}_${randomBytes(6).toString("hex")}`;
  await administer(server, [`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`]);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href);
  return { url: url.href, drop: () => administer(server, [`DROP DATABASE IF EXISTS ${name}`]) };
}

async function administer(url: string, statements: string[]) {
  const connection = await mysql.createConnection(url);
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** Fills a fresh database with all rows of another on the same server. */
export async function copyRows(from: string, to: string): Promise<void> {
  const source = new URL(from).pathname.slice(1);
  const connection = await mysql.createConnection({ uri: to, multipleStatements: false });
  try {
    await connection.query("SET FOREIGN_KEY_CHECKS = 0");
    const [tables] = await connection.query<mysql.RowDataPacket[]>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
      [source],
    );
    for (const { name } of tables) {
      const [columns] = await connection.query<mysql.RowDataPacket[]>(
        "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = ? AND table_name = ? AND generation_expression IS NULL ORDER BY ordinal_position",
        [source, name],
      );
      const list = columns.map((column) => `\`${column["name"]}\``).join(", ");
      // What the migrations wrote gives way: the head of the audit chain has moved on.
      await connection.query(`REPLACE INTO \`${name}\` (${list}) SELECT ${list} FROM \`${source}\`.\`${name}\``);
    }
  } finally {
    await connection.end();
  }
}
