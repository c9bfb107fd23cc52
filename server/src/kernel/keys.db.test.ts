import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freshDatabase } from "../../test/database/index.ts";
import { bySystem, record, sealAuditHeads } from "./audit.ts";
import { systemClock } from "./clock.ts";
import { ConfigFault } from "./config.ts";
import { type Db, openDb } from "./db.ts";
import { checkKeys, resealCanary } from "./keys.ts";
import { sealer } from "./seal.ts";
import { testConfig } from "./testing.ts";
import { inTx } from "./tx.ts";

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
beforeEach(() => db.pool.query("DELETE FROM key_canary"));

const oldKey = `k1:${"1f2e3d4c".repeat(8)}`;
const newKey = `k2:${"92a3b4c5".repeat(8)}`;
const withKeys = (env: Record<string, string> = {}) => sealer(testConfig(env));

async function faults(env: Record<string, string> = {}): Promise<readonly string[]> {
  try {
    await checkKeys(db, withKeys(env));
    return [];
  } catch (fault) {
    if (fault instanceof ConfigFault) return fault.lines;
    throw fault;
  }
}

test("first starts side by side agree on one canary, and the same keys start again", async () => {
  expect(await Promise.all(Array.from({ length: 5 }, () => faults()))).toEqual([[], [], [], [], []]);
  expect(await db.rows("SELECT id FROM key_canary")).toHaveLength(1);
  expect(await faults()).toEqual([]);
});

test("a start with other keys is refused, and the wrong setting is named", async () => {
  expect(await faults()).toEqual([]);
  const INDEX_KEY = "0badc0de".repeat(8);
  const SEAL_KEYS = `k1:${"0badc0de".repeat(8)}`;
  expect(await faults({ INDEX_KEY })).toEqual([expect.stringMatching(/^INDEX_KEY: /)]);
  expect(await faults({ SEAL_KEYS })).toEqual([expect.stringMatching(/^SEAL_KEYS: /)]);
  expect(await faults({ SEAL_KEYS: newKey, INDEX_KEY })).toHaveLength(2);
  expect(await faults()).toEqual([]);
});

test("keys can be rotated: a new one in front starts, and the old one can go after the resealing", async () => {
  const both = { SEAL_KEYS: `${newKey},${oldKey}` };
  expect(await faults()).toEqual([]);
  expect(await faults(both)).toEqual([]);
  expect(await faults({ SEAL_KEYS: newKey })).toHaveLength(1);
  expect(await resealCanary(db, withKeys(both))).toBe(true);
  expect(await resealCanary(db, withKeys(both))).toBe(false);
  expect(await faults({ SEAL_KEYS: newKey })).toEqual([]);
});

test("a start with another AUDIT_KEY is refused once the audit has begun, and one changed head is not taken for it", async () => {
  const other = openDb(testConfig({ DATABASE_URL: home.url, AUDIT_KEY: "0badc0de".repeat(8) }));
  try {
    await checkKeys(other, withKeys());
    await sealAuditHeads(db);
    await expect(checkKeys(other, withKeys())).rejects.toThrow("AUDIT_KEY: is not the one");
    expect(await faults()).toEqual([]);
    await db.pool.query("UPDATE audit_head SET seal = REPEAT('0', 64) WHERE shard = 3");
    expect(await faults()).toEqual([]);
    await inTx(db, (tx) => record(tx, bySystem(systemClock), { act: "test" }));
    await expect(checkKeys(other, withKeys())).rejects.toThrow(ConfigFault);
  } finally {
    await other.close();
  }
});
