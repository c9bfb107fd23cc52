import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { cadre, cast, key, town, village, villagerOf } from "../../../test/circle-kit.ts";
import { waitingModeration } from "./index.ts";
import { waitingStatement } from "./store.waiting.ts";

const kit = await checksKit();
afterAll(kit.close);
const { author, other, secretary, clerk, elsewhere } = cast();
const minute = 60_000;
const waits = (who: Caller) => waitingModeration(kit.ctx(who, { db: kit.db }));
const bad = "代开发票";

/** Nothing waits any more, and time has passed. */
beforeEach(async () => {
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
  for (const table of ["post", "post_comment", "circle_step"])
    await kit.db.pool.query(`UPDATE ${table} SET check_state = 'refused' WHERE check_state = 'held'`);
  for (const table of ["post_report", "circle_appeal"])
    await kit.db.pool.query(`UPDATE ${table} SET decided_at = NOW(3) WHERE decided_at IS NULL`);
  kit.clock.advance(60 * minute);
});

test("what was reported waits since the first report, however long ago it was written, and counts once", async () => {
  const { id } = await kit.post(author);
  kit.clock.advance(90 * minute);
  const since = kit.clock.now();
  await kit.as(other).circle.report({ id, why: "广告" });
  kit.clock.advance(minute);
  await kit.as(villagerOf()).circle.report({ id, why: "广告" });
  expect(await waits(secretary)).toMatchObject([{ id: village, title: "1 条内容等待审核", since }]);
  await kit.as(author).circle.remove({ id });
  expect(await waits(secretary)).toEqual([]);
});

test("what a checker left to a person waits since it did, not since it was written", async () => {
  const { id } = await kit.post(author, { photos: [await kit.upload(author)] });
  await kit.settle();
  kit.clock.advance(7 * minute);
  const since = kit.clock.now();
  await kit.send(`${kit.wechat.asked.at(-1)?.trace} review`);
  await kit.settle();
  expect(await waits(secretary)).toMatchObject([{ since }]);
  kit.clock.advance(minute);
  await kit.as(author).circle.edit({ id, key: key(), text: "换个说法" });
  expect(await waits(secretary)).toMatchObject([{ since }]);
});

test("an appeal waits since it was made, and not for whoever refused", async () => {
  const { id } = await kit.post(author, { text: bad });
  await kit.as(secretary).circle.decide({ id, pass: false, reason: "广告" });
  kit.clock.advance(5 * minute);
  const since = kit.clock.now();
  await kit.as(author).circle.appeal({ id, key: key(), why: "不是" });
  kit.clock.advance(minute);
  expect(await waits(secretary)).toEqual([]);
  expect(await waits(clerk)).toMatchObject([{ id: village, since }]);
});

test("what was said with a step waits for all who may decide about it but whoever said it", async () => {
  const office = cadre("secretary", village);
  const { case: file } = await kit.post(author, { kind: "help" });
  kit.wechat.plan.words = "review";
  await kit.as(office).cases.move({ id: file?.id ?? "", key: key(), move: "start", text: "马上处理" });
  kit.clock.advance(minute);
  await kit.settle();
  const since = kit.clock.now();
  kit.clock.advance(minute);
  expect(await waits(secretary)).toMatchObject([{ title: "1 条内容等待审核", since }]);
  expect(await waits(office)).toEqual([]);
});

test("what stands under a post waits for nobody once that is deleted, but for what was said with a step of its case", async () => {
  const { id, case: file } = await kit.post(author, { kind: "help" });
  const comment = async (who: Caller, text: string) =>
    (await kit.as(who).circle.comment({ id, key: key(), text })).discussion.find((one) => one.text === text)?.id ?? "";
  const [held, reported, refused] = [
    await comment(other, bad),
    await comment(other, "我也看到了"),
    await comment(other, "还有一句"),
  ];
  await kit.as(author).circle.report({ id: reported, why: "广告" });
  await kit.as(clerk).circle.decide({ id: refused, pass: false, reason: "广告" });
  await kit.as(other).circle.appeal({ id: refused, key: key(), why: "不是" });
  kit.wechat.plan.words = "review";
  await kit.as(cadre("secretary", village)).cases.move({ id: file?.id ?? "", key: key(), move: "start", text: "在办" });
  await kit.settle();
  const listed = async () =>
    (await kit.as(secretary).circle.queue({ limit: 50 })).items.filter((one) => one.post === id);
  expect((await listed()).map((one) => one.id)).toEqual(expect.arrayContaining([held, reported, refused]));
  expect(await waits(secretary)).toMatchObject([{ title: "4 条内容等待审核" }]);
  await kit.as(author).circle.remove({ id });
  expect((await listed()).map((one) => [one.text, one.under])).toEqual([["在办", ""]]);
  expect(await waits(secretary)).toMatchObject([{ title: "1 条内容等待审核" }]);
});

