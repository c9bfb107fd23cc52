import { calendarOf, dayOf } from "@weimenhu/domain/base/workday";
import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { author, caseRoom, october, secretary } from "../../../test/case-room.ts";
import { sqlTime } from "../../kernel/clock.ts";
import { caseDue } from "./schema.ts";
import { recompute } from "./service.clock.ts";
import * as store from "./store.ts";

const { room, raised, act, now, clockRuns } = await caseRoom();
afterAll(() => room.close());
const dayMs = 86_400_000;

test("the database refuses to change, delete or back-date a step", async () => {
  const id = await raised();
  const run = (sql: string) => room.db.rows(sql, [id]);
  await expect(run("UPDATE case_step SET text = 'x' WHERE case_id = ?")).rejects.toThrow(/never changed/);
  await expect(run("DELETE FROM case_step WHERE case_id = ?")).rejects.toThrow(/never deleted/);
  await expect(run("UPDATE case_step SET given_to = 'x' WHERE case_id = ?")).rejects.toThrow(/never changed/);
  const earlier = `INSERT INTO case_step (case_id, number, round, move, actor, mark, title, text, photos, reason, at, idem_key)
    SELECT case_id, 2, round, 'accept', actor, mark, title, text, photos, reason,
    at - INTERVAL 1 SECOND, NULL FROM case_step WHERE case_id = ?`;
  await expect(run(earlier)).rejects.toThrow(/never back-dated/);
});

test("the database refuses to set the clock of a case, alone or with a step that would be back-dated", async () => {
  const id = await raised();
  room.clock.advance(dayMs);
  await act(secretary, id, { move: "start", text: "马上" });
  room.clock.advance(dayMs);
  await act(secretary, id, { move: "note", text: "在办" });
  const before = await now(id);
  const run = (set: string) => room.db.rows(`UPDATE case_file SET ${set} WHERE id = ?`, [id]);
  const day = "INTERVAL 1 DAY";
  for (const set of [
    `created_at = created_at - ${day}`,
    `began_at = began_at + ${day}`,
    `accepted_at = accepted_at - ${day}`,
    "accepted_at = NULL",
    "finished_at = accepted_at",
    `pauses = '[{"from":1,"to":null}]'`,
    "extension = 'allowed'",
    "round = 2",
    "steps = steps - 1",
    `steps = steps + 1, began_at = began_at + ${day}`,
    `steps = steps + 1, accepted_at = accepted_at - ${day}`,
    "steps = steps + 1, finished_at = accepted_at",
  ])
    await expect(run(set), set).rejects.toThrow(/never set back/);
  expect(await now(id)).toEqual(before);
});

test("the database lets a case change only with the step that did it, never as of another time than that step's", async () => {
  const id = await raised();
  room.clock.advance(dayMs);
  await act(secretary, id, { move: "start", text: "马上" });
  await act(secretary, id, { move: "pause", text: "等挖机" });
  room.clock.advance(dayMs);
  await act(secretary, id, { move: "resume" });
  const before = await now(id);
  const run = (sql: string) => room.db.pool.query(sql, [id]);
  // Without any step.
  for (const set of [
    "state = 'closed'",
    "region = '990101101000'",
    "village = '990101101202'",
    "author = assignee, assignee = 'x'",
    "round_kind = 'rectify'",
    "closed_at = '2026-11-20'",
    "rated = 1",
    "reopened = 1",
    "outcome = 'confirmed'",
    "reason = 'duplicate'",
    "assignee = 'x'",
    "due_at = '2030-01-01'",
    "due_at = NULL",
    "escalated_at = began_at",
    "steps = steps + 1",
    "steps = steps + 1, extension = 'allowed'",
    "steps = steps + 1, began_at = '2030-01-01'",
    `steps = steps + 1, pauses = '[{"from":1700000000000,"to":1795000000000}]'`,
  ])
    await expect(run(`UPDATE case_file SET ${set} WHERE id = ?`), set).rejects.toThrow(/only with its step/);
  // With a step, but not as of its time, or not what such a step does.
  const ms = room.clock.now() + dayMs;
  const at = `'${sqlTime(ms)}'`;
  const note = `INSERT INTO case_step (case_id, number, round, move, mark, text, photos, at)
    SELECT id, steps + 1, round, 'note', 'official', '', '[]', ${at} FROM case_file WHERE id = ?`;
  const connection = await room.db.pool.getConnection();
  try {
    await connection.query("START TRANSACTION");
    await connection.query(note, [id]);
    const open = before.pauses.slice(0, -1);
    for (const set of [
      "steps = steps + 2",
      `began_at = ${at}`,
      `round = round + 1, began_at = ${at}`,
      `accepted_at = ${at}`,
      "accepted_at = NULL",
      `finished_at = ${at}`,
      `closed_at = ${at} + INTERVAL 1 SECOND`,
      "pauses = '[]'",
      `pauses = '${open},{"from":${ms},"to":null}]'`,
      "extension = 'allowed'",
      `escalated_at = ${at}`,
    ])
      await expect(
        connection.query(`UPDATE case_file SET steps = steps + 1, ${set} WHERE id = ?`, [id]),
        set,
      ).rejects.toThrow(/only with its step|never set back/);
    await connection.query("ROLLBACK");
    await connection.query("START TRANSACTION");
    await connection.query(note.replace("'note'", "'pause'"), [id]);
    for (const from of [ms - 1, 1_700_000_000_000])
      await expect(
        connection.query(
          `UPDATE case_file SET steps = steps + 1, pauses = '${open},{"from":${from},"to":null}]' WHERE id = ?`,
          [id],
        ),
      ).rejects.toThrow(/only with its step/);
    await connection.query(
      `UPDATE case_file SET steps = steps + 1, pauses = '${open},{"from":${ms},"to":null}]' WHERE id = ?`,
      [id],
    );
    await connection.query("ROLLBACK");
  } finally {
    connection.release();
  }
  expect(await now(id)).toEqual(before);
});

