import { stillOpen } from "@weimenhu/domain/appointments/state";
import { and, asc, eq, inArray, or } from "drizzle-orm";
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

/** Where to come and what was noted go; that somebody had a place stays. */
export async function forgetWords(tx: Tx, person: string): Promise<void> {
  await tx
    .update(appointment)
    .set({ place: "", note: "", why: "" })
    .where(or(eq(appointment.holder, person), eq(appointment.person, person)));
}
