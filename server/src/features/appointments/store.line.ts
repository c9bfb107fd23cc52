import { and, asc, count, eq, gte, lt } from "drizzle-orm";
import type { Reads } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { appointmentWait } from "./schema.ts";

export type WaitRow = typeof appointmentWait.$inferSelect;
type Line = Pick<WaitRow, "offer" | "day">;

const waitsIn = ({ offer, day }: Line) =>
  and(eq(appointmentWait.offer, offer), eq(appointmentWait.day, day), eq(appointmentWait.state, "waiting"));

export async function waitById(reads: Pick<Reads, "select">, id: string): Promise<WaitRow | undefined> {
  return (await reads.select().from(appointmentWait).where(eq(appointmentWait.id, id)))[0];
}

export async function waitByKey(reads: Reads, holder: string, key: string): Promise<WaitRow | undefined> {
  const [row] = await reads
    .select()
    .from(appointmentWait)
    .where(and(eq(appointmentWait.holder, holder), eq(appointmentWait.idemKey, key)));
  return row;
}

export async function insertWait(tx: Tx, row: WaitRow): Promise<void> {
  await tx.insert(appointmentWait).values(row);
}

/** Those who came first, held until the commit. */
export const firstInLine = (tx: Tx, line: Line, limit: number): Promise<WaitRow[]> =>
  tx.select().from(appointmentWait).where(waitsIn(line)).orderBy(asc(appointmentWait.id)).limit(limit).for("update");

/** False when they wait no more. */
export async function endWait(
  tx: Tx,
  id: string,
  set: { state: "promoted" | "left"; appointment?: string; endedAt: number },
): Promise<boolean> {
  const [result] = await tx
    .update(appointmentWait)
    .set({ ...set, openKey: null, place: "", note: "" })
    .where(and(eq(appointmentWait.id, id), eq(appointmentWait.state, "waiting")));
  return result.affectedRows === 1;
}

/** By the key that is theirs alone while they wait. */
export async function endByKey(tx: Tx, openKey: string, endedAt: number): Promise<void> {
  await tx
    .update(appointmentWait)
    .set({ state: "left", openKey: null, place: "", note: "", endedAt })
    .where(eq(appointmentWait.openKey, openKey));
}

export const waitsOf = (reads: Reads, holder: string, from: string): Promise<WaitRow[]> =>
  reads
    .select()
    .from(appointmentWait)
    .where(
      and(eq(appointmentWait.holder, holder), eq(appointmentWait.state, "waiting"), gte(appointmentWait.day, from)),
    )
    .orderBy(asc(appointmentWait.day), asc(appointmentWait.id));

export async function aheadOf(reads: Reads, row: WaitRow): Promise<number> {
  const [found] = await reads
    .select({ n: count() })
    .from(appointmentWait)
    .where(and(waitsIn(row), lt(appointmentWait.id, row.id)));
  return found?.n ?? 0;
}

export const allWaits = (reads: Reads, holder: string): Promise<WaitRow[]> =>
  reads.select().from(appointmentWait).where(eq(appointmentWait.holder, holder)).orderBy(asc(appointmentWait.id));

export async function endAllOf(tx: Tx, holder: string, endedAt: number): Promise<void> {
  await tx
    .update(appointmentWait)
    .set({ state: "left", openKey: null, place: "", note: "", endedAt })
    .where(and(eq(appointmentWait.holder, holder), eq(appointmentWait.state, "waiting")));
}
