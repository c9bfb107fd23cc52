import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { type Db, openDb } from "./db.ts";
import { isDuplicate, isHeld } from "./db-faults.ts";
import { testConfig } from "./testing.ts";
import { afterCommit, bump, insideTx, inTxForMany, rowsIn, type Tx, write } from "./tx.ts";

let db: Db;
let home: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url, DATABASE_POOL: "5" }));
  await db.pool.query("CREATE TABLE word (id int PRIMARY KEY, word varchar(200) NULL) ENGINE=InnoDB");
});
beforeEach(() => db.pool.query("DELETE FROM word"));
afterAll(async () => {
  await db.close();
  await home.drop();
});

const put = (tx: Tx, id: number, word: string | null) =>
  write(tx, "INSERT INTO word (id, word) VALUES (?, ?)", [id, word]);
const all = (tx: Tx) => rowsIn<{ id: number; word: string | null }>(tx, "SELECT id, word FROM word ORDER BY id", []);
const kept = () => db.rows<{ id: number; word: string | null }>("SELECT id, word FROM word ORDER BY id");

const attacks = [
  "'; DROP TABLE word; -- ",
  "\\'; DROP TABLE word; -- ",
  "' OR ''='",
  // Of signs that may all stand in a statement, but for the one that ends a value.
  "' OR '1",
  "'",
  "''",
  "a;b",
  "`",
  "?",
  "𠮷\u0000\n\u200b",
  "",
  " -- ",
  "2026-11-16 02:00:00.000",
];

test("words are kept as they were given, whatever they look like, in the order they were written", async () => {
  const rows = [null, ...attacks].map((word, id) => ({ id, word }));
  const seen = await inTxForMany(db, async (tx) => {
    for (const { id, word } of rows) await put(tx, id, word);
    await write(tx, "UPDATE word SET word = 'changed' WHERE id = ?", [0]);
    return all(tx);
  });
  expect(seen).toEqual([{ id: 0, word: "changed" }, ...rows.slice(1)]);
  expect(await kept()).toEqual(seen);
});

test("what anybody wrote never stands in the text of a statement", async () => {
  const connection = await db.bulk.getConnection();
  const texts = vi.spyOn(connection.connection, "query");
  connection.release();
  const get = vi.spyOn(db.bulk, "getConnection").mockResolvedValue(connection);
  await inTxForMany(db, async (tx) => {
    for (const [id, word] of attacks.entries()) await put(tx, id, word);
    await rowsIn(tx, "SELECT id FROM word WHERE word = ?", [attacks[0] ?? ""]);
  });
  get.mockRestore();
  const sent = texts.mock.calls.map(([text]) => (typeof text === "string" ? text : text.sql));
  texts.mockRestore();
  expect(sent.join("\n")).toContain("START TRANSACTION");
  expect(sent.join("\n")).not.toMatch(/DROP|OR|\\|a;b|`|\?|𠮷/);
  expect(sent).toHaveLength(2);
});

test("what waits travels with the next that asks, and with COMMIT", async () => {
  const connection = await db.bulk.getConnection();
  const trips = vi.spyOn(connection.connection, "query");
  connection.release();
  const get = vi.spyOn(db.bulk, "getConnection").mockResolvedValue(connection);
  await inTxForMany(db, async (tx) => {
    await put(tx, 1, "one");
    await all(tx);
    await put(tx, 2, "two");
    await bump(tx, "many");
  });
  get.mockRestore();
  expect(trips).toHaveBeenCalledTimes(2);
  trips.mockRestore();
  expect((await kept()).map(({ id }) => id)).toEqual([1, 2]);
});

test("where one statement fails nothing is kept, of those before and after it neither, and no hook runs", async () => {
  let hooks = 0;
  const fault = await inTxForMany(db, async (tx) => {
    afterCommit(tx, () => hooks++);
    await put(tx, 1, "one");
    await put(tx, 1, "again");
    await put(tx, 2, "two");
  }).catch((thrown: unknown) => thrown);
  expect(isDuplicate(fault)).toBe(true);
  expect(hooks).toBe(0);
  expect(await kept()).toEqual([]);
  await inTxForMany(db, (tx) => put(tx, 3, "three"));
  expect(await kept()).toEqual([{ id: 3, word: "three" }]);
});

test("one that fails in its own code keeps nothing, though statements of it had not gone out", async () => {
  const fault = new Error("no");
  const end = inTxForMany(db, async (tx) => {
    await put(tx, 1, "one");
    throw fault;
  });
  await expect(end).rejects.toBe(fault);
  await inTxForMany(db, (tx) => put(tx, 2, "two"));
  expect(await kept()).toEqual([{ id: 2, word: "two" }]);
});

test("a row that somebody holds is found held when it is asked for, and the connection serves the next", async () => {
  await inTxForMany(db, (tx) => put(tx, 1, "one"));
  const other = await db.pool.getConnection();
  await other.query("START TRANSACTION");
  await other.query("SELECT id FROM word WHERE id = 1 FOR UPDATE");
  let tries = 0;
  const fault = await inTxForMany(db, async (tx) => {
    tries++;
    await rowsIn(tx, "SELECT id FROM word WHERE id = ? FOR UPDATE NOWAIT", [1]);
  }).catch((thrown: unknown) => thrown);
  await other.query("ROLLBACK");
  other.release();
  expect(isHeld(fault)).toBe(true);
  expect(tries).toBe(2);
  await inTxForMany(db, (tx) => put(tx, 2, "two"));
  expect((await kept()).map(({ id }) => id)).toEqual([1, 2]);
});

test("it is a transaction like any other: none inside it, and nothing with it when it is over", async () => {
  let late: Tx | undefined;
  await inTxForMany(db, async (tx) => {
    late = tx;
    expect(insideTx()).toBe(true);
    await expect(inTxForMany(db, async () => 1)).rejects.toThrow("already open");
  });
  expect(insideTx()).toBe(false);
  if (!late) throw new Error("unreachable");
  await expect(put(late, 1, "late")).rejects.toThrow("an await is missing");
  await expect(all(late)).rejects.toThrow("an await is missing");
  expect(await kept()).toEqual([]);
});

test("elsewhere several statements at once are refused", async () => {
  await expect(db.pool.query("SELECT 1; SELECT 2")).rejects.toThrow("syntax");
});
