import mysql from "mysql2/promise";
import { connectionOptions } from "../../src/kernel/db-address.ts";

/** Beside the product's tables, and only where a demo was seeded. */
const table = "CREATE TABLE IF NOT EXISTS demo_seed (id int PRIMARY KEY, done tinyint NOT NULL)";

async function run<T>(url: string, work: (connection: mysql.Connection) => Promise<T>): Promise<T> {
  const connection = await mysql.createConnection(connectionOptions(url));
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** `strange`: somebody's data is here that no seed made, and it stays as it is. */
export type SeedState = "fresh" | "begun" | "done" | "strange";

export const seedState = (url: string): Promise<SeedState> =>
  run(url, async (connection) => {
    const [tables] = await connection.query<mysql.RowDataPacket[]>("SHOW TABLES LIKE 'demo_seed'");
    if (tables.length > 0) {
      const [rows] = await connection.query<mysql.RowDataPacket[]>("SELECT done FROM demo_seed");
      if (rows.length > 0) return rows[0]?.["done"] === 1 ? "done" : "begun";
    }
    const [people] = await connection.query<mysql.RowDataPacket[]>("SELECT 1 FROM person LIMIT 1");
    return people.length > 0 ? "strange" : "fresh";
  });

export const beginSeed = (url: string): Promise<void> =>
  run(url, async (connection) => {
    await connection.query(table);
    await connection.query("INSERT INTO demo_seed (id, done) VALUES (1, 0)");
  });

export const endSeed = (url: string): Promise<void> =>
  run(url, async (connection) => {
    await connection.query("UPDATE demo_seed SET done = 1");
  });

/** After a seeding that was broken off: every table goes, so that the next one starts from nothing. */
export const emptyDatabase = (url: string): Promise<void> =>
  run(url, async (connection) => {
    await connection.query("SET FOREIGN_KEY_CHECKS = 0");
    const [tables] = await connection.query<mysql.RowDataPacket[]>("SHOW TABLES");
    for (const row of tables) await connection.query(`DROP TABLE \`${String(Object.values(row)[0])}\``);
  });
