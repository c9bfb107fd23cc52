import { randomBytes } from "node:crypto";
import mysql from "mysql2/promise";
import { migrate } from "../../src/kernel/db.ts";
import { clockMoves } from "../moved-clock.ts";

/** A migrated, empty database, and the statements that make another like it in a third of a migration's time. */
export type Template = { schema: string; drop: () => Promise<void> };
export type Fresh = { url: string; drop: () => Promise<void> };

/** Migrates once for all `freshFrom` of a run. */
export async function templateOn(server: string): Promise<Template> {
  const name = newName();
  const url = addressOf(server, name);
  await migrate(url);
  await clockMoves(url);
  const connection = await mysql.createConnection(url);
  try {
    const said = async (statement: string): Promise<mysql.RowDataPacket[]> =>
      (await connection.query<mysql.RowDataPacket[]>(statement))[0];
    const made: string[] = [];
    const filled: string[] = [];
    for (const table of await tablesOf(connection, name)) {
      const [is] = await said(`SHOW CREATE TABLE \`${table}\``);
      made.push(String(is?.["Create Table"]));
      const [some] = await said(`SELECT 1 FROM \`${table}\` LIMIT 1`);
      if (some) filled.push(`INSERT INTO \`${table}\` SELECT * FROM \`${name}\`.\`${table}\``);
    }
    for (const { Trigger } of await said("SHOW TRIGGERS")) {
      const [is] = await said(`SHOW CREATE TRIGGER \`${Trigger}\``);
      filled.push(String(is?.["SQL Original Statement"]));
    }
    const schema = ["SET FOREIGN_KEY_CHECKS = 0", ...made, ...filled].join(";\n");
    return { schema, drop: () => administer(server, `DROP DATABASE IF EXISTS ${name}`) };
  } finally {
    await connection.end();
  }
}

/** A database like the template, on the template's server. */
export async function freshFrom(server: string, schema: string): Promise<Fresh> {
  const name = newName();
  await administer(
    server,
    `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\nUSE ${name};\n${schema}`,
  );
  return { url: addressOf(server, name), drop: () => administer(server, `DROP DATABASE IF EXISTS ${name}`) };
}

const newName = () => `t_${process.pid}_${randomBytes(6).toString("hex")}`;

function addressOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function tablesOf(connection: mysql.Connection, schema: string): Promise<string[]> {
  const [tables] = await connection.query<mysql.RowDataPacket[]>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [schema],
  );
  return tables.map(({ name }) => String(name));
}

async function administer(url: string, statements: string) {
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
  try {
    await connection.query(statements);
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
    for (const name of await tablesOf(connection, source)) {
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
