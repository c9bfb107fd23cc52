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
  patientOf: (db: Db, person: string) => Promise<Patient | null>;
};

export const bookJob = "hospital.book";
export const cancelJob = "hospital.cancel";
/** `tried`: how often it has been asked; null of a question that the next hour asks anew by itself. */
const payload = z.object({ id: z.string(), tried: z.nullable(z.int()) });

/** Asks the hospital in the order in which things were wanted of one appointment, once this is committed. */
export async function askHospital(
  tx: Tx,
  kind: typeof bookJob | typeof cancelJob,
  id: string,
  { tried = 0, again, notBefore }: { tried?: number; again?: number; notBefore?: number } = {},
): Promise<void> {
  const key = again !== undefined ? `${id}:again:${again}` : tried === 0 ? id : `${id}:${tried}`;
  const later = notBefore === undefined ? {} : { notBefore };
  await enqueue(tx, {
    kind,
    key,
    orderKey: `appointment:${id}`,
    payload: { id, tried: again === undefined ? tried : null },
    ...later,
  });
}

/** For so long a hospital that surely has done nothing is asked again; then the person is told that it does not answer. */
export const patienceMs = 30 * 60_000;
const waits = [2_000, 5_000, 15_000, 30_000, 60_000, 120_000] as const;
const longestMs = 300_000;

/** No answer: the same question again a little later, for as long as it takes. */
async function later(db: Db, job: Job, kind: typeof bookJob | typeof cancelJob, doubt: boolean): Promise<void> {
  const { id, tried } = payload.parse(job.payload);
  await inTx(db, async (tx) => {
    if (doubt) await place.doubt(tx, id, db.clock.now());
    const notBefore = db.clock.now() + (waits[tried ?? 0] ?? longestMs);
    if (tried !== null) await askHospital(tx, kind, id, { tried: tried + 1, notBefore });
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
      const over = row.state === "asked" && !fault.unknown && db.clock.now() - row.createdAt >= patienceMs;
      if (!over) return later(db, job, bookJob, fault.unknown);
      await inTx(db, async (tx) => {
        await answered(tx, db.clock, id, { no: "no-answer" });
        await job.finish(tx);
      });
    }
  };
}

async function ask({ db, hospital, patientOf }: AskingDeps, row: store.AppointmentRow): Promise<Outcome> {
  const slot = await store.slotById(db.read, row.slot);
  const patient = slot && (await patientOf(db, row.person ?? row.holder));
  if (!slot || !patient) return { no: "real-name" };
  const got = await hospital.hold({ key: row.id, patient, doctor: slot.doctor, start: slot.startAt });
  if ("no" in got) return got;
  // Two under one key are the hospital's mistake: nobody comes for the second.
  for (const { ref } of got.extra) await hospital.cancel(ref);
  const sure = await hospital.confirm({ ref: got.held.ref, start: slot.startAt });
  if ("booked" in sure) return sure;
  if (sure.no === "moved") {
    await hospital.cancel(got.held.ref);
    return { no: "moved" };
  }
  return { no: sure.no === "gone" ? "ended" : sure.no };
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
  for (const { ref } of (await hospital.find(row.id)).filter(isOn)) {
    const done = await hospital.cancel(ref);
    if ("no" in done && done.no !== "gone") {
      const [kept] = (await hospital.find(row.id)).filter(({ state }) => state !== "ended");
      return kept ? { kept } : { given: true };
    }
  }
  return { given: true };
}
