import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, openPeople, refused } from "../../../../test/people-bench.ts";
import { holdingsOf } from "../../../api.ts";
import { allHoldings, type Holding } from "../../../kernel/holdings.ts";
import { refuse } from "../../../kernel/refuse.ts";

/** A room that joined: it keeps notes, and refuses to let go of one that is open. */
const notes = new Map<string, string>();
let refusing = false;
const notesHolding: Holding = {
  name: "notes",
  tables: [],
  export: async (_db, personId) => [notes.get(personId)],
  close: async (_tx, personId) => {
    if (refusing) throw refuse("WRONG_STATE");
    notes.delete(personId);
  },
};

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople(undefined, [notesHolding]);
});
afterAll(() => bench.close());

const somebody = async () => {
  const on = bench.device("weapp");
  const { me } = await bench.byCode(on, bench.freshPhone());
  notes.set(me.id, "芒种的便条");
  await (await on.api()).regions.follow({ code: await bench.village() });
  return { on, id: me.id };
};

test("a room that joins is asked when a person exports everything, after the rooms before it", async () => {
  const { on } = await somebody();
  const whole = JSON.parse((await (await on.api()).account.export({})).json);
  expect(whole.notes).toEqual(["芒种的便条"]);
  expect(Object.keys(whole)).toEqual([
    "exportedAt",
    "person",
    "sessions",
    "identities",
    "phonesLeft",
    "consents",
    "mandates",
    "verification",
    "guardian",
    "roster",
    "roles",
    "staffName",
    "secondFactor",
    "follows",
    "audit",
    "notes",
  ]);
});

test("a room that refuses keeps the account open, and nothing of the other rooms is lost", async () => {
  const { on, id } = await somebody();
  refusing = true;
  expect(await refused((await on.api()).account.close({ confirm: "注销" }))).toBe("WRONG_STATE");
  refusing = false;
  expect((await (await on.api()).account.me({})).me?.villages).toHaveLength(1);
  expect(notes.get(id)).toBeDefined();
  await (await on.api()).account.close({ confirm: "注销" });
  expect(notes.get(id)).toBeUndefined();
  expect(await bench.db.rows("SELECT 1 FROM follow WHERE person_id = ?", [id])).toEqual([]);
});

test("two rooms cannot write under one heading", () => {
  expect(() => allHoldings([notesHolding], [notesHolding])).toThrow("two holdings are called notes");
});

test("what staff wrote, did and uploaded is in the export, and of nobody else", async () => {
  const [mine, theirs] = [await somebody(), await somebody()];
  for (const { id } of [mine, theirs]) {
    await bench.db.pool.query(
      "INSERT INTO media (id, uploader, idem_key, sent, digest, kind, name, bytes, created_at) VALUES (?, ?, 'k', '', '', 'file', ?, 1, '2026-01-01')",
      [`M${id.slice(1)}`, id, `${id}.pdf`],
    );
    await bench.db.pool.query(
      "INSERT INTO notice_step (id, notice, version, move, done_by, note, at) VALUES (?, ?, 1, 'draft', ?, ?, '2026-01-01')",
      [`S${id.slice(1)}`, `N${id.slice(1)}`, id, `note of ${id}`],
    );
  }
  const all = holdingsOf(bench.deps);
  const found: [string, string][] = [];
  for (const one of all) found.push([one.name, JSON.stringify(await one.export(bench.db, mine.id))]);
  const text = JSON.stringify(found);
  expect(text).toContain(`${mine.id}.pdf`);
  expect(text).toContain(`note of ${mine.id}`);
  expect(text).not.toContain(theirs.id);
});

test("every table that names people belongs to a holding", async () => {
  const tables = await bench.db.rows<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns WHERE table_schema = DATABASE()
      AND column_name REGEXP '^(person_id|author|reviewer|publisher|creator|uploader|actor|owner_id|[a-z_]+_by)$'`,
  );
  // Sessions are the account's own.
  const known = new Set(["session", ...holdingsOf(bench.deps).flatMap((holding) => holding.tables)]);
  expect(tables.length).toBeGreaterThan(8);
  expect(tables.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});
