import { setImmediate as turn } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { int, mysqlTable, varchar } from "drizzle-orm/mysql-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { type Db, openDb } from "./db.ts";
import { errnoOf, isDuplicate } from "./db-faults.ts";
import { refusalOf } from "./rpc-error.ts";
import { testConfig } from "./testing.ts";
import { afterCommit, bump, insideTx, inTx, type Tx } from "./tx.ts";

const counter = mysqlTable("counter", { name: varchar("name", { length: 40 }).primaryKey(), n: int("n").notNull() });

let db: Db;
let home: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url, DATABASE_POOL: "10" }));
  await db.pool.query("CREATE TABLE counter (name varchar(40) PRIMARY KEY, n int NOT NULL) ENGINE=InnoDB");
});
afterAll(async () => {
  await db.close();
  await home.drop();
});

const add = (tx: Tx, name: string) =>
  tx.execute(sql`INSERT INTO counter (name, n) VALUES (${name}, 1) ON DUPLICATE KEY UPDATE n = n + 1`);
const count = async (name: string) =>
  (await db.rows<{ n: number }>("SELECT n FROM counter WHERE name = ?", [name]))[0]?.n;

test("what a failed transaction wrote is gone, and its fault comes out unchanged", async () => {
  const fault = new Error("no");
  await expect(
    inTx(db, async (tx) => {
      await add(tx, "failed");
      throw fault;
    }),
  ).rejects.toBe(fault);
  expect(await count("failed")).toBeUndefined();
});

test("two transactions that deadlock both get through, and each counts once", async () => {
  await inTx(db, async (tx) => {
    await add(tx, "left");
    await add(tx, "right");
  });
  let arrived = 0;
  let attempts = 0;
  const cross = (first: string, second: string) =>
    inTx(db, async (tx) => {
      attempts++;
      await add(tx, first);
      arrived++;
      await vi.waitUntil(() => arrived >= 2, { interval: 1 });
      await add(tx, second);
    });
  await Promise.all([cross("left", "right"), cross("right", "left")]);
  expect(attempts).toBeGreaterThan(2);
  expect(await count("left")).toBe(3);
  expect(await count("right")).toBe(3);
});

test("a deadlock that is only reported at COMMIT runs the whole transaction again", async () => {
  let left = 2;
  const failing: Db = {
    ...db,
    pool: new Proxy(db.pool, {
      get(pool, property) {
        if (property !== "getConnection") return Reflect.get(pool, property);
        return async () => {
          const connection = await pool.getConnection();
          return new Proxy(connection, {
            get(target, name) {
              if (name !== "query") {
                const value: unknown = Reflect.get(target, name);
                return typeof value === "function" ? value.bind(target) : value;
              }
              return async (statement: string, values?: unknown[]) => {
                if (statement === "COMMIT" && left-- > 0)
                  throw Object.assign(new Error("certification"), { errno: 1213 });
                return target.query(statement, values);
              };
            },
          });
        };
      },
    }),
  };
  let hooks = 0;
  await inTx(failing, async (tx) => {
    afterCommit(tx, () => hooks++);
    await add(tx, "commit");
  });
  expect(await count("commit")).toBe(1);
  expect(hooks).toBe(1);
});

test("a fault that is not passing is not retried", async () => {
  let attempts = 0;
  const fault = await inTx(db, async (tx) => {
    attempts++;
    await tx.execute(sql`INSERT INTO counter (name, n) VALUES ('twice', 1), ('twice', 1)`);
  }).catch((caught: unknown) => caught);
  expect(isDuplicate(fault)).toBe(true);
  expect(errnoOf(fault)).toBe(1062);
  expect(attempts).toBe(1);
});

test("a transaction inside a transaction is refused", async () => {
  expect(insideTx()).toBe(false);
  await expect(inTx(db, () => inTx(db, async () => 1))).rejects.toThrow("already open");
  await inTx(db, async () => expect(insideTx()).toBe(true));
  expect(insideTx()).toBe(false);
});

test("a transaction that is over cannot be written with, and what was started in it knows that it is over", async () => {
  let kept: Tx | undefined;
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let seen: Promise<boolean> | undefined;
  await inTx(db, async (tx) => {
    kept = tx;
    seen = gate.then(() => insideTx());
  });
  release();
  expect(await seen).toBe(false);
  const late = kept;
  if (!late) throw new Error("unreachable");
  await expect(async () => add(late, "late")).rejects.toThrow("Failed query");
  await expect(bump(late, "late")).rejects.toThrow("an await is missing");
  expect(await count("late")).toBeUndefined();
});

test("twenty transactions at once on a pool of ten lose nothing", async () => {
  await Promise.all(Array.from({ length: 20 }, () => inTx(db, (tx) => add(tx, "many"))));
  expect(await count("many")).toBe(20);
});

test("a bumped scope is seen at once in this process, and a rolled-back bump is not", async () => {
  const before = await db.versions.current(["a", "b"]);
  await expect(
    inTx(db, async (tx) => {
      await bump(tx, "a");
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await db.versions.current(["a", "b"])).toBe(before);
  await inTx(db, (tx) => bump(tx, "b", "a", "b"));
  expect(db.versions.known(["a"])).toBeNull();
  expect(await db.versions.current(["a", "b"])).toBe("1.1.");
});

test("times go in and come out as milliseconds, whatever the zone of the process", async () => {
  const { tickRun } = await import("./schema.ts");
  const at = 1_790_000_000_123;
  await inTx(db, (tx) => tx.insert(tickRun).values({ job: "t", slot: at, state: "done", startedAt: at }));
  const [row] = await db.read.select().from(tickRun);
  expect(row).toMatchObject({ slot: at, endedAt: null });
  expect(await db.rows("SELECT slot FROM tick_run")).toEqual([{ slot: "2026-09-21 14:13:20.123" }]);
  await turn();
});

test("a value that does not fit is an error, not a cut", async () => {
  await expect(inTx(db, (tx) => tx.insert(counter).values({ name: "x".repeat(41), n: 1 }))).rejects.toThrow(
    "Failed query",
  );
});

test("a row that somebody holds for too long is waited for twice and then answered with BUSY", async () => {
  await inTx(db, (tx) => add(tx, "held"));
  const other = await db.pool.getConnection();
  await other.query("START TRANSACTION");
  await other.query("SELECT n FROM counter WHERE name = 'held' FOR UPDATE");
  let tries = 0;
  const fault = await inTx(db, async (tx) => {
    tries++;
    await tx.execute(
      sql`SET STATEMENT innodb_lock_wait_timeout = 1 FOR SELECT n FROM counter WHERE name = 'held' FOR UPDATE`,
    );
  }).catch((thrown: unknown) => thrown);
  await other.query("ROLLBACK");
  other.release();
  expect(tries).toBe(2);
  expect(refusalOf(fault).word).toBe("BUSY");
});
