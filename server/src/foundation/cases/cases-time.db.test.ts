import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseRoom, secretary } from "../../../test/case-room.ts";
import { clockStays } from "../../../test/moved-clock.ts";
import { manualClock, sqlTime, systemClock } from "../../kernel/clock.ts";
import { openDb } from "../../kernel/db.ts";
import { keepTime, watchTime } from "./service.time.ts";
import * as store from "./store.ts";

const { room, raised, act, now } = await caseRoom();
afterAll(() => room.close());
const dayMs = 86_400_000;

describe("by the time of the database itself", () => {
  const minute = 60_000;
  beforeAll(async () => {
    await clockStays(room.url);
    room.clock.set(systemClock.now());
  });
  const written = (id: string, move: string, ms: number) =>
    room.db.pool.query(
      `INSERT INTO case_step (case_id, number, round, move, mark, text, photos, at)
       SELECT id, steps + 1, round, ?, 'official', '', '[]', ? FROM case_file WHERE id = ?`,
      [move, sqlTime(ms), id],
    );

  test("a server whose clock differs from the database's by more than a minute says so, and one that does not says nothing", async () => {
    const said: string[] = [];
    const log = pino({ level: "info" }, { write: (line: string) => void said.push(line) });
    const db = openDb(room.config, room.clock);
    expect(Math.abs(await watchTime({ db, log }))).toBeLessThan(minute);
    expect(said).toEqual([]);
    room.clock.advance(2 * minute);
    await watchTime({ db, log });
    room.clock.advance(-4 * minute);
    await watchTime({ db, log });
    room.clock.advance(2 * minute);
    await db.close();
    expect(said).toHaveLength(2);
    expect(said.every((line) => line.includes("the clocks of this server and of the database differ"))).toBe(true);
  });

  test("each server goes on looking, so that one that falls behind later says so, whatever the others do", async () => {
    const behind = manualClock(room.clock.now());
    const lines: Record<string, string[]> = { right: [], behind: [] };
    const ends = Object.entries({ right: room.clock, behind }).map(([name, clock]) => {
      const log = pino({ level: "info" }, { write: (line: string) => void lines[name]?.push(line) });
      const db = openDb(room.config, clock);
      const stop = keepTime({ db, log }, 20);
      return async () => {
        stop();
        await db.close();
      };
    });
    behind.advance(-2 * minute);
    await expect.poll(() => lines["behind"]?.some((line) => line.includes("the clocks of this server"))).toBe(true);
    for (const end of ends) await end();
    expect(lines["right"]).toEqual([]);
  });

  test("a case is raised and moved by servers whose clocks differ by minutes", async () => {
    room.clock.advance(4 * minute);
    const id = await raised();
    await act(secretary, id, { move: "start", text: "马上" });
    room.clock.advance(-8 * minute);
    await act(secretary, id, { move: "note", text: "在办" });
    const other = await raised();
    await act(secretary, other, { move: "start", text: "马上" });
    expect([await now(id), await now(other)]).toMatchObject([{ steps: 3 }, { steps: 2 }]);
    room.clock.advance(4 * minute);
  });

  test("no step is written as of another time, whatever time the session is told it is", async () => {
    const id = await raised();
    for (const away of [-4 * dayMs, -11 * minute, 11 * minute, 4 * dayMs]) {
      await expect(written(id, "pause", room.clock.now() + away)).rejects.toThrow(/never back-dated/);
      const connection = await room.db.pool.getConnection();
      try {
        await connection.query("SET timestamp = ?", [(room.clock.now() + away) / 1000]);
        const then = sqlTime(room.clock.now() + away);
        await expect(
          connection.query(
            `INSERT INTO case_step (case_id, number, round, move, mark, text, photos, at)
             SELECT id, steps + 1, round, 'finish', 'official', '', '[]', ? FROM case_file WHERE id = ?`,
            [then, id],
          ),
        ).rejects.toThrow(/never back-dated/);
      } finally {
        connection.destroy();
      }
    }
    room.clock.advance(-30 * minute);
    await expect(raised()).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/begins when it is raised/) },
    });
    room.clock.advance(30 * minute);
    expect(await store.steps(room.db, id)).toHaveLength(1);
  });

  test("no case begins at another time than now, and none comes half handled", async () => {
    const id = await raised();
    const { mine, copy } = await columns();
    const inserted = (set: Record<string, string>) =>
      room.db.pool.query(
        `INSERT INTO case_file (${mine}) SELECT ${copy.map((name) => set[name] ?? name).join(", ")} FROM case_file WHERE id = ?`,
        [id],
      );
    const other = { id: "CONCAT('X', SUBSTR(id, 2))", subject: "CONCAT(subject, 'x')" };
    const month = "INTERVAL 30 DAY";
    for (const set of [
      { began_at: `began_at - ${month}`, created_at: `created_at - ${month}` },
      { began_at: `began_at + ${month}`, created_at: `created_at + ${month}` },
      { created_at: "created_at - INTERVAL 1 SECOND" },
      { accepted_at: "began_at" },
      { finished_at: "began_at" },
      { closed_at: "began_at" },
      { pauses: `'[{"from":1,"to":2}]'` },
    ])
      await expect(inserted({ ...other, ...set }), JSON.stringify(set)).rejects.toThrow(/begins when it is raised/);
    await inserted(other);
  });

  test("what a deadline was is kept as of now", async () => {
    const id = await raised();
    const kept = (ms: number) =>
      room.db.pool.query(
        "INSERT INTO case_due (case_id, at, was, due) SELECT id, ?, due_at, due_at FROM case_file WHERE id = ?",
        [sqlTime(ms), id],
      );
    await expect(kept(room.clock.now() - dayMs)).rejects.toThrow(/never back-dated/);
    await kept(room.clock.now());
    // A time without a day is no time at all, also for a session that takes such.
    const loose = await room.db.pool.getConnection();
    try {
      await loose.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES'");
      const none = sqlTime(room.clock.now()).replace(/^(....-..)-../, "$1-00");
      const insert =
        "INSERT INTO case_due (case_id, at, was, due) SELECT id, ?, due_at, due_at FROM case_file WHERE id = ?";
      await expect(loose.query(insert, [none, id])).rejects.toThrow(/never back-dated/);
    } finally {
      loose.destroy();
    }
  });

  test("a clock under which there are cases is never moved", async () => {
    await raised();
    await expect(room.db.pool.query("INSERT INTO moved_clock (id) VALUES (1)")).rejects.toThrow(/never moved/);
  });

  async function columns() {
    const rows = await room.db.rows<{ Field: string }>("SHOW COLUMNS FROM case_file");
    const copy = rows.map(({ Field }) => Field);
    return { mine: copy.join(", "), copy };
  }
});
