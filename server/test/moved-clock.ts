import mysql from "mysql2/promise";
import { connectionOptions } from "../src/kernel/db-address.ts";

async function run(url: string, sql: string): Promise<void> {
  const connection = await mysql.createConnection(connectionOptions(url));
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

/** In this database without cases the program's clock may say anything: else each step is held against the database's own. */
export const clockMoves = (url: string): Promise<void> => run(url, "INSERT IGNORE INTO moved_clock (id) VALUES (1)");

/** From now on it says what time it is. */
export const clockStays = (url: string): Promise<void> => run(url, "DELETE FROM moved_clock");
