import type { AppointmentState } from "@weimenhu/domain/appointments/state";
import { and, eq, gt, isNotNull, isNull, lt, lte, sql } from "drizzle-orm";
import type { Reads } from "../../kernel/db.ts";
import { rawInsert } from "../../kernel/raw-rows.ts";
import { type Tx, write } from "../../kernel/tx.ts";
import { appointment, appointmentAttendee, appointmentOffer, appointmentSlot, appointmentStep } from "./schema.ts";
import { type AppointmentRow, insertStep } from "./store.ts";

/**
 * One more that is still to come, of at most `most`; false when there are as many. Whoever it is for is held to the end of the
 * transaction: two who book for the same person go one after the other.
 */
export async function countOpen(tx: Tx, attendee: string, most: number): Promise<boolean> {
  await write(
    tx,
    "INSERT INTO appointment_attendee (attendee, open) VALUES (?, 0) ON DUPLICATE KEY UPDATE attendee = VALUES(attendee)",
    [attendee],
  );
  const [result] = await tx
    .update(appointmentAttendee)
    .set({ open: sql`${appointmentAttendee.open} + 1` })
    .where(and(eq(appointmentAttendee.attendee, attendee), lt(appointmentAttendee.open, most)));
  return result.affectedRows === 1;
}

export async function uncountOpen(tx: Tx, attendee: string): Promise<void> {
  await tx
    .update(appointmentAttendee)
    .set({ open: sql`${appointmentAttendee.open} - 1` })
    .where(eq(appointmentAttendee.attendee, attendee));
}

export async function openOf(reads: Reads, attendee: string): Promise<number> {
  const [row] = await reads
    .select({ open: appointmentAttendee.open })
    .from(appointmentAttendee)
    .where(eq(appointmentAttendee.attendee, attendee));
  return row?.open ?? 0;
}

/** Takes one place; its queue number, or null when there is none to be had now. */
export async function claim(tx: Tx, slot: string, now: number): Promise<number | null> {
  const [result] = await tx
    .update(appointmentSlot)
    .set({
      taken: sql`${appointmentSlot.taken} + 1`,
      issued: sql`LAST_INSERT_ID(${appointmentSlot.issued} + 1)`,
    })
    .where(
      and(
        eq(appointmentSlot.id, slot),
        eq(appointmentSlot.closed, 0),
        gt(appointmentSlot.startAt, now),
        lte(appointmentSlot.opensAt, now),
        lt(appointmentSlot.taken, appointmentSlot.capacity),
      ),
    );
  return result.affectedRows === 1 ? result.insertId : null;
}

/** Nobody takes or frees a place of it, or comes to wait for one, until the commit. */
export async function holdSlot(tx: Tx, slot: string): Promise<void> {
  await tx.select({ id: appointmentSlot.id }).from(appointmentSlot).where(eq(appointmentSlot.id, slot)).for("update");
}

/** The next queue number of a place that goes from one to another; null when nobody may have it any more. */
export async function takeOver(tx: Tx, slot: string, now: number): Promise<number | null> {
  const [result] = await tx
    .update(appointmentSlot)
    .set({ issued: sql`LAST_INSERT_ID(${appointmentSlot.issued} + 1)` })
    .where(and(eq(appointmentSlot.id, slot), eq(appointmentSlot.closed, 0), gt(appointmentSlot.startAt, now)));
  return result.affectedRows === 1 ? result.insertId : null;
}

/** Gives a place back. Its number is not given out again. */
export async function release(tx: Tx, slot: string): Promise<void> {
  await tx
    .update(appointmentSlot)
    .set({ taken: sql`${appointmentSlot.taken} - 1` })
    .where(eq(appointmentSlot.id, slot));
}

const rawAppointments = rawInsert(appointment);
const rawSteps = rawInsert(appointmentStep);

export const insert = (tx: Tx, row: AppointmentRow): Promise<void> => rawAppointments(tx, [row]);

/** The first line of its record. */
export const insertBooked = (
  tx: Tx,
  { id, holder, createdAt }: AppointmentRow,
  move: "book" | "promote" = "book",
): Promise<void> =>
  rawSteps(tx, [{ appointment: id, number: 1, move, actor: move === "book" ? holder : null, text: "", at: createdAt }]);

export async function lock(tx: Tx, id: string): Promise<AppointmentRow | undefined> {
  return (await tx.select().from(appointment).where(eq(appointment.id, id)).for("update"))[0];
}

export async function setState(
  tx: Tx,
  id: string,
  set: { state: AppointmentState; endedAt?: number; dayKey?: string | null; why?: string; number?: number } & Partial<
    Pick<AppointmentRow, "hospitalRef" | "hospitalVersion" | "slot" | "startAt" | "day" | "remindedAt">
  >,
): Promise<void> {
  await tx.update(appointment).set(set).where(eq(appointment.id, id));
}

/** What the hospital calls the place, as soon as it has named it. */
export async function keepRef(tx: Tx, id: string, ref: string): Promise<void> {
  await tx.update(appointment).set({ hospitalRef: ref }).where(eq(appointment.id, id));
}

/** There was no answer: neither a yes nor a no. */
export async function doubt(tx: Tx, id: string, at: number): Promise<void> {
  const [result] = await tx
    .update(appointment)
    .set({ state: "unknown" })
    .where(and(eq(appointment.id, id), eq(appointment.state, "asked")));
  if (result.affectedRows === 1) await insertStep(tx, { appointment: id, move: "doubt", actor: null, text: "", at });
}

/** At a hospital that never said who came: ids, the oldest first. */
export async function unsaid(reads: Reads, before: number, limit: number): Promise<string[]> {
  const rows = await reads
    .select({ id: appointment.id })
    .from(appointment)
    .innerJoin(appointmentOffer, eq(appointmentOffer.id, appointment.offer))
    .where(and(eq(appointment.state, "booked"), lt(appointment.startAt, before), isNotNull(appointmentOffer.source)))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Where nobody came and nobody said so, but at a hospital, which knows for itself: ids, the oldest first. */
export async function overdue(reads: Reads, before: number, limit: number): Promise<string[]> {
  const rows = await reads
    .select({ id: appointment.id })
    .from(appointment)
    .innerJoin(appointmentSlot, eq(appointmentSlot.id, appointment.slot))
    .innerJoin(appointmentOffer, eq(appointmentOffer.id, appointment.offer))
    .where(and(eq(appointment.state, "booked"), lt(appointmentSlot.endAt, before), isNull(appointmentOffer.source)))
    .limit(limit);
  return rows.map(({ id }) => id);
}