test("the database lets a case that was late stay so when it is answered, and lets no note end one", async () => {
  const id = await raised();
  await act(secretary, id, { move: "start", text: "马上" });
  room.clock.advance(30 * dayMs);
  await clockRuns();
  const run = (set: string) => room.db.pool.query(`UPDATE case_file SET ${set} WHERE id = ?`, [id]);
  const late = await now(id);
  const note = `INSERT INTO case_step (case_id, number, round, move, mark, text, photos, at)
    SELECT id, steps + 1, round, 'note', 'official', '', '[]', '${sqlTime(room.clock.now())}' FROM case_file WHERE id = ?`;
  const connection = await room.db.pool.getConnection();
  try {
    await connection.query("START TRANSACTION");
    await connection.query(note, [id]);
    for (const set of ["state = 'closed', outcome = 'confirmed'", "state = 'confirming'", "reason = 'duplicate'"])
      await expect(
        connection.query(`UPDATE case_file SET steps = steps + 1, ${set} WHERE id = ?`, [id]),
        set,
      ).rejects.toThrow(/only with its step/);
    await connection.query("ROLLBACK");
  } finally {
    connection.release();
  }
  await act(secretary, id, { move: "finish", text: "好了" });
  await expect(run("escalated_at = NULL")).rejects.toThrow(/only with its step/);
  expect((await now(id)).escalatedAt).toBe(late.escalatedAt);
});

test("the database keeps a case for good, and of a deadline that the calendar moved what it was", async () => {
  const id = await raised();
  const was = (await now(id)).dueAt;
  await expect(room.db.pool.query("DELETE FROM case_file WHERE id = ?", [id])).rejects.toThrow(/never deleted/);
  const calendar = calendarOf({ holidays: [...october, dayOf((was ?? 0) - 1)], makeUps: ["2026-10-10"] });
  await recompute({ calendar: () => calendar }, room.db, room.clock, async () => undefined);
  const { dueAt } = await now(id);
  expect(dueAt).not.toBe(was);
  const kept = await room.db.read.select().from(caseDue).where(eq(caseDue.caseId, id));
  expect(kept).toEqual([{ caseId: id, at: room.clock.now(), was, due: dueAt }]);
  await expect(room.db.pool.query("UPDATE case_due SET due = was WHERE case_id = ?", [id])).rejects.toThrow(
    /never chang/,
  );
  await expect(room.db.pool.query("DELETE FROM case_due WHERE case_id = ?", [id])).rejects.toThrow(/never deleted/);
});

test("the database lets the words of a resident be taken out of a step, nothing else of it, and no word of the office", async () => {
  const id = await raised();
  await act(secretary, id, { move: "start", text: "马上" });
  await act(secretary, id, { move: "finish", text: "好了" });
  await act(author, id, { move: "reopen", text: "没有好", photos: ["01"] });
  const run = (set: string, where: string) =>
    room.db.rows(`UPDATE case_step SET ${set} WHERE case_id = ? AND ${where}`, [id]);
  const reopened = "move = 'reopen'";
  for (const more of ["at = at - INTERVAL 1 DAY", "actor = NULL", "round = 9", "mark = 'official'"])
    await expect(run(`text = '', photos = '[]', ${more}`, reopened)).rejects.toThrow(/never changed/);
  await expect(run("text = '好'", reopened)).rejects.toThrow(/never changed/);
  await expect(run("text = '', photos = '[]'", "move = 'finish'")).rejects.toThrow(/never changed/);
  await run("text = '', photos = '[]'", reopened);
  expect((await store.steps(room.db, id)).map(({ text }) => text)).toEqual(["", "马上", "好了", ""]);
});
