import { and, count, eq, gte, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
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

/** What the owner showed before goes on as it was; what it had withdrawn is in use again, and not before the public. */
export async function use(tx: Tx, owner: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const uses = ids.map((id) => ({ owner, media: id }));
  await tx.insert(mediaUse).ignore().values(uses);
  await tx
    .update(mediaUse)
    .set({ shownAt: null, withdrawnAt: null })
    .where(and(eq(mediaUse.owner, owner), inArray(mediaUse.media, [...ids]), isNotNull(mediaUse.withdrawnAt)));
}

export async function countSince(db: Db, uploader: string, since: number): Promise<number> {
  const [row] = await db.read
    .select({ sent: count() })
    .from(media)
    .where(and(eq(media.uploader, uploader), gte(media.createdAt, since)));
  return row?.sent ?? 0;
}

export const uploadsOf = (db: Db, person: string) =>
  db.read
    .select({ name: media.name, kind: media.kind, bytes: media.bytes, createdAt: media.createdAt })
    .from(media)
    .where(eq(media.uploader, person))
    .orderBy(media.id);

export const byIds = (db: Db, ids: readonly string[]): Promise<MediaRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(media)
        .where(inArray(media.id, [...new Set(ids)]));

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
 * How many show this content to the public, and how many have it in use at all. What was just uploaded and is used by nobody
 * yet counts as in use: whoever sent it looks at it.
 */
export async function usesOfContent(db: Db, digest: string): Promise<{ shown: number; live: number }> {
  const [row] = await db.rows<{ shown: number; live: number }>(
    `SELECT COUNT(CASE WHEN u.shown_at IS NOT NULL AND u.withdrawn_at IS NULL THEN 1 END) AS shown,
       COUNT(CASE WHEN u.withdrawn_at IS NULL THEN 1 END) AS live
     FROM media m LEFT JOIN media_use u ON u.media = m.id WHERE m.digest = ?`,
    [digest],
  );
  return { shown: Number(row?.shown ?? 0), live: Number(row?.live ?? 0) };
}

/** Ends the uses by these owners: of all their files, or of these. */
export async function endUses(tx: Tx, owners: readonly string[], ids?: readonly string[]): Promise<void> {
  const these = ids && inArray(mediaUse.media, [...ids]);
  await tx.delete(mediaUse).where(and(inArray(mediaUse.owner, [...owners]), these));
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

/** Those of these contents that some row stands for. */
export async function keptAmong(db: Db, digests: readonly string[]): Promise<Set<string>> {
  if (digests.length === 0) return new Set();
  const rows = await db.read
    .selectDistinct({ digest: media.digest })
    .from(media)
    .where(inArray(media.digest, [...new Set(digests)]));
  return new Set(rows.map(({ digest }) => digest));
}
