import { stillOpen } from "@weimenhu/domain/appointments/state";
import { and, asc, eq, inArray, isNotNull, ne, or, sql } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { appointment, appointmentClosure, appointmentStep } from "./schema.ts";

export const allOf = (db: Db, person: string) =>
  db.read
    .select()
    .from(appointment)
    .where(or(eq(appointment.holder, person), eq(appointment.person, person)))
    .orderBy(asc(appointment.startAt));

export const stepsBy = (db: Db, person: string) =>
  db.read.select().from(appointmentStep).where(eq(appointmentStep.actor, person)).orderBy(asc(appointmentStep.at));

export const closuresBy = (db: Db, person: string) =>
  db.read
    .select()
    .from(appointmentClosure)
    .where(eq(appointmentClosure.byPerson, person))
    .orderBy(asc(appointmentClosure.day));

/** Still to come, held until the commit. */
export const lockOpen = (tx: Tx, person: string) =>
  tx
    .select()
    .from(appointment)
    .where(
      and(
        or(eq(appointment.holder, person), eq(appointment.person, person)),
        inArray(appointment.state, [...stillOpen]),
      ),
    )
    .orderBy(asc(appointment.id))
    .for("update");

/** Still to come, booked by this person for another one who has an account: it is theirs alone from now on. */
export async function handOver(tx: Tx, person: string): Promise<void> {
  await tx
    .update(appointment)
    // The key was the other one's.
    .set({ holder: sql`${appointment.person}`, idemKey: sql`SHA2(${appointment.id}, 256)` })
    .where(
      and(
        eq(appointment.holder, person),
        ne(appointment.person, person),
        isNotNull(appointment.person),
        inArray(appointment.state, [...stillOpen]),
      ),
    );
}

/** Where to come and what was noted go; that somebody had a place stays. */
export async function forgetWords(tx: Tx, person: string): Promise<void> {
  await tx
    .update(appointment)
    .set({ place: "", note: "", why: "" })
    .where(or(eq(appointment.holder, person), eq(appointment.person, person)));
}
