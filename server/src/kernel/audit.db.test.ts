import { afterEach, beforeEach, expect, test } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { bySystem, record, sealAuditHeads } from "./audit.ts";
import { verifyAudit } from "./audit-verify.ts";
import { manualClock } from "./clock.ts";
import { type Db, openDb } from "./db.ts";
import { testConfig } from "./testing.ts";
import { inTx } from "./tx.ts";

let db: Db;
let home: Awaited<ReturnType<typeof freshDatabase>>;
const clock = manualClock(1_790_000_000_000);
beforeEach(async () => {
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url, DATABASE_POOL: "10" }));
  await Promise.all(Array.from({ length: 24 }, (_, n) => write(`act.${n}`)));
});
afterEach(async () => {
  await db.close();
  await home.drop();
});

const write = (act: string) =>
  inTx(db, async (tx) => {
    const by = { ...bySystem(clock), caller: { personId: "01ARZ3NDEKTSV4RRFFQ69G5FAV" }, ip: "192.0.2.1" };
    await record(tx, by, { act, onWhom: "x", region: "990101001001", detail: { to: "clerk" } });
    await record(tx, bySystem(clock), { act: `${act}.then` });
  });

/** What somebody with the database's password, but not the key, can do. */
async function tamper(...statements: string[]) {
  await db.pool.query("DROP TRIGGER IF EXISTS audit_no_update");
  await db.pool.query("DROP TRIGGER IF EXISTS audit_no_delete");
  for (const statement of statements) await db.pool.query(statement);
}
const broken = async (earlier?: Awaited<ReturnType<typeof verifyAudit>>["heads"]) =>
  (await verifyAudit(db, earlier)).broken;

test("rows written at once from many transactions make whole chains", async () => {
  const report = await verifyAudit(db);
  expect(report).toMatchObject({ rows: 48, broken: [] });
  expect(report.heads.filter((head) => head.seq > 0).length).toBe(8);
});

test("the database itself refuses to change or delete a row, and says why", async () => {
  await expect(db.pool.query("UPDATE audit SET act = 'x'")).rejects.toThrow("never changed");
  await expect(db.pool.query("DELETE FROM audit")).rejects.toThrow("never deleted");
});

test("a rolled-back act leaves no row", async () => {
  await expect(
    inTx(db, async (tx) => {
      await record(tx, bySystem(clock), { act: "undone" });
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await verifyAudit(db)).toMatchObject({ rows: 48, broken: [] });
});

const edits: [string, string[]][] = [
  ["another act", ["UPDATE audit SET act = 'x' WHERE shard = 3 AND seq = 2"]],
  [
    "another time, by a millisecond",
    ["UPDATE audit SET at = at + INTERVAL 1000 MICROSECOND WHERE shard = 3 AND seq = 2"],
  ],
  ["another actor", ["UPDATE audit SET actor = NULL WHERE shard = 3 AND seq = 1"]],
  ["another address", ["UPDATE audit SET ip = '192.0.2.2' WHERE shard = 3 AND seq = 1"]],
  ["a row taken from the middle", ["DELETE FROM audit WHERE shard = 3 AND seq = 2"]],
  [
    "a row cut off at the end",
    ["DELETE FROM audit WHERE shard = 3 AND seq = (SELECT seq FROM audit_head WHERE shard = 3)"],
  ],
  [
    "a row cut off at the end with the head set back",
    [
      "DELETE FROM audit WHERE shard = 3 AND seq = (SELECT seq FROM audit_head WHERE shard = 3)",
      "UPDATE audit_head h JOIN (SELECT seq, mac FROM audit WHERE shard = 3 ORDER BY seq DESC LIMIT 1) a SET h.seq = a.seq, h.mac = a.mac WHERE h.shard = 3",
    ],
  ],
  ["the head set back to the start", ["UPDATE audit_head SET seq = 0, mac = '', seal = '' WHERE shard = 3"]],
  ["the head taken away", ["DELETE FROM audit_head WHERE shard = 3"]],
  [
    "two rows exchanged",
    [
      "UPDATE audit SET seq = 99 WHERE shard = 3 AND seq = 1",
      "UPDATE audit SET seq = 1 WHERE shard = 3 AND seq = 2",
      "UPDATE audit SET seq = 2 WHERE shard = 3 AND seq = 99",
    ],
  ],
  [
    "a row put in behind",
    [
      "INSERT INTO audit SELECT shard, seq + 50, at, act, actor, on_whom, region, channel, ip, detail, mac FROM audit WHERE shard = 3 AND seq = 1",
    ],
  ],
];

test.each(edits)("noticed: %s", async (_what, statements) => {
  expect(await broken()).toEqual([]);
  await tamper(...statements);
  const found = await broken();
  expect(found.length).toBeGreaterThan(0);
  expect(found.every((line) => line.startsWith("chain 3:"))).toBe(true);
});

const personRow =
  "INSERT INTO person (id, state, elder, created_at) VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FAV', 'active', 0, NOW(3))";
const startOver = "UPDATE audit_head SET seq = 0, mac = '', seal = ''";

test("noticed: one whole chain wiped and its head set back to the start, also after the next start", async () => {
  const { heads } = await verifyAudit(db);
  await tamper("DELETE FROM audit WHERE shard = 3", `${startOver} WHERE shard = 3`);
  await sealAuditHeads(db);
  expect(await broken()).toEqual(["chain 3: its head was set back to the start"]);
  expect(await broken(heads)).toContainEqual(expect.stringContaining("chain 3: it had"));
});

test("noticed: everything wiped and set back, by the people who are there", async () => {
  await tamper("TRUNCATE audit", startOver, personRow);
  await sealAuditHeads(db);
  expect((await broken()).length).toBe(8);
});

test("noticed: everything wiped and set back and sealed anew, by the heads of an earlier run", async () => {
  const { heads } = await verifyAudit(db);
  await tamper("TRUNCATE audit", startOver);
  await sealAuditHeads(db);
  expect(await broken()).toEqual([]);
  expect((await broken(heads)).length).toBe(8);
});

test("a new database is whole before and after its heads are sealed, and after its first row", async () => {
  await tamper("TRUNCATE audit", startOver);
  expect(await broken()).toEqual([]);
  await Promise.all([sealAuditHeads(db), sealAuditHeads(db)]);
  expect(await broken()).toEqual([]);
  await write("first");
  expect(await broken()).toEqual([]);
});
