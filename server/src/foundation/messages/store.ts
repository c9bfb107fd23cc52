import { and, desc, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { message } from "./schema.ts";

export type MessageRow = typeof message.$inferSelect;
export type Place = { at: number; id: string };

export const byId = async (reads: Reads, id: string): Promise<MessageRow | undefined> =>
  (await reads.select().from(message).where(eq(message.id, id)))[0];

/** An event that was told to this person already changes nothing. */
export async function insertOnce(tx: Tx, rows: readonly MessageRow[]): Promise<void> {
  await tx
    .insert(message)
    .ignore()
    .values([...rows]);
}

/** Counts up what is there and unread. */
export async function gather(tx: Tx, rows: readonly MessageRow[]): Promise<void> {
  await tx
    .insert(message)
    .values([...rows])
    .onDuplicateKeyUpdate({ set: { count: sql`${message.count} + 1`, at: sql`VALUES(at)` } });
}

/** Newest first. */
export const inbox = (db: Db, person: string, after: Place | null, limit: number): Promise<MessageRow[]> =>
  db.read
    .select()
    .from(message)
    .where(
      and(
        eq(message.person, person),
        after === null
          ? undefined
          : or(lt(message.at, after.at), and(eq(message.at, after.at), lt(message.id, after.id))),
      ),
    )
    .orderBy(desc(message.at), desc(message.id))
    .limit(limit);

export const mostCounted = 100;

export async function countUnread(db: Db, person: string): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (SELECT 1 FROM message WHERE person = ? AND read_at IS NULL LIMIT ${mostCounted}) AS some`,
    [person],
  );
  return Number(rows[0]?.n ?? 0);
}

/** What was gathered is closed: the next one of the same begins a new row. */
const reading = (at: number) => ({
  readAt: at,
  event: sql`IF(${message.event} LIKE '+%', CONCAT(${message.event}, '#', ${message.id}), ${message.event})`,
});

export async function markRead(tx: Tx, person: string, ids: readonly string[], at: number): Promise<void> {
  await tx
    .update(message)
    .set(reading(at))
    .where(and(eq(message.person, person), isNull(message.readAt), inArray(message.id, [...ids])));
}

export async function markAllRead(tx: Tx, person: string, upTo: number, at: number): Promise<void> {
  await tx
    .update(message)
    .set(reading(at))
    .where(and(eq(message.person, person), isNull(message.readAt), lte(message.at, upTo)));
}

/** What was read, or never opened, and is this old. Answers how many of at most `limit` went. */
export async function deleteOlder(tx: Tx, before: number, limit: number): Promise<number> {
  const [result] = await tx.delete(message).where(lt(message.at, before)).limit(limit);
  return result.affectedRows;
}

export const everything = (db: Db, person: string): Promise<MessageRow[]> =>
  db.read.select().from(message).where(eq(message.person, person)).orderBy(message.at, message.id);

export async function wipe(tx: Tx, person: string): Promise<void> {
  await tx.delete(message).where(eq(message.person, person));
}
