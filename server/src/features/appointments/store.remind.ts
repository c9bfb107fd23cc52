import { and, asc, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Reads } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { appointment } from "./schema.ts";
import type { AppointmentRow } from "./store.ts";

export type Among = { from: number; to: number; before: number };

const { id, state, startAt, remindedAt, createdAt } = appointment;

/** Booked, starting after `from` and before `to`, and nothing told since `before`; by start, after the place of `last`. */
export const bookedAmong = (
  reads: Reads,
  { from, to, before }: Among,
  last: AppointmentRow | undefined,
  limit: number,
): Promise<AppointmentRow[]> =>
  reads
    .select()
    .from(appointment)
    .where(
      and(
        eq(state, "booked"),
        last ? or(gt(startAt, last.startAt), and(eq(startAt, last.startAt), gt(id, last.id))) : gt(startAt, from),
        lt(startAt, to),
        or(lt(remindedAt, before), and(isNull(remindedAt), lt(createdAt, before))),
      ),
    )
    .orderBy(asc(startAt), asc(id))
    .limit(limit);

/** False when it was given up, moved, or told of by another process since it was read. */
export async function claimReminder(tx: Tx, row: AppointmentRow, at: number): Promise<boolean> {
  const [result] = await tx
    .update(appointment)
    .set({ remindedAt: at })
    .where(
      and(
        eq(id, row.id),
        eq(state, "booked"),
        eq(startAt, row.startAt),
        row.remindedAt === null ? isNull(remindedAt) : eq(remindedAt, row.remindedAt),
      ),
    );
  return result.affectedRows === 1;
}
