import { and, asc, eq, isNull, lt, lte } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleWait } from "./schema.check.ts";
import { postReport } from "./schema.ts";

export type WaitRow = typeof circleWait.$inferSelect;

/** False when this was told already. */
export async function insertWait(tx: Tx, row: WaitRow): Promise<boolean> {
  const [result] = await tx.insert(circleWait).ignore().values(row);
  return result.affectedRows === 1;
}

/** What the clock looks at now, the longest waiting first. */
export const dueWaits = (db: Db, now: number, limit: number): Promise<WaitRow[]> =>
  db.read.select().from(circleWait).where(lte(circleWait.next, now)).orderBy(asc(circleWait.next)).limit(limit);

/** False when somebody else has looked meanwhile. */
export async function setNext(tx: Tx, { id, next: was }: WaitRow, next: number | null): Promise<boolean> {
  if (was === null) return false;
  const [result] = await tx
    .update(circleWait)
    .set({ next })
    .where(and(eq(circleWait.id, id), eq(circleWait.next, was)));
  return result.affectedRows === 1;
}

/** What waits no more, and began this long ago. */
export async function sweepWaits(tx: Tx, before: number): Promise<void> {
  await tx
    .delete(circleWait)
    .where(and(lt(circleWait.at, before), isNull(circleWait.next)))
    .limit(5_000);
}

/** Reports of one thing that nobody has decided about. */
export const openReports = (reads: Reads, what: string) =>
  reads
    .select({ person: postReport.person })
    .from(postReport)
    .where(and(eq(postReport.what, what), isNull(postReport.decidedAt)));
