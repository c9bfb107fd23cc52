import type { Entry, HospitalDesk } from "@weimenhu/connectors/ports";
import { placeHeld } from "@weimenhu/domain/appointments/state";
import { dayMs, dayOf } from "@weimenhu/domain/base/workday";
import type { Db } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { inTx } from "../../kernel/tx.ts";
import { answered, type Outcome } from "./service.answer.ts";
import { askHospital, bookJob, cancelJob } from "./service.asking.ts";
import * as hospital from "./store.hospital.ts";
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
  if (row.state !== "booked") return null;
  if (entry.state === "attended") return { came: true };
  if (entry.state === "missed") return { missed: true };
  if (entry.state === "ended")
    return { stopped: entry.words || (entry.why === "stopped" ? "停诊" : "医院取消了这个号") };
  return entry.start === row.startAt ? null : { moved: entry };
}

/** What both lists did not agree on, and what was done about it. */
export type Difference = {
  key: string;
  kind: "theirs-alone" | "ours-alone" | "late-news";
  ours: store.AppointmentRow["state"] | null;
};

/**
 * Each night: the hospital's list and ours, day by day, from yesterday to the last day that can be booked. A place that the
 * hospital keeps for nobody is given back; one that only we know of is asked after; what was missed is taken in. A second run
 * finds nothing.
 */
export async function reconcile({ desk, db }: House, log: Pick<Log, "warn">): Promise<Difference[]> {
  const now = db.clock.now();
  const found: Difference[] = [];
  for (let n = -1; n <= 8; n++) found.push(...(await compareDay({ desk, db }, dayOf(now + n * dayMs))));
  for (const one of found) log.warn(one, "the hospital's list and ours did not agree");
  return found;
}

const isOn = ({ state }: Entry): boolean => state === "held" || state === "booked";

async function compareDay({ desk, db }: House, day: string): Promise<Difference[]> {
  const entries = await desk.daily(day);
  const found: Difference[] = [];
  for (const entry of entries) {
    const row = await store.appointmentById(db.read, entry.key);
    // A row that still waits has a job that brings its answer.
    if (row && (row.state === "asked" || row.state === "unknown" || row.state === "cancelling")) continue;
    const keeps = row !== undefined && placeHeld.includes(row.state);
    const second = row?.hospitalRef != null && entry.ref !== row.hospitalRef;
    if (isOn(entry) && (!keeps || second)) {
      await desk.cancel(entry.ref);
      found.push({ key: entry.key, kind: "theirs-alone", ours: row?.state ?? null });
    } else if (await takeIn(db, entry)) found.push({ key: entry.key, kind: "late-news", ours: row?.state ?? null });
  }
  const known = new Set(entries.map(({ key }) => key));
  for (const row of await hospital.heldOn(db.read, day, ["booked"])) {
    if (known.has(row.id)) continue;
    const all = await desk.find(row.id);
    const entry = all.find(({ ref }) => ref === row.hospitalRef);
    const lost = entry === undefined;
    const came = lost
      ? await inTx(db, (tx) => answered(tx, db.clock, row.id, { stopped: "医院没有这个号" }))
      : await takeIn(db, entry);
    if (came) found.push({ key: row.id, kind: lost ? "ours-alone" : "late-news", ours: row.state });
  }
  return found;
}

/** So long after it was asked a row has an answer, or a job that brings one. */
const jobMs = 3_600_000;

/** Each hour: whatever still waits is asked after, also where its job was lost. */
export async function askAgain(db: Db): Promise<void> {
  const now = db.clock.now();
  for (const row of await hospital.waitingSince(db.read, now - jobMs, 200)) {
    const kind = row.state === "cancelling" ? cancelJob : bookJob;
    // One such question an hour, beside whatever else still asks.
    await inTx(db, (tx) => askHospital(tx, kind, row.id, { again: Math.floor(now / jobMs) }));
  }
}
