import type { Entry, HospitalDesk } from "@weimenhu/connectors/ports";
import { placeHeld } from "@weimenhu/domain/appointments/state";
import { dayMs, dayOf } from "@weimenhu/domain/base/workday";
import type { Db } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { inTx } from "../../kernel/tx.ts";
import { answered, type Outcome } from "./service.answer.ts";
import { askHospital, bookJob, cancelJob } from "./service.asking.ts";
import * as hospital from "./store.hospital.ts";
import * as place from "./store.place.ts";
import * as store from "./store.ts";

type House = { desk: HospitalDesk; db: Db };

/** At most so many pages of changes at one time; the next minute goes on. */
const mostPages = 50;

/**
 * Each minute: what the hospital has changed of our appointments. The mark is kept after all before it has been taken in, so
 * what was read when a process ended is read again; taking it in twice changes nothing.
 */
export async function readChanges({ desk, db }: House): Promise<void> {
  for (let page = 0; page < mostPages; page++) {
    const { changes, mark, more } = await desk.changesSince(await hospital.markOf(db.read));
    for (const entry of changes) await takeIn(db, entry);
    await inTx(db, (tx) => hospital.putMark(tx, mark, db.clock.now()));
    if (!more) return;
  }
}

/** False: nothing came of it. */
async function takeIn(db: Db, entry: Entry): Promise<boolean> {
  const row = await store.appointmentById(db.read, entry.key);
  const outcome = row && newsOf(row, entry);
  return outcome ? inTx(db, (tx) => answered(tx, db.clock, entry.key, outcome)) : false;
}

/** What an entry of the hospital's says that our row does not know; null where they agree, or the row waits for its own answer. */
export function newsOf(row: store.AppointmentRow, entry: Entry): Outcome | null {
  // Of two under one key ours is the other one.
  if (row.hospitalRef !== null && entry.ref !== row.hospitalRef) return null;
  const open = row.state === "booked" || row.state === "past";
  if (entry.state === "attended") return open || row.state === "missed" ? { came: true } : null;
  if (entry.state === "missed") return open ? { missed: true } : null;
  if (row.state !== "booked") return null;
  if (entry.state === "ended") {
    if (entry.why === "stopped") return { stopped: entry.words || "停诊", say: "停诊了，点开改约别的时间" };
    return { stopped: entry.words || "医院取消了这个号", say: "医院取消了这个号，点开看" };
  }
  return entry.start === row.startAt ? null : { moved: entry };
}

/** What both lists did not agree on. */
export type Difference = {
  key: string;
  /** `unknown-here`: no row of ours at all; nothing is done about it. */
  kind: "theirs-alone" | "ours-alone" | "late-news" | "unknown-here";
  ours: store.AppointmentRow["state"] | null;
};
type Found = Difference & { mend: (() => Promise<unknown>) | null };

/** Why a row of ours ended of which the hospital knew nothing; should it come back there, a person must look. */
const lost = "医院没有这个号";
/** More than so many, and more than a fifth of all, is no list that one believes. */
const mostMends = 5;

/**
 * Each night: the hospital's list and ours, day by day, from yesterday to the last day that can be booked. A place that the
 * hospital keeps for a row that gave it up is given back; one that only we know of is asked after; what was missed is taken in. A
 * second run finds nothing. Where the hospital names nothing at all, or far too much differs, nothing is changed and staff are told by
 * an error in the log: that is a fault of one of the two sides. One day that cannot be read does not keep the others from it.
 */
export async function reconcile(house: House, log: Pick<Log, "warn" | "error">): Promise<Difference[]> {
  const now = house.db.clock.now();
  const found: Found[] = [];
  const seen = { theirs: 0, ours: 0 };
  let fault: unknown = null;
  for (let n = -1; n <= 8; n++) {
    try {
      found.push(...(await compareDay(house, dayOf(now + n * dayMs), seen)));
    } catch (err) {
      fault = err;
    }
  }
  const mends = found.filter(({ mend }) => mend !== null).length;
  const doubtful =
    (seen.theirs === 0 && seen.ours > 0) || (mends > mostMends && mends * 5 > Math.max(seen.theirs, seen.ours));
  if (doubtful) log.error({ ...seen, mends }, "the hospital's list is not believed: nothing was changed");
  for (const { mend, ...one } of found) {
    log[mend === null ? "error" : "warn"](one, "the hospital's list and ours did not agree");
    if (!doubtful && mend) await mend();
  }
  if (fault !== null) throw fault;
  return found.map(({ key, kind, ours }) => ({ key, kind, ours }));
}

const isOn = ({ state }: Entry): boolean => state === "held" || state === "booked";
const waits = ({ state }: store.AppointmentRow) => state === "asked" || state === "unknown" || state === "cancelling";

async function compareDay({ desk, db }: House, day: string, seen: { theirs: number; ours: number }): Promise<Found[]> {
  const entries = await desk.daily(day);
  const booked = await hospital.heldOn(db.read, day, ["booked"]);
  seen.theirs += entries.length;
  seen.ours += booked.length;
  const found: Found[] = [];
  for (const entry of entries) {
    const row = await store.appointmentById(db.read, entry.key);
    if (!row) {
      if (isOn(entry)) found.push({ key: entry.key, kind: "unknown-here", ours: null, mend: null });
      continue;
    }
    // A row that still waits has a job that brings its answer.
    if (waits(row)) continue;
    const second = row.hospitalRef !== null && entry.ref !== row.hospitalRef;
    if (isOn(entry) && (!placeHeld.includes(row.state) || second)) {
      const mend = row.why === lost ? null : () => desk.cancel(entry.ref);
      found.push({ key: entry.key, kind: "theirs-alone", ours: row.state, mend });
    } else if (newsOf(row, entry))
      found.push({ key: entry.key, kind: "late-news", ours: row.state, mend: () => takeIn(db, entry) });
  }
  const known = new Set(entries.map(({ key }) => key));
  for (const row of booked.filter(({ id }) => !known.has(id))) found.push(await oursAlone({ desk, db }, row));
  return found;
}

async function oursAlone({ desk, db }: House, row: store.AppointmentRow): Promise<Found> {
  const entry = (await desk.find(row.id)).find(({ ref }) => ref === row.hospitalRef);
  if (entry) return { key: row.id, kind: "late-news", ours: row.state, mend: () => takeIn(db, entry) };
  const gone = { stopped: lost, say: "医院没有这个号了，点开看" };
  const mend = () => inTx(db, (tx) => answered(tx, db.clock, row.id, gone));
  return { key: row.id, kind: "ours-alone", ours: row.state, mend };
}

const waitDays = 3;

/** Each hour: what is days ago and of which the hospital never said who came counts as still to come no more. */
export async function passUnsaid(db: Db): Promise<void> {
  for (const id of await place.unsaid(db.read, db.clock.now() - waitDays * dayMs, 500))
    await inTx(db, (tx) => answered(tx, db.clock, id, { past: true }));
}

/** So long after it was asked a row has an answer, or a job that brings one. */
const jobMs = 3_600_000;

/** Each hour: whatever still waits is asked after, also where its job was lost. A dead job comes first, and is for staff to look at. */
export async function askAgain(db: Db): Promise<void> {
  const now = db.clock.now();
  for (const row of await hospital.waitingSince(db.read, now - jobMs, 200)) {
    const kind = row.state === "cancelling" ? cancelJob : bookJob;
    // One such question an hour, beside whatever else still asks.
    const turn = `again ${Math.floor(now / jobMs)}`;
    await inTx(db, (tx) => askHospital(tx, kind, row.id, { turn, once: true }));
  }
}
