import { and, eq, inArray, isNull, lt, or } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import type { Tx } from "../../kernel/tx.ts";
import { media, mediaUse } from "./schema.ts";

export type MediaRow = typeof media.$inferSelect;

export async function byKey(db: Db, uploader: string, key: string): Promise<MediaRow | undefined> {
  const [row] = await db.read
    .select()
    .from(media)
    .where(and(eq(media.uploader, uploader), eq(media.idemKey, key)));
  return row;
}

/** False when the uploader has used this key before. */
export async function insert(tx: Tx, row: MediaRow): Promise<boolean> {
  try {
    await tx.insert(media).values(row);
    return true;
  } catch (fault) {
    if (isDuplicate(fault)) return false;
    throw fault;
  }
}

/** Of the asked ids and digests, what the person uploaded or what this owner shows already. */
export async function usable(
  tx: Tx,
  asked: { owner: string; person: string; ids: readonly string[]; digests: readonly string[] },
): Promise<MediaRow[]> {
  if (asked.ids.length + asked.digests.length === 0) return [];
  const wanted = or(
    asked.ids.length > 0 ? inArray(media.id, [...asked.ids]) : undefined,
    asked.digests.length > 0 ? inArray(media.digest, [...asked.digests]) : undefined,
  );
  const rows = await tx
    .select({ row: media, used: mediaUse.owner })
    .from(media)
    .leftJoin(mediaUse, and(eq(mediaUse.media, media.id), eq(mediaUse.owner, asked.owner)))
    .where(and(wanted, or(eq(media.uploader, asked.person), eq(mediaUse.owner, asked.owner))))
    // The sweep takes rows that nothing uses: it must wait until the use is written.
    .for("update");
  return rows.map(({ row }) => row);
}

export async function use(tx: Tx, owner: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .insert(mediaUse)
    .ignore()
    .values(ids.map((id) => ({ owner, media: id })));
}

export const uploadsOf = (db: Db, person: string) =>
  db.read
    .select({ name: media.name, kind: media.kind, bytes: media.bytes, createdAt: media.createdAt })
    .from(media)
    .where(eq(media.uploader, person))
    .orderBy(media.id);

export type Use = { media: string; digest: string; withdrawnAt: number | null; shownAt: number | null };

export const usesOf = (tx: Tx, owner: string): Promise<Use[]> =>
  tx
    .select({
      media: mediaUse.media,
      digest: media.digest,
      withdrawnAt: mediaUse.withdrawnAt,
      shownAt: mediaUse.shownAt,
    })
    .from(mediaUse)
    .innerJoin(media, eq(media.id, mediaUse.media))
    .where(eq(mediaUse.owner, owner));

export async function setShown(
  tx: Tx,
  owner: string,
  uses: readonly Use[],
  set: Partial<Pick<Use, "withdrawnAt" | "shownAt">>,
): Promise<void> {
  if (uses.length === 0) return;
  const ids = uses.map((use) => use.media);
  await tx
    .update(mediaUse)
    .set(set)
    .where(and(eq(mediaUse.owner, owner), inArray(mediaUse.media, ids)));
}

/**
 * True when the public has seen this content and nobody shows it any more: lying in a draft is not showing. What the public
 * never saw is given out, for those who write with it, until all have published without it.
 */
export async function isWithdrawn(db: Db, digest: string): Promise<boolean> {
  const [row] = await db.rows<{ uses: number; shown: number; taken: number; drafts: number }>(
    `SELECT COUNT(*) AS uses,
       COUNT(CASE WHEN u.shown_at IS NOT NULL AND u.withdrawn_at IS NULL THEN 1 END) AS shown,
       COUNT(CASE WHEN u.shown_at IS NOT NULL AND u.withdrawn_at IS NOT NULL THEN 1 END) AS taken,
       COUNT(CASE WHEN u.shown_at IS NULL AND u.withdrawn_at IS NULL THEN 1 END) AS drafts
     FROM media m JOIN media_use u ON u.media = m.id WHERE m.digest = ?`,
    [digest],
  );
  if (!row || Number(row.uses) === 0 || Number(row.shown) > 0) return false;
  return Number(row.taken) > 0 || Number(row.drafts) === 0;
}

/** Oldest rows that nothing shows. */
export const unused = (reads: Reads, before: number, limit: number): Promise<{ id: string }[]> =>
  reads
    .select({ id: media.id })
    .from(media)
    .leftJoin(mediaUse, eq(mediaUse.media, media.id))
    .where(and(lt(media.createdAt, before), isNull(mediaUse.media)))
    .orderBy(media.createdAt)
    .limit(limit);

/** Locks the row, looks again whether something shows it, and takes it out. Returns what was taken. */
export async function takeUnused(tx: Tx, id: string): Promise<MediaRow | undefined> {
  const [row] = await tx.select().from(media).where(eq(media.id, id)).for("update");
  if (!row) return undefined;
  const [shown] = await tx.select({ media: mediaUse.media }).from(mediaUse).where(eq(mediaUse.media, id)).limit(1);
  if (shown) return undefined;
  await tx.delete(media).where(eq(media.id, id));
  return row;
}

/** Of these digests, those that a row stands for. */
export async function keptOf(db: Db, digests: readonly string[]): Promise<Set<string>> {
  if (digests.length === 0) return new Set();
  const rows = await db.read
    .selectDistinct({ digest: media.digest })
    .from(media)
    .where(inArray(media.digest, [...digests]));
  return new Set(rows.map((row) => row.digest));
}

export async function isKept(db: Db, digest: string): Promise<boolean> {
  const [row] = await db.read.select({ id: media.id }).from(media).where(eq(media.digest, digest)).limit(1);
  return row !== undefined;
}
