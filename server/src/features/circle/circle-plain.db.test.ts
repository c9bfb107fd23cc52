import { afterAll, expect, test } from "vitest";
import { cast, circleKit, key, villagerOf, wordOf } from "../../../test/circle-kit.ts";
import { refusalIn } from "../../kernel/refuse.ts";
import { testConfig } from "../../kernel/testing.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, follower } = cast();
const byText = (a: string, b: string) => a.localeCompare(b);

test("posts of many people at the same moment are all kept, each once, with its check and its stamp", async () => {
  const crowd = Array.from({ length: 40 }, () => villagerOf());
  const words = crowd.map((_, n) => `第${n}条 𠮷 "说'\\?'"; -- ${"水".repeat(n + 1)}`);
  const made = await Promise.all(crowd.map((who, n) => kit.post(who, { text: words[n] ?? "" })));
  expect(made.map(({ text }) => text)).toEqual(words);
  const kept = await kit.db.rows<{ author: string; text: string; checks: number; stamp: number }>(
    `SELECT p.author, p.text, (SELECT COUNT(*) FROM circle_check c WHERE c.what = p.id AND c.state = 'pass') AS checks,
       (SELECT version FROM version_stamp WHERE scope = CONCAT('circle:own:', p.author)) AS stamp
     FROM post p WHERE p.id IN (${made.map(() => "?").join(",")}) ORDER BY p.id`,
    made.map(({ id }) => id),
  );
  expect(new Set(kept.map((row) => row.author))).toEqual(new Set(crowd.map(({ personId }) => personId)));
  expect(kept.map(({ text }) => text).toSorted(byText)).toEqual(words.toSorted(byText));
  for (const row of kept) expect(row).toMatchObject({ checks: 1, stamp: 1 });
});

test("somebody for whom something else is done holds up nobody's post but his own, which waits", async () => {
  const [held, ...others] = Array.from({ length: 9 }, () => villagerOf());
  const at = "2026-11-16 02:00:00.000";
  await kit.db.pool.query("INSERT INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, ?)", [
    held?.personId,
    at,
  ]);
  // Whoever waits does so for longer than this test.
  const all = Array.from({ length: Number(testConfig().DATABASE_POOL) }, () => kit.db.pool.getConnection());
  for (const connection of await Promise.all(all)) {
    await connection.query("SET SESSION innodb_lock_wait_timeout = 1000");
    connection.release();
  }
  const elsewhere = await kit.db.pool.getConnection();
  await elsewhere.query("START TRANSACTION");
  await elsewhere.query("SELECT id FROM person WHERE id = ? FOR UPDATE", [held?.personId]);
  let waits = true;
  // Someone's post comes first and goes by itself; the others go together, he among them.
  const first = kit.post(author);
  const his = kit.post(held ?? author).finally(() => {
    waits = false;
  });
  await Promise.all([first, ...others.map((who) => kit.post(who))]);
  expect(waits).toBe(true);
  await elsewhere.query("ROLLBACK");
  elsewhere.release();
  expect((await his).text).not.toBe("");
});

test("an account that ended, a key that came before and one sent twice at once disturb nobody else's post", async () => {
  const [ended, ...others] = Array.from({ length: 9 }, () => villagerOf());
  const at = "2026-11-16 02:00:00.000";
  await kit.db.pool.query(
    "INSERT INTO person (id, state, elder, created_at) VALUES (?, 'closed', 0, ?), (?, 'open', 0, ?)",
    [ended?.personId, at, others[0]?.personId, at],
  );
  const more = { key: key(), text: "停水了" };
  const first = await kit.post(author, more);
  const twice = { key: key(), text: "来电了" };
  const ends = await Promise.allSettled([
    ...others.map((who) => kit.post(who)),
    kit.post(author, more),
    kit.post(author, twice),
    kit.post(author, twice),
  ]);
  const last = await Promise.allSettled([ended ?? author, ...others].map((who) => kit.post(who)));
  expect(last.map(({ status }) => status)).toEqual(["rejected", ...others.map(() => "fulfilled")]);
  const [refused] = last;
  expect(refused?.status === "rejected" && refusalIn(refused.reason)?.word).toBe("SIGN_IN_FIRST");
  const ids = ends.map((end) => (end.status === "fulfilled" ? end.value.id : end.reason));
  expect(ids[8]).toBe(first.id);
  expect(ids[9]).toBe(ids[10]);
  expect(new Set(ids).size).toBe(10);
  const [count] = await kit.db.rows<{ n: number }>(
    `SELECT COUNT(*) AS n FROM post WHERE author IN (${others.map(() => "?").join(",")})`,
    others.map(({ personId }) => personId),
  );
  expect(count?.n).toBe(16);
  expect(await wordOf(kit.post(follower))).toBe("VERIFY_FIRST");
});
