import type { RegionCode } from "@weimenhu/domain/base/region";
import { subtreePrefix } from "@weimenhu/domain/base/region";
import type { Day } from "@weimenhu/domain/base/workday";
import { and, asc, between, count, desc, eq, gte, inArray, isNull, lt, or } from "drizzle-orm";
import type { Reads } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { appointment, appointmentClosure, appointmentOffer, appointmentSlot, appointmentStep } from "./schema.ts";

export type OfferRow = typeof appointmentOffer.$inferSelect;
export type ClosureRow = typeof appointmentClosure.$inferSelect;
export type SlotRow = typeof appointmentSlot.$inferSelect;
export type AppointmentRow = typeof appointment.$inferSelect;
export type StepRow = typeof appointmentStep.$inferSelect;

export const offersIn = (reads: Reads, regions: readonly RegionCode[]): Promise<OfferRow[]> =>
  reads
    .select()
    .from(appointmentOffer)
    .where(and(inArray(appointmentOffer.region, [...regions]), eq(appointmentOffer.state, "open")))
    .orderBy(asc(appointmentOffer.sortOrder), asc(appointmentOffer.createdAt), asc(appointmentOffer.id));

/** Our own, also those that have ended; of these regions and all below them. */
export function offersBelow(reads: Reads, regions: readonly RegionCode[]): Promise<OfferRow[]> {
  const below = regions.map((region) => {
    const prefix = subtreePrefix(region);
    return between(appointmentOffer.region, prefix.padEnd(12, "0"), prefix.padEnd(12, "9"));
  });
  return reads
    .select()
    .from(appointmentOffer)
    .where(and(or(...below), isNull(appointmentOffer.source)))
    .orderBy(asc(appointmentOffer.region), asc(appointmentOffer.sortOrder), asc(appointmentOffer.id))
    .limit(200);
}

/** Those of our own schedules. */
export const openOffers = (reads: Reads): Promise<OfferRow[]> =>
  reads
    .select()
    .from(appointmentOffer)
    .where(and(eq(appointmentOffer.state, "open"), isNull(appointmentOffer.source)))
    .orderBy(asc(appointmentOffer.id));

export async function offerById(reads: Pick<Reads, "select">, id: string): Promise<OfferRow | undefined> {
  return (await reads.select().from(appointmentOffer).where(eq(appointmentOffer.id, id)))[0];
}

export const offersById = (reads: Reads, ids: readonly string[]): Promise<OfferRow[]> =>
  reads
    .select()
    .from(appointmentOffer)
    .where(inArray(appointmentOffer.id, [...new Set(ids)]));

export const closuresFrom = (reads: Pick<Reads, "select">, offer: string, from: Day): Promise<ClosureRow[]> =>
  reads
    .select()
    .from(appointmentClosure)
    .where(and(eq(appointmentClosure.offer, offer), gte(appointmentClosure.day, from)))
    .orderBy(asc(appointmentClosure.day), asc(appointmentClosure.fromAt));

/** Of these days, by time. */
export const slotsBetween = (reads: Pick<Reads, "select">, offer: string, from: Day, to: Day): Promise<SlotRow[]> =>
  reads
    .select()
    .from(appointmentSlot)
    .where(and(eq(appointmentSlot.offer, offer), between(appointmentSlot.day, from, to)))
    .orderBy(asc(appointmentSlot.startAt));

export async function slotById(reads: Reads, id: string): Promise<SlotRow | undefined> {
  return (await reads.select().from(appointmentSlot).where(eq(appointmentSlot.id, id)))[0];
}

export async function slotInTx(tx: Tx, id: string): Promise<SlotRow | undefined> {
  return (await tx.select().from(appointmentSlot).where(eq(appointmentSlot.id, id)))[0];
}

export const slotsById = (reads: Reads, ids: readonly string[]): Promise<SlotRow[]> =>
  reads
    .select()
    .from(appointmentSlot)
    .where(inArray(appointmentSlot.id, [...new Set(ids)]));

export async function appointmentById(reads: Pick<Reads, "select">, id: string): Promise<AppointmentRow | undefined> {
  return (await reads.select().from(appointment).where(eq(appointment.id, id)))[0];
}

export async function byKey(
  reads: Pick<Reads, "select">,
  holder: string,
  key: string,
): Promise<AppointmentRow | undefined> {
  const [row] = await reads
    .select()
    .from(appointment)
    .where(and(eq(appointment.holder, holder), eq(appointment.idemKey, key)));
  return row;
}

/** Has this person a place of this offer on this day? */
export async function byDayKey(reads: Pick<Reads, "select">, dayKey: string): Promise<AppointmentRow | undefined> {
  return (await reads.select().from(appointment).where(eq(appointment.dayKey, dayKey)))[0];
}

/** Of somebody, whoever booked: the newest time first. `before`: the place after which it goes on. */
export const ofPerson = (
  reads: Reads,
  person: string,
  before: { at: number; id: string } | null,
  limit: number,
): Promise<AppointmentRow[]> =>
  reads
    .select()
    .from(appointment)
    .where(
      and(
        or(eq(appointment.holder, person), eq(appointment.person, person)),
        before === null
          ? undefined
          : or(
              lt(appointment.startAt, before.at),
              and(eq(appointment.startAt, before.at), lt(appointment.id, before.id)),
            ),
      ),
    )
    .orderBy(desc(appointment.startAt), desc(appointment.id))
    .limit(limit);

/** When they did not come, of those that count. */
export const missesOf = async (reads: Pick<Reads, "select">, attendee: string, since: number): Promise<number[]> => {
  const rows = await reads
    .select({ at: appointment.startAt })
    .from(appointment)
    .where(and(eq(appointment.attendee, attendee), eq(appointment.state, "missed"), gte(appointment.startAt, since)));
  return rows.map(({ at }) => at);
};

export const ofDay = (reads: Reads, offer: string, day: Day): Promise<AppointmentRow[]> =>
  reads
    .select()
    .from(appointment)
    .where(and(eq(appointment.offer, offer), eq(appointment.day, day)))
    .orderBy(asc(appointment.startAt), asc(appointment.number));

/** The next line of its record; whoever writes it holds the appointment. */
export async function insertStep(tx: Tx, row: Omit<StepRow, "number">): Promise<void> {
  const [before] = await tx
    .select({ n: count() })
    .from(appointmentStep)
    .where(eq(appointmentStep.appointment, row.appointment));
  await tx.insert(appointmentStep).values({ ...row, number: (before?.n ?? 0) + 1 });
}
