import { readdirSync } from "node:fs";
import path from "node:path";
import { is } from "drizzle-orm";
import { getTableConfig, MySqlTable } from "drizzle-orm/mysql-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { type Db, openDb } from "./db.ts";
import { testConfig } from "./testing.ts";

/** The SQL files make the tables and the schemas describe them; this is what keeps the two from drifting apart. */
type Column = { table: string; name: string; type: string; nullable: boolean };
let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeAll(async () => {
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url }));
});
afterAll(async () => {
  await db.close();
  await home.drop();
});

const root = path.resolve(import.meta.dirname, "..");
const schemas = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) => /(^|\/)schema[^/]*\.ts$/.test(file) && !file.endsWith(".test.ts"),
);

async function described(): Promise<{ columns: Column[]; keys: string[] }> {
  const columns: Column[] = [];
  const keys: string[] = [];
  for (const file of schemas) {
    const module: Record<string, unknown> = await import(path.join(root, file));
    for (const value of Object.values(module)) {
      if (!is(value, MySqlTable)) continue;
      const table = getTableConfig(value);
      for (const column of table.columns) {
        columns.push({
          table: table.name,
          name: column.name,
          type: plain(column.getSQLType()),
          nullable: !column.notNull,
        });
        if (column.primary) keys.push(`${table.name} PRIMARY ${column.name}`);
        if (column.isUnique) keys.push(`${table.name} ${column.uniqueName} unique ${column.name}`);
      }
      for (const key of table.primaryKeys)
        keys.push(`${table.name} PRIMARY ${key.columns.map((column) => column.name).join(",")}`);
      for (const { config } of table.indexes) {
        const names = config.columns.map((column) => ("name" in column ? String(column.name) : "expression"));
        keys.push(`${table.name} ${config.name}${config.unique ? " unique" : ""} ${names.join(",")}`);
      }
      for (const key of table.uniqueConstraints) {
        keys.push(`${table.name} ${key.getName()} unique ${key.columns.map((column) => column.name).join(",")}`);
      }
    }
  }
  return { columns, keys };
}

/** MariaDB still shows display widths; they mean nothing. */
const plain = (type: string): string =>
  type
    .toLowerCase()
    .replace(/^(tinyint|smallint|mediumint|int|bigint)\(\d+\)/, "$1")
    .replace("boolean", "tinyint")
    .replace(/^serial$/, "bigint unsigned");

const sorted = <T>(rows: T[], by: (row: T) => string): T[] => rows.sort((a, b) => (by(a) < by(b) ? -1 : 1));
/** Of these three the product reads and writes nothing. */
const own = "table_schema = DATABASE() AND table_name NOT IN ('migration', 'migration_lock', 'moved_clock')";

test("every table has the same columns in the database and in its schema", async () => {
  const rows = await db.rows<{ t: string; n: string; ty: string; nu: string }>(
    `SELECT table_name AS t, column_name AS n, column_type AS ty, is_nullable AS nu FROM information_schema.columns WHERE ${own}`,
  );
  const real: Column[] = rows.map((row) => ({
    table: row.t,
    name: row.n,
    type: plain(row.ty),
    nullable: row.nu === "YES",
  }));
  const key = (column: Column) => `${column.table}.${column.name}`;
  expect(sorted((await described()).columns, key)).toEqual(sorted(real, key));
  expect(real.length).toBeGreaterThan(30);
});

test("every table has the same keys in the database and in its schema", async () => {
  const rows = await db.rows<{ t: string; k: string; nu: number; c: string }>(
    `SELECT table_name AS t, index_name AS k, non_unique AS nu, GROUP_CONCAT(column_name ORDER BY seq_in_index) AS c
     FROM information_schema.statistics WHERE ${own} GROUP BY table_name, index_name, non_unique`,
  );
  const real = rows.map(
    (row) => `${row.t} ${row.k}${row.k !== "PRIMARY" && Number(row.nu) === 0 ? " unique" : ""} ${row.c}`,
  );
  expect((await described()).keys.sort()).toEqual(real.sort());
});
