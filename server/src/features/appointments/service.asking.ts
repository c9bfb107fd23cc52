import { OutsideFault } from "@weimenhu/connectors/fault";
import type { Entry, HospitalDesk } from "@weimenhu/connectors/ports";
import * as z from "zod/mini";
import type { Db } from "../../kernel/db.ts";
import { enqueue, type Handler, type Job } from "../../kernel/outbox.ts";
import { inTx, type Tx } from "../../kernel/tx.ts";
import type { Patient } from "./deps.ts";
import { answered, type Outcome } from "./service.answer.ts";
import * as place from "./store.place.ts";
import * as store from "./store.ts";

export type AskingDeps = {
  db: Db;
  hospital: HospitalDesk;
  /** Whoever it is for, as the hospital must know them; null when that is not known any more. */
  patientOf: (db: Db, person: string, mandate: string | null) => Promise<Patient | null>;
};

export const bookJob = "hospital.book";
export const cancelJob = "hospital.cancel";
/** `tried`: how often it has been asked; null of a question that the next hour asks anew by itself. */
const payload = z.object({ id: z.string(), turn: z.string(), tried: z.nullable(z.int()) });

/**
 * Asks the hospital in the order in which things were wanted of one appointment, once this is committed. `turn`: which of several
 * such wishes it is. `once`: without asking again by itself.
 */
export async function askHospital(
  tx: Tx,
  kind: typeof bookJob | typeof cancelJob,
  id: string,
  {
    turn = "",
    tried = 0,
    once = false,
    notBefore,
  }: { turn?: string; tried?: number; once?: boolean; notBefore?: number },
): Promise<void> {
  const later = notBefore === undefined ? {} : { notBefore };
  const asked = { id, turn, tried: once ? null : tried };
  await enqueue(tx, { kind, key: `${id}:${turn}:${tried}`, orderKey: `appointment:${id}`, payload: asked, ...later });
}

/** For so long a hospital that surely has done nothing is asked again; then the person is told that it does not answer. */
export const patienceMs = 30 * 60_000;
const waits = [2_000, 5_000, 15_000, 30_000, 60_000, 120_000] as const;
const longestMs = 300_000;

/** No answer: the same question again a little later, for as long as it takes. */
async function later(db: Db, job: Job, kind: typeof bookJob | typeof cancelJob, doubt: boolean): Promise<void> {
  const { id, turn, tried } = payload.parse(job.payload);
  await inTx(db, async (tx) => {
    if (doubt) await place.doubt(tx, id, db.clock.now());
    const notBefore = db.clock.now() + (waits[tried ?? 0] ?? longestMs);
    if (tried !== null) await askHospital(tx, kind, id, { turn, tried: tried + 1, notBefore });
    await job.finish(tx);
  });
}

/**
 * Hold, then confirm. Every step can be asked again under the appointment's id as the key: what was lost on the way is found
 * there. No answer is neither a yes nor a no: the appointment is `unknown` until the hospital was asked again.
 */
export function bookAtHospital(deps: AskingDeps): Handler {
  const { db } = deps;
  return async (job) => {
    const { id } = payload.parse(job.payload);
    const row = await store.appointmentById(db.read, id);
    if (row?.state !== "asked" && row?.state !== "unknown") return;
    try {
      const outcome = await ask(deps, row);
      await inTx(db, async (tx) => {
        await answered(tx, db.clock, id, outcome);
        await job.finish(tx);
      });
    } catch (fault) {
      if (!(fault instanceof OutsideFault)) throw fault;
      // Of a place that the hospital has named it is never said that there was no answer.
      const named = (await store.appointmentById(db.read, id))?.hospitalRef != null;
      const long = db.clock.now() - row.createdAt >= patienceMs;
      const over = row.state === "asked" && !named && !fault.unknown && long;
      if (!over) return later(db, job, bookJob, fault.unknown);
      await inTx(db, async (tx) => {
        await answered(tx, db.clock, id, { no: "no-answer" });
        await job.finish(tx);
      });
    }
  };
}

async function ask(deps: AskingDeps, row: store.AppointmentRow): Promise<Outcome> {
  const { db, hospital, patientOf } = deps;
  const slot = await store.slotById(db.read, row.slot);
  const patient = slot && (await patientOf(db, row.person ?? row.holder, row.mandate));
  if (!slot || !patient) return unnamed(hospital, row.id);
  const got = await hospital.hold({ key: row.id, patient, doctor: slot.doctor, start: slot.startAt });
  if ("no" in got) return { no: got.no === "ended" ? await whyEnded(hospital, row.id) : got.no };
  await inTx(db, (tx) => place.keepRef(tx, row.id, got.held.ref));
  // Two under one key are the hospital's mistake: nobody comes for the second.
  for (const { ref } of got.extra) await hospital.cancel(ref);
  const sure = await hospital.confirm({ ref: got.held.ref, start: slot.startAt });
  if ("booked" in sure) return sure;
  if (sure.no === "moved" || sure.no === "refused") await hospital.cancel(got.held.ref);
  return { no: sure.no === "gone" ? "ended" : sure.no };
}

/** Nobody can be named to it any more: what it has of an earlier try counts all the same. */
async function unnamed(hospital: HospitalDesk, key: string): Promise<Outcome> {
  const [first, ...others] = (await hospital.find(key)).filter(isOn);
  if (first?.state === "booked") return { booked: first };
  for (const { ref } of first ? [first, ...others] : []) await hospital.cancel(ref);
  return { no: "real-name" };
}

async function whyEnded(hospital: HospitalDesk, key: string): Promise<"stopped" | "ended"> {
  return (await hospital.find(key)).some(({ why }) => why === "stopped") ? "stopped" : "ended";
}

/** Gives the hospital back whatever it has under this appointment's key. */
export function cancelAtHospital(deps: AskingDeps): Handler {
  const { db, hospital } = deps;
  return async (job) => {
    const { id } = payload.parse(job.payload);
    const row = await store.appointmentById(db.read, id);
    if (row?.state !== "cancelling") return;
    try {
      const outcome = await giveBack(hospital, row);
      await inTx(db, async (tx) => {
        await answered(tx, db.clock, id, outcome);
        await job.finish(tx);
      });
    } catch (fault) {
      if (!(fault instanceof OutsideFault)) throw fault;
      await later(db, job, cancelJob, false);
    }
  };
}

const isOn = ({ state }: Entry): boolean => state === "held" || state === "booked";

async function giveBack(hospital: HospitalDesk, row: store.AppointmentRow): Promise<Outcome> {
  for (const { ref } of (await hospital.find(row.id)).filter(isOn)) await hospital.cancel(ref);
  const [left] = (await hospital.find(row.id)).filter(({ state }) => state !== "ended");
  if (!left) return { given: true };
  if (left.state === "attended") return { came: true };
  if (left.state === "missed") return { missed: true };
  if (left.state === "held") throw new OutsideFault("hospital", "busy", { detail: "a held place was not taken back" });
  return { kept: left };
}