test("more than fifty are told as that many or more, by one question to the database", async () => {
  const { id } = await kit.post(other);
  for (let n = 0; n < 51; n++) await kit.as(author).circle.comment({ id, key: key(), text: `${bad} ${n}` });
  const asked = vi.spyOn(kit.db, "rows");
  expect(await waits(secretary)).toMatchObject([{ title: "50 条以上内容等待审核" }]);
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
  expect(await waits(elsewhere)).toEqual([]);
  expect(await waits(cadre("clerk", town))).toHaveLength(1);
});

/** Copies of a row under ids of their own, with other values in some columns. */
async function copies(table: string, id: string, many: number, other: Record<string, string>) {
  const columns = await kit.db.rows<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?",
    [table],
  );
  const fresh = { id: "CONCAT('00', LPAD(s.seq, 8, '0'), LEFT(UUID(), 8), RIGHT(t.id, 8))", ...other };
  const values = columns.map(({ name }) => Object.entries(fresh).find(([key]) => key === name)?.[1] ?? `t.${name}`);
  const named = columns.map(({ name }) => name).join(", ");
  await kit.db.pool.query(
    `INSERT INTO ${table} (${named}) SELECT ${values.join(", ")} FROM ${table} t JOIN seq_1_to_${many} s WHERE t.id = ?`,
    [id],
  );
}

/** Rows that the question of one who looks after a village reads. */
async function reads(): Promise<number> {
  const connection = await kit.db.pool.getConnection();
  try {
    const [statement, values] = waitingStatement(secretary.personId, [village], 51);
    await connection.query("FLUSH STATUS");
    await connection.execute(statement, values);
    const [rows] = await connection.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
    return (rows as { Value: string }[]).reduce((sum, row) => sum + Number(row.Value), 0);
  } finally {
    connection.release();
  }
}

test("what waits is found along the indexes: as few rows are read however much was passed, decided, or waits elsewhere", async () => {
  const { id } = await kit.post(author);
  const { discussion } = await kit.as(author).circle.comment({ id, key: key(), text: bad });
  await kit.as(other).circle.report({ id, why: "广告" });
  const [report] = await kit.db.rows<{ id: string }>("SELECT id FROM post_report WHERE what = ?", [id]);
  const few = await reads();
  const [said, keyed] = [discussion[0]?.id ?? "", "UUID()"];
  const [many, far] = [4_000, "'990101998201'"];
  await copies("post", id, many, { idem_key: keyed });
  await copies("post", id, many, { idem_key: keyed, check_state: "'held'", village: far });
  await copies("post_comment", said, many, { idem_key: keyed, check_state: "'passed'" });
  await copies("post_comment", said, many, { idem_key: keyed, village: far });
  const open = { person: "LEFT(UUID(), 26)", what: "LEFT(UUID(), 26)" };
  await copies("post_report", report?.id ?? "", many, { ...open, decided_at: "t.at" });
  await copies("post_report", report?.id ?? "", many, { ...open, village: far });
  expect(await reads()).toBeLessThan(few + 20);
  // What waits here is sorted by its age: a few reads for each, never a look at its checks, its author or its post.
  const backlog = 500;
  await copies("post", id, backlog, { idem_key: keyed, check_state: "'held'" });
  await copies("post_comment", said, backlog, { idem_key: keyed });
  await copies("post_report", report?.id ?? "", backlog, open);
  expect(await reads()).toBeLessThan(few + 3 * backlog * 3);
  expect(await waits(secretary)).toMatchObject([{ title: "50 条以上内容等待审核" }]);
});
