import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { getTableName, is } from "drizzle-orm";
import { MySqlTable } from "drizzle-orm/mysql-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, county, openPeople } from "../../../../test/people-bench.ts";
import { sealer } from "../../../kernel/seal.ts";
import * as schema from "../schema.ts";
import { resealColumn, sealedColumns } from "./store.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());

const newKey = { id: "k2", key: Buffer.alloc(32, 7) };
const underOldKey = async () => {
  const counts = sealedColumns.map(async ({ table, column }) => {
    const [row] = await bench.db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${column} LIKE 'k1.%'`);
    return Number(row?.n);
  });
  return (await Promise.all(counts)).reduce((sum, n) => sum + n, 0);
};

test("a rotation moves every sealed value to the new key, may be broken off and run again, and nothing is lost", async () => {
  const { on } = await bench.staff("clerk", county);
  await (await on.api()).signIn.enrol({});
  const region = await bench.village();
  const idCards = Array.from({ length: 260 }, (_none, at) => {
    const day = String((at % 28) + 1).padStart(2, "0");
    const month = String((Math.floor(at / 28) % 12) + 1).padStart(2, "0");
    return bench.idCard(`1980${month}${day}`);
  });
  const rows = idCards.map((idCard) => ({ name: "春笋", idCard, group: "第一组", household: "" }));
  expect((await (await on.api()).verification.importRoster({ region, rows })).stored).toBe(260);
  const phone = bench.freshPhone();
  const resident = bench.device("weapp");
  await bench.byCode(resident, phone);
  const form = { key: "key-of-this-application", region, name: "春笋", group: "第一组", consent: true as const };
  await (await resident.api()).verification.submit({ ...form, idCard: idCards[0] ?? "" });
  const [mover, was, next] = [bench.device("web"), bench.freshPhone(), bench.freshPhone()];
  await bench.byCode(mover, was);
  await (await mover.api()).account.changePhone({ phone: next, code: await bench.codeFor(mover, next) });
  await (await bench.device("web").api()).signIn.requestCode({ phone: bench.freshPhone(), consent: privacyVersion });
  const before = await underOldKey();
  expect(before).toBeGreaterThan(520);

  const old = bench.config.SEAL_KEYS;
  const both = sealer({ SEAL_KEYS: [newKey, ...old], INDEX_KEY: bench.config.INDEX_KEY });
  // Broken off after half of the columns, then the whole twice at once.
  for (const column of sealedColumns.slice(0, 3)) await resealColumn(bench.db, both, column);
  expect(await underOldKey()).toBeLessThan(before);
  const run = async () => {
    for (const column of sealedColumns) await resealColumn(bench.db, both, column);
  };
  await Promise.all([run(), run()]);
  expect(await underOldKey()).toBe(0);
  const last = await Promise.all(sealedColumns.map((column) => resealColumn(bench.db, both, column)));
  expect(last.map(({ resealed }) => resealed)).toEqual(sealedColumns.map(() => 0));

  // The old key is gone now: everything still opens.
  Object.assign(bench.deps.seal, sealer({ SEAL_KEYS: [newKey], INDEX_KEY: bench.config.INDEX_KEY }));
  const exported = await (await resident.api()).account.export({});
  expect(exported.json).toContain(phone);
  expect(exported.json).toContain(idCards[0]);
  expect((await (await mover.api()).account.export({})).json).toContain(was);
  await bench.outbox.settle();
  expect(bench.told).toContain(was);
  const again = bench.device("weapp");
  await bench.byCode(again, phone);
  expect((await again.caller())?.personId).toBe((await resident.caller())?.personId);
});

const own = Object.values(schema).flatMap((table) => (is(table, MySqlTable) ? [getTableName(table)] : []));

test("every column that holds a sealed value is rotated", async () => {
  const columns = await bench.db.rows<{ place: string }>(
    "SELECT CONCAT(table_name, '.', column_name) AS place FROM information_schema.columns WHERE table_schema = DATABASE() AND data_type = 'varchar' AND character_maximum_length = 255 AND FIND_IN_SET(table_name, ?)",
    [own.join(",")],
  );
  expect(sealedColumns.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
    columns.map(({ place }) => place).sort(),
  );
});
