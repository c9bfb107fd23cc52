import type { Entry } from "@weimenhu/connectors/ports";
import { outsideWords } from "@weimenhu/domain/messages/kinds";
import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { appointmentsKit, key, monday } from "../../../test/appointments-kit.ts";
import { type Db, openDb } from "../../kernel/db.ts";
import { inTx } from "../../kernel/tx.ts";
import { appointmentTicks } from "./index.ts";
import { answered } from "./service.answer.ts";
import { claimReminder } from "./store.remind.ts";
import { type AppointmentRow, appointmentById } from "./store.ts";

/** Who is to come hears of it in the evening before and two hours ahead: once, whatever happens to the servers. */
const kit = await appointmentsKit();
const { as, villager, offerOf, slotOf } = kit;
const db = { ...kit.db, clock: kit.clock };
const other = openDb(kit.config, kit.clock);
afterAll(async () => {
  await other.close();
  await kit.close();
});
beforeEach(async () => {
  await kit.db.pool.query("UPDATE appointment SET state = 'cancelled', day_key = NULL WHERE state = 'booked'");
  kit.clock.set(monday);
});

const tuesday = "2026-11-17";
const wednesday = "2026-11-18";
const time = (day: string, at: string) => Date.parse(`${day}T${at}:00+08:00`);
const remindBy = (by: Db = db) =>
  appointmentTicks({ ...kit.deps, hospital: null, log: kit.log }, by)["appointments.remind"];
const remind = async (at: number) => {
  kit.clock.set(at);
  await remindBy()?.run(0);
};
type Told = { page: string; about: string; summary: string; ringUntil: number };
const toldTo = async ({ personId }: Pick<Caller, "personId">): Promise<Told[]> => {
  const rows = await kit.db.rows<{ page: string; about: string; words: string; until: string }>(
    `SELECT page, about, words, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ring_until) DIV 1000 AS until
       FROM message WHERE person = ? AND kind = 'reminded' ORDER BY at, id`,
    [personId],
  );
  return rows.map(({ page, about, words, until }) => ({
    ...{ page, about, summary: (JSON.parse(words) as { summary: string }).summary },
    ringUntil: Number(until),
  }));
};
const times = async (who: Caller) => (await toldTo(who)).length;
/** Ten o'clock, at which two hours ahead is well after seven. */
async function booked(day = tuesday, who?: Caller) {
  const holder = who ?? (await villager());
  const { id: offer } = await offerOf(5);
  const { id } = await as(holder).book({ key: key(), slot: await slotOf(offer, 3, day) });
  return { who: holder, id, offer, start: time(day, "10:00") };
}
/** As a hospital says it: the same offer stands for one of its departments. */
async function atHospital() {
  const one = await booked();
  await kit.db.pool.query("UPDATE appointment_offer SET source = ?, sort = 'hospital', name = '眼科' WHERE id = ?", [
    one.offer,
    one.offer,
  ]);
  const entry = (start: number): Entry => ({
    ...{ key: one.id, ref: "A1", version: "2", state: "booked", number: 7, department: one.offer },
    ...{ doctor: "", start, end: start + 1_800_000 },
  });
  return { ...one, entry };
}

