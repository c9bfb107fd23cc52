import type { SlotChanges } from "@weimenhu/domain/appointments/schedule";
import { type Day, dayOf } from "@weimenhu/domain/base/workday";
import { and, asc, between, eq, gte, inArray, sql } from "drizzle-orm";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import type { Tx } from "../../kernel/tx.ts";
import { appointmentClosure, appointmentOffer, appointmentSlot } from "./schema.ts";
import type { OfferRow, SlotRow } from "./store.ts";

/** Of a new offer: the same person and key again are the same offer. */
export const idOf = (person: string, key: string): string =>
  sha256(`offer ${person} ${key}`).slice(0, 26).toUpperCase();

export async function lockOffer(tx: Tx, id: string): Promise<OfferRow | undefined> {
  return (await tx.select().from(appointmentOffer).where(eq(appointmentOffer.id, id)).for("update"))[0];
}

export async function putOffer(tx: Tx, { id, ...set }: OfferRow): Promise<void> {
  await tx
    .insert(appointmentOffer)
    .values({ id, ...set })
    .onDuplicateKeyUpdate({ set });
}

type Put = { day: Day; from: number; to: number; why: string; by: string };

/** In place of those from this day on; what is past stays on record. */
export async function putClosures(
  tx: Tx,
  offer: string,
  all: readonly Put[],
  { at, from }: { at: number; from: Day },
): Promise<void> {
  await tx
    .delete(appointmentClosure)
    .where(and(eq(appointmentClosure.offer, offer), gte(appointmentClosure.day, from)));
  const rows = all
    .filter(({ day }) => day >= from)
    .map((one) => ({
      id: newId(),
      offer,
      day: one.day,
      fromAt: one.from,
      toAt: one.to,
      why: one.why,
      byPerson: one.by,
      createdAt: at,
    }));
  if (rows.length > 0) await tx.insert(appointmentClosure).values(rows);
}

/** Nobody takes or frees a place of these days until the commit. */
export const lockSlots = (tx: Tx, offer: string, from: Day, to: Day): Promise<SlotRow[]> =>
  tx
    .select()
    .from(appointmentSlot)
    .where(and(eq(appointmentSlot.offer, offer), between(appointmentSlot.day, from, to)))
    .orderBy(asc(appointmentSlot.startAt))
    .for("update");

/**
 * What goes is closed, not deleted: appointments that were cancelled still say when they were. One that begins at the same
 * moment opens it again.
 */
export async function apply(tx: Tx, offer: string, changes: SlotChanges, opens: (day: Day) => number): Promise<void> {
  if (changes.drop.length > 0)
    await tx.update(appointmentSlot).set({ closed: 1 }).where(inArray(appointmentSlot.id, changes.drop));
  for (const { id, capacity } of changes.resize)
    await tx.update(appointmentSlot).set({ capacity }).where(eq(appointmentSlot.id, id));
  const rows = changes.add.map(({ start, end, capacity }) => ({
    ...{ id: newId(), offer, doctor: "", day: dayOf(start), startAt: start, endAt: end, opensAt: opens(dayOf(start)) },
    ...{ capacity, taken: 0, issued: 0, closed: 0 },
  }));
  for (let at = 0; at < rows.length; at += 500)
    await tx
      .insert(appointmentSlot)
      .values(rows.slice(at, at + 500))
      .onDuplicateKeyUpdate({
        set: {
          closed: 0,
          endAt: sql`VALUES(end_at)`,
          opensAt: sql`VALUES(opens_at)`,
          capacity: sql`VALUES(capacity)`,
        },
      });
}

/** Places of a day that are given out at another time than they were to be. */
export async function setOpens(tx: Tx, offer: string, day: Day, at: number): Promise<void> {
  await tx
    .update(appointmentSlot)
    .set({ opensAt: at })
    .where(and(eq(appointmentSlot.offer, offer), eq(appointmentSlot.day, day)));
}
