import { isCaseKind, postKindKeys } from "@weimenhu/domain/circle/post";
import type { Caller } from "@weimenhu/domain/permissions";
import { circleRoom, loadWordCheck, postSubject } from "../src/features/circle/index.ts";
import { loadCalendar } from "../src/foundation/cases/index.ts";
import { guardians, publicNames } from "../src/foundation/identity/index.ts";
import { addresses } from "../src/foundation/media/index.ts";
import { sqlTime } from "../src/kernel/clock.ts";
import { type Db, migrate, openDb } from "../src/kernel/db.ts";
import { newId } from "../src/kernel/id.ts";
import { sealer } from "../src/kernel/seal.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { clockMoves } from "./moved-clock.ts";

/** A large circle for measuring: rows written straight into the tables, newest last, spread evenly over the villages. */
const county = "990101000000";
export const start = 1_780_000_000_000;
/** From one post to the next. */
export const stepMs = 1_000;
const neighbours = 40;
const words = "今天早上在村口看到有人把垃圾倒在沟边，味道很大，希望村里安排人清理一下，谢谢各位乡亲互相提醒。";

type Value = string | number | null;
export type Circle = { url: string; db: Db; villages: string[]; authors: Map<string, string[]> };

/** As a production server has it: the indexes that are read all the time stay in memory. */
const bufferPool = 1_073_741_824;

/** A migrated database with `posts` posts in `count` villages; a third are shown to verified villagers only. */
export async function openCircle(serverUrl: string, posts: number, count: number): Promise<Circle> {
  const url = new URL(serverUrl);
  url.pathname = `/bench_circle_${newId().toLowerCase()}`;
  await migrate(url.href);
  await clockMoves(url.href);
  const db = openDb(testConfig({ DATABASE_URL: url.href, DATABASE_POOL: "20" }));
  await db.pool.query(`SET GLOBAL innodb_buffer_pool_size = ${bufferPool}`);
  const villages = Array.from({ length: count }, (_, n) => `990101101${201 + n}`);
  await many(
    db,
    "region (code, name, sort, created_at)",
    [county, "990101101000", ...villages].map((code) => [code, `地方${code.slice(6)}`, 0, sqlTime(start)]),
  );
  const authors = await people(db, villages);
  await write(db, villages, authors, posts);
  await db.pool.query("ANALYZE TABLE post, case_file, person, villager, region");
  return { url: url.href, db, villages, authors };
}

export async function closeCircle({ db }: Circle): Promise<void> {
  await db.pool.query("DROP DATABASE IF EXISTS ??", [await nameOf(db)]);
  await db.close();
}

async function nameOf(db: Db): Promise<string> {
  const [row] = await db.rows<{ name: string }>("SELECT DATABASE() AS name");
  return row?.name ?? "";
}

async function people(db: Db, villages: readonly string[]): Promise<Map<string, string[]>> {
  const seal = sealer(testConfig());
  const persons: Value[][] = [];
  const villagers: Value[][] = [];
  const authors = new Map<string, string[]>();
  for (const village of villages) {
    const ids = Array.from({ length: neighbours }, () => newId());
    authors.set(village, ids);
    for (const id of ids) {
      const row = newId();
      const at = sqlTime(start);
      persons.push([id, "open", seal.seal("19900000001", `person.phone.${id}`), null, 0, at]);
      const name = seal.seal("张清明", `villager.name.${row}`);
      villagers.push([row, id, village, "verified", name, "三组", row, at]);
    }
  }
  await many(db, "person (id, state, phone, phone_index, elder, created_at)", persons);
  await many(db, "villager (id, person_id, region, state, name, group_name, apply_key, applied_at)", villagers);
  return authors;
}

async function write(db: Db, villages: string[], authors: Map<string, string[]>, posts: number): Promise<void> {
  for (let from = 0; from < posts; from += 5_000) {
    const rows: Value[][] = [];
    const cases: Value[][] = [];
    for (let n = from; n < Math.min(from + 5_000, posts); n++) {
      const village = pick(villages, n);
      const author = pick(authors.get(village) ?? [], n * 7);
      const kind = pick(postKindKeys, Math.floor(n / villages.length));
      const at = sqlTime(start + n * stepMs);
      const id = postId(n);
      const caseId = isCaseKind(kind) ? newId() : null;
      const shelf = n % 3 === 0 ? 2 : 1;
      const audience = shelf === 2 ? "villagers" : "village";
      rows.push([id, village, author, kind, audience, shelf, caseId, caseId ? "pending" : "", words, at, id, id]);
      if (caseId)
        cases.push([caseId, `post:${id}`, village, village, author, words.slice(0, 20), at, sqlTime(start + 9e11), at]);
    }
    await many(db, `post (${postColumns}, ${rest})`, rows.map(wholePost));
    await many(db, `case_file (${caseColumns})`, cases.map(wholeCase));
  }
}

const postColumns =
  "id, village, author, kind, audience, shelf, case_id, state, text, created_at, idem_key, idem_digest";
const rest = "hidden, mark, photos, check_state, likes, comments, edits";
const wholePost = (row: Value[]): Value[] => [...row, 0, "villager", "[]", "passed", 3, 2, 0];
const caseColumns =
  "id, subject, village, region, author, summary, began_at, due_at, created_at, state, photo, round, round_kind, pauses, extension, returned, reopened, rated, steps, provisional";
const wholeCase = (row: Value[]): Value[] => [...row, "pending", 0, 1, "first", "[]", "none", 0, 0, 0, 1, 0];

/** As `newId` makes them, so that the order of the ids is that of time. */
const base32 = (value: number, length: number): string =>
  value
    .toString(32)
    .toUpperCase()
    .replace(/[I-V]/g, (letter) => "JKMNPQRSTVWXYZ"["IJKLMNOPQRSTUV".indexOf(letter)] ?? "")
    .padStart(length, "0");
const postId = (n: number): string => base32(start + n * stepMs, 10) + base32(n, 16);

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;

async function many(db: Db, into: string, rows: readonly Value[][]): Promise<void> {
  if (rows.length > 0) await db.pool.query(`INSERT INTO ${into} VALUES ?`, [rows]);
}

/** The room as main builds it, on real names. */
export function circleOf() {
  const names = publicNames({ seal: sealer(testConfig()) });
  const days = loadCalendar("");
  const { sign } = addresses(testConfig());
  const cases = { calendar: () => days, displayNames: names, subjects: { post: postSubject(null) }, sign };
  return circleRoom({
    cases,
    sign,
    displayNames: names,
    contactOf: async () => ({ name: "", phone: null }),
    checkWords: loadWordCheck(""),
    checkers: { wechat: null, alipay: null, unseen: "shown", pictureUrl: (path) => path, accountOf: async () => null },
    ageOf: async () => null,
    guardians: guardians({ seal: sealer(testConfig()) }),
  });
}

/** A verified villager of every one of these villages. */
export const readerOf = (villages: string[], personId = newId()): Caller => ({
  personId,
  sessionId: newId(),
  phoneVerified: true,
  consented: true,
  strong: false,
  grants: [],
  villager: villages,
  follows: villages,
});