describe("whoever is to come", () => {
  test("is reminded in the evening before and two hours ahead, by name and time, with the ticket to open", async () => {
    const { who, id, start } = await booked();
    await remind(time("2026-11-16", "17:55"));
    expect(await toldTo(who)).toEqual([]);
    await remind(time("2026-11-16", "18:00"));
    const told = { page: "ticket", about: id, summary: "医保窗口：11月17日 周二 10:00", ringUntil: start };
    expect(await toldTo(who)).toEqual([told]);
    for (const at of ["18:05", "21:00"]) await remind(time("2026-11-16", at));
    await remind(time(tuesday, "07:55"));
    expect(await times(who)).toBe(1);
    await remind(time(tuesday, "08:00"));
    await remind(time(tuesday, "08:05"));
    expect(await toldTo(who)).toEqual([told, told]);
  });

  test("is reminded with whoever booked for them", async () => {
    const { who, id } = await booked();
    const holder = await villager();
    await kit.db.pool.query("UPDATE appointment SET holder = ? WHERE id = ?", [holder.personId, id]);
    await remind(time("2026-11-16", "18:00"));
    expect([await times(who), await times(holder)]).toEqual([1, 1]);
  });

  test("hears of a department in the inbox; what a locked screen shows says neither which nor where", async () => {
    const { who } = await atHospital();
    await remind(time("2026-11-16", "18:00"));
    const [told] = await toldTo(who);
    expect(told?.summary).toBe("眼科：11月17日 周二 10:00");
    const shown = outsideWords({ kind: "reminded", count: 1, words: { summary: told?.summary ?? "" } });
    expect(shown).toEqual({ title: "别忘了您的预约", state: "快到了" });
  });

  test("is not reminded of what they booked within the time, but of what is still ahead", async () => {
    kit.clock.set(time("2026-11-16", "19:00"));
    const { who } = await booked();
    await remind(time("2026-11-16", "19:05"));
    expect(await times(who)).toBe(0);
    await remind(time(tuesday, "08:00"));
    expect(await times(who)).toBe(1);
    kit.clock.set(time(tuesday, "08:30"));
    const { who: late } = await booked();
    await remind(time(tuesday, "08:35"));
    expect(await times(late)).toBe(0);
  });

  test("is not reminded of what was given up, stopped, or not confirmed", async () => {
    const gone = await booked();
    await as(gone.who).cancel({ id: gone.id });
    const [stopped, asked] = [await atHospital(), await atHospital()];
    await inTx(db, (tx) => answered(tx, kit.clock, stopped.id, { stopped: "停诊", say: "停诊了" }));
    await kit.db.pool.query("UPDATE appointment SET state = 'asked' WHERE id = ?", [asked.id]);
    await remind(time("2026-11-16", "18:00"));
    expect(await Promise.all([gone, stopped, asked].map(({ who }) => times(who)))).toEqual([0, 0, 0]);
  });

  test("is reminded of the new time of what was moved, and of the old one no more", async () => {
    const { who, id, entry } = await atHospital();
    await remind(time("2026-11-16", "18:00"));
    kit.clock.set(time("2026-11-16", "19:00"));
    await inTx(db, (tx) => answered(tx, kit.clock, id, { moved: entry(time(wednesday, "15:00")) }));
    await remind(time("2026-11-16", "19:05"));
    await remind(time(tuesday, "08:00"));
    expect(await times(who)).toBe(1);
    await remind(time(tuesday, "18:00"));
    await remind(time(wednesday, "13:00"));
    const next = {
      page: "ticket",
      about: id,
      summary: "眼科：11月18日 周三 15:00",
      ringUntil: time(wednesday, "15:00"),
    };
    expect((await toldTo(who)).slice(1)).toEqual([next, next]);
  });

  test("is not reminded of the evening that had passed when it was moved", async () => {
    const { who, id, entry } = await atHospital();
    kit.clock.set(time("2026-11-16", "19:00"));
    await inTx(db, (tx) => answered(tx, kit.clock, id, { moved: entry(time(tuesday, "15:00")) }));
    await remind(time("2026-11-16", "19:05"));
    expect(await times(who)).toBe(0);
    await remind(time(tuesday, "13:00"));
    expect(await times(who)).toBe(1);
  });

  test("has a place from the line: reminded as its new holder, whatever the one before was told", async () => {
    const { who, id, offer } = await booked();
    await remind(time("2026-11-16", "18:00"));
    const next = await villager();
    await kit.db.pool.query("UPDATE appointment SET free_until = start_at WHERE id = ?", [id]);
    await kit.db.pool.query("UPDATE appointment_slot SET capacity = 1 WHERE offer = ? AND day = ?", [offer, tuesday]);
    await kit.db.pool.query("UPDATE appointment_slot SET closed = 1 WHERE offer = ? AND taken = 0", [offer]);
    await as(next).wait({ key: key(), offer, day: tuesday });
    await as(who).cancel({ id });
    await remind(time(tuesday, "08:00"));
    expect([await times(who), await times(next)]).toEqual([1, 1]);
  });
});

