import { randomBytes } from "node:crypto";
import { afterAll, expect, inject, test } from "vitest";
import { migrate, openDb } from "../../src/kernel/db.ts";
import { testConfig } from "../../src/kernel/testing.ts";
import { clockMoves } from "../moved-clock.ts";
import { freshDatabase } from "./index.ts";

const migrated = new URL(inject("databaseUrl"));
migrated.pathname = `/t_${process.pid}_${randomBytes(6).toString("hex")}`;

async function shapeOf(url: string) {
  const db = openDb(testConfig({ DATABASE_URL: url }));
  const schema = new URL(url).pathname.slice(1);
  const rows = (sql: string) => db.rows<Record<string, unknown>>(sql);
  try {
    const tables = (await rows("SHOW TABLES")).map((row) => String(Object.values(row)[0]));
    const shape: unknown[] = [];
    for (const table of tables) {
      shape.push((await rows(`SHOW CREATE TABLE \`${table}\``))[0]?.["Create Table"]);
      const [held] = await rows(`SELECT COUNT(*) AS n FROM \`${table}\``);
      shape.push([table, held?.["n"]]);
    }
    for (const row of await rows("SHOW TRIGGERS")) shape.push({ ...row, Created: null });
    const [kept] = await rows(`SELECT default_character_set_name, default_collation_name
      FROM information_schema.schemata WHERE schema_name = '${schema}'`);
    return [...shape, kept, await rows("SELECT name, checksum, done, finished FROM migration ORDER BY name")];
  } finally {
    await db.close();
  }
}

const fresh = await freshDatabase();
afterAll(async () => {
  const db = openDb(testConfig({ DATABASE_URL: fresh.url }));
  await db.pool.query(`DROP DATABASE IF EXISTS ${migrated.pathname.slice(1)}`);
  await db.close();
  await fresh.drop();
});

test("a test's database is to the letter what the migrations make", async () => {
  await migrate(migrated.href);
  await clockMoves(migrated.href);
  expect(await shapeOf(fresh.url)).toEqual(await shapeOf(migrated.href));
  expect(await migrate(fresh.url)).toEqual([]);
});
