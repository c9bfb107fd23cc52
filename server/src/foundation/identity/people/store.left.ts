import { eq, sql } from "drizzle-orm";
import { sqlTime } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { phoneLeft } from "../schema.ts";

type LeftRow = typeof phoneLeft.$inferSelect;

export async function insertLeft(tx: Tx, row: LeftRow) {
  await tx.insert(phoneLeft).values(row);
}

export async function leftPhone(on: Db["read"], id: string): Promise<LeftRow | null> {
  const [row] = await on.select().from(phoneLeft).where(eq(phoneLeft.id, id));
  return row ?? null;
}

export const leftBy = (db: Db, personId: string): Promise<LeftRow[]> =>
  db.read.select().from(phoneLeft).where(eq(phoneLeft.personId, personId)).orderBy(phoneLeft.leftAt);

export async function deleteLeft(tx: Tx, id: string) {
  await tx.delete(phoneLeft).where(eq(phoneLeft.id, id));
}

export async function deleteLeftBy(tx: Tx, personId: string) {
  await tx.delete(phoneLeft).where(eq(phoneLeft.personId, personId));
}

/** Numbers that could not be told in time: the warning is of no use any more. */
export async function sweepLeft(tx: Tx, before: number): Promise<number> {
  const [gone] = await tx.execute(sql`DELETE FROM phone_left WHERE left_at < ${sqlTime(before)} LIMIT 500`);
  return gone.affectedRows;
}
