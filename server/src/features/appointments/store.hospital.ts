import type { Department, Doctor, Period } from "@weimenhu/connectors/ports";
import { dayOf } from "@weimenhu/domain/base/workday";
import { and, asc, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import type { Reads } from "../../kernel/db.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import type { Tx } from "../../kernel/tx.ts";
import { appointment, appointmentDoctor, appointmentMark, appointmentOffer, appointmentSlot } from "./schema.ts";
import type { AppointmentRow, OfferRow, SlotRow } from "./store.ts";

export type DoctorRow = typeof appointmentDoctor.$inferSelect;

/** Under which id a department is an offer of ours: the same in every process. */
export const offerIdOf = (department: string): string => sha256(`hospital ${department}`).slice(0, 26).toUpperCase();

export const hospitalOffers = (reads: Reads): Promise<OfferRow[]> =>
  reads
    .select()
    .from(appointmentOffer)
    .where(isNotNull(appointmentOffer.source))
    .orderBy(asc(appointmentOffer.sortOrder), asc(appointmentOffer.id));

/** What every hospital asks for. */
const bring = JSON.stringify(["本人身份证或社保卡"]);

export function rowOfDepartment(department: Department, region: string, sortOrder: number, now: number): OfferRow {
  const { ref, name, code, house, address, where } = department;
  return {
    ...{ id: offerIdOf(ref), region, sort: "hospital", source: ref, code: code.slice(0, 8), name },
    ...{ house: [house, where].filter(Boolean).join(" "), address, phone: "", bring, week: "[]" },
    // The hospital releases its places itself; five in the afternoon of the day before is when most let nobody cancel any more.
    ...{ releaseDays: 7, releaseAt: 0, cancelAt: 1020, sortOrder, state: "open", version: 1, createdAt: now },
  };
}

export async function endOffers(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(appointmentOffer)
    .set({ state: "ended" })
    .where(inArray(appointmentOffer.id, [...ids]));
}

export async function putDoctors(tx: Tx, offer: string, doctors: readonly Doctor[]): Promise<void> {
  if (doctors.length === 0) return;
  const rows = doctors.map(({ ref, name, title, goodAt }) => ({ ref, offer, name, title, goodAt }));
  const set = { offer, name: sql`VALUES(name)`, title: sql`VALUES(title)`, goodAt: sql`VALUES(good_at)` };
  await tx.insert(appointmentDoctor).values(rows).onDuplicateKeyUpdate({ set });
}

export const doctorsByRef = (reads: Reads, refs: readonly string[]): Promise<DoctorRow[]> =>
  refs.length === 0
    ? Promise.resolve([])
    : reads
        .select()
        .from(appointmentDoctor)
        .where(inArray(appointmentDoctor.ref, [...new Set(refs)]));

/** What the hospital tells of a half-day, as a slot of ours. */
const slotSet = ({ end, free, total, stopped }: Pick<Period, "end" | "free" | "total" | "stopped">) => ({
  endAt: end,
  capacity: total,
  taken: Math.max(0, total - free),
  closed: stopped || total === 0 ? 1 : 0,
});

export const sameSlot = (row: SlotRow, period: Period): boolean => {
  const now = slotSet(period);
  return (
    row.endAt === now.endAt && row.capacity === now.capacity && row.taken === now.taken && row.closed === now.closed
  );
};

export async function putPeriod(tx: Tx, offer: string, period: Period, now: number): Promise<void> {
  const set = slotSet(period);
  const { doctor, start } = period;
  await tx
    .insert(appointmentSlot)
    // Hidden until the hospital releases it, and then it may be had at once.
    .values({ ...set, id: newId(), offer, doctor, day: dayOf(start), startAt: start, opensAt: now, issued: 0 })
    .onDuplicateKeyUpdate({ set });
}

/** Half-days of which the hospital tells no more: nobody can have a place there. */
export async function closeSlots(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(appointmentSlot)
    .set({ closed: 1 })
    .where(inArray(appointmentSlot.id, [...ids]));
}

/** What the hospital has just told by its yes or no, until it is asked again. */
export async function countTaken(tx: Tx, slot: string, by: 1 | -1 | "all"): Promise<void> {
  const { taken, capacity } = appointmentSlot;
  await tx
    .update(appointmentSlot)
    .set({
      taken:
        by === "all"
          ? sql`${capacity}`
          : by === 1
            ? sql`LEAST(${capacity}, ${taken} + 1)`
            : sql`GREATEST(0, ${taken} - 1)`,
    })
    .where(eq(appointmentSlot.id, slot));
}

export async function slotAt(tx: Tx, offer: string, doctor: string, startAt: number): Promise<SlotRow | undefined> {
  const [row] = await tx
    .select()
    .from(appointmentSlot)
    .where(
      and(eq(appointmentSlot.offer, offer), eq(appointmentSlot.doctor, doctor), eq(appointmentSlot.startAt, startAt)),
    );
  return row;
}

export const markOf = async (reads: Reads): Promise<string> =>
  (await reads.select().from(appointmentMark).where(eq(appointmentMark.id, 1)))[0]?.mark ?? "";

export async function putMark(tx: Tx, mark: string, readAt: number): Promise<void> {
  await tx.insert(appointmentMark).values({ id: 1, mark, readAt }).onDuplicateKeyUpdate({ set: { mark, readAt } });
}

/** Of the hospital's, on this day, that hold a place or wait for one. */
export const heldOn = (
  reads: Reads,
  day: string,
  states: readonly AppointmentRow["state"][],
): Promise<AppointmentRow[]> =>
  reads
    .select({ row: appointment })
    .from(appointment)
    .innerJoin(appointmentOffer, eq(appointmentOffer.id, appointment.offer))
    .where(and(isNotNull(appointmentOffer.source), eq(appointment.day, day), inArray(appointment.state, [...states])))
    .then((rows) => rows.map(({ row }) => row));

/** Not due for an answer any more, and nobody has brought one. */
export const waitingSince = (reads: Reads, before: number, limit: number): Promise<AppointmentRow[]> =>
  reads
    .select()
    .from(appointment)
    .where(and(inArray(appointment.state, ["asked", "unknown", "cancelling"]), lt(appointment.createdAt, before)))
    .orderBy(asc(appointment.createdAt))
    .limit(limit);
