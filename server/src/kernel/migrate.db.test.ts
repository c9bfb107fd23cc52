import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import mysql from "mysql2/promise";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { newId } from "./id.ts";
import { migrate, migrationsFolder, readMigrations } from "./migrate.ts";

let folder: string;
let url: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "weimenhu-migrate-"));
  cpSync(path.join(migrationsFolder(), "0001_kernel.sql"), path.join(folder, "0001_kernel.sql"));
  const base = new URL(inject("databaseUrl"));
  base.pathname = `/m_${newId().toLowerCase()}`;
  url = base.href;
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await run(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)}`, inject("databaseUrl"));
});

async function run(statement: string, on = url) {
  const connection = await mysql.createConnection(on);
  try {
    const [rows] = await connection.query(statement);
    return rows;
  } finally {
    await connection.end();
  }
}
const add = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

test("three processes that start together make the database once and run each file once", async () => {
  add(
    "0002_slow.sql",
    "CREATE TABLE slow (n int PRIMARY KEY);\nINSERT INTO slow SELECT SLEEP(0.2);\nINSERT INTO slow VALUES (7);\n",
  );
  const ran = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
  expect(ran.flat().sort()).toEqual(["0001_kernel.sql", "0002_slow.sql"]);
  expect(await run("SELECT n FROM slow ORDER BY n")).toEqual([{ n: 0 }, { n: 7 }]);
});

test("an applied file that was edited is refused", async () => {
  add("0002_a.sql", "CREATE TABLE a (n int PRIMARY KEY);\n");
  await migrate(url, folder);
  add("0002_a.sql", "CREATE TABLE a (n bigint PRIMARY KEY);\n");
  await expect(migrate(url, folder)).rejects.toThrow("0002_a.sql was edited");
});

test("a file that died in the middle goes on where it died, also when its last statement had run", async () => {
  add(
    "0002_a.sql",
    "CREATE TABLE a (n int PRIMARY KEY);\nCREATE TABLE b (n int PRIMARY KEY);\nINSERT INTO b VALUES (1);\n",
  );
  await migrate(url, folder);
  await run("DELETE FROM b");
  await run("UPDATE migration SET done = 1, finished = 0 WHERE name = '0002_a.sql'");
  expect(await migrate(url, folder)).toEqual(["0002_a.sql"]);
  expect(await run("SELECT n FROM b")).toEqual([{ n: 1 }]);
});

test("a statement that fails stops the migration and names its place", async () => {
  add("0002_a.sql", "CREATE TABLE a (n int PRIMARY KEY);\nCREATE TABLE a (n int PRIMARY KEY);\n");
  await expect(migrate(url, folder)).rejects.toThrow("0002_a.sql, statement 2 failed");
});

test("a database that is ahead of the program is refused", async () => {
  add("0002_a.sql", "CREATE TABLE a (n int PRIMARY KEY);\n");
  await migrate(url, folder);
  rmSync(path.join(folder, "0002_a.sql"));
  await expect(migrate(url, folder)).rejects.toThrow("ahead of this program");
});

test("semicolons inside a line and comments do not split a statement", () => {
  add("0002_a.sql", "-- a; comment;\nINSERT INTO a VALUES (';'),\n  -- another\n  ('b');\nSELECT 1");
  expect(readMigrations(folder)[1]?.statements).toEqual(["INSERT INTO a VALUES (';'),\n\n  ('b')", "SELECT 1"]);
});