describe("servers", () => {
  test("two that remind at the same moment tell each person once", async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => booked()));
    kit.clock.set(time("2026-11-16", "18:00"));
    await Promise.all([remindBy(db)?.run(0), remindBy(other)?.run(0), remindBy(db)?.run(0)]);
    expect(await Promise.all(people.map(({ who }) => times(who)))).toEqual(people.map(() => 1));
  });

  test("one that read of an appointment before it was told, given up or moved has nothing to tell of it", async () => {
    const rows = await Promise.all(["told", "gone", "moved", "same"].map(() => booked()));
    const read = await Promise.all(rows.map(({ id }) => appointmentById(db.read, id)));
    const now = time("2026-11-16", "18:00");
    const claim = (n: number) => inTx(db, (tx) => claimReminder(tx, read[n] as AppointmentRow, now));
    expect(await claim(0)).toBe(true);
    await as(rows[1]?.who ?? null).cancel({ id: rows[1]?.id ?? "" });
    await kit.db.pool.query("UPDATE appointment SET start_at = start_at + INTERVAL 1 DAY WHERE id = ?", [rows[2]?.id]);
    expect([await claim(0), await claim(1), await claim(2), await claim(3)]).toEqual([false, false, false, true]);
  });

  test("one that dies in the middle has told nothing, and the next run tells it once", async () => {
    const { who, id } = await booked();
    const { who: neighbour } = await booked();
    kit.clock.set(time("2026-11-16", "18:00"));
    await kit.db.pool.query(
      `CREATE TRIGGER dies BEFORE INSERT ON message FOR EACH ROW
         IF NEW.about = '${id}' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'dead'; END IF`,
    );
    await expect(remindBy()?.run(0)).rejects.toThrow("message");
    await kit.db.pool.query("DROP TRIGGER dies");
    const [row] = await kit.db.rows<{ at: string | null }>("SELECT reminded_at AS at FROM appointment WHERE id = ?", [
      id,
    ]);
    // Nothing of it stands, and nobody else was kept waiting by it.
    expect([await times(who), row?.at, await times(neighbour)]).toEqual([0, null, 1]);
    await remind(time("2026-11-16", "18:05"));
    expect([await times(who), await times(neighbour)]).toEqual([1, 1]);
  });

  test("that were away in the evening remind later in it, at night not at all, and in the morning once", async () => {
    const [evening, night] = [await booked(), await booked()];
    await kit.db.pool.query("UPDATE appointment SET reminded_at = ? WHERE id = ?", ["2026-11-16 20:00:00", night.id]);
    await remind(time("2026-11-16", "21:40"));
    expect([await times(evening.who), await times(night.who)]).toEqual([1, 0]);
    await kit.db.pool.query("UPDATE appointment SET reminded_at = NULL WHERE id = ?", [night.id]);
    for (const at of ["22:00", "23:55"]) await remind(time("2026-11-16", at));
    await remind(time(tuesday, "06:55"));
    expect(await times(night.who)).toBe(0);
    await remind(time(tuesday, "07:00"));
    expect([await times(evening.who), await times(night.who)]).toEqual([1, 1]);
  });

  test("that were away until it had begun say nothing any more", async () => {
    const { who } = await booked();
    await remind(time(tuesday, "10:00"));
    await remind(time(tuesday, "12:00"));
    expect(await times(who)).toBe(0);
  });

  test("with more people than are looked at together reach all of them", async () => {
    const { id: offer } = await offerOf(5);
    const slot = await slotOf(offer, 3);
    const { who, id } = await booked();
    const copies = Array.from({ length: 450 }, (_, n) => `R${String(n).padStart(25, "0")}`);
    await kit.db.pool.query(
      `INSERT INTO appointment (id, offer, slot, region, attendee, person, holder, state, number, day, start_at, place, note,
         idem_key, idem_digest, day_key, created_at, why)
       SELECT c.id, ?, ?, region, c.id, person, holder, state, number, day, start_at, place, note, c.id, c.id, c.id, created_at, why
       FROM appointment JOIN (${copies.map((one) => `SELECT '${one}' AS id`).join(" UNION ALL ")}) c WHERE appointment.id = ?`,
      [offer, slot, id],
    );
    await remind(time("2026-11-16", "18:00"));
    expect(await times(who)).toBe(451);
  });
});
