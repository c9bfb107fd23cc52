import type { RegionCode } from "@weimenhu/domain/base/region";
import { subtreePrefix } from "@weimenhu/domain/base/region";
import { and, asc, between, count, eq, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import type { Tx } from "../../kernel/tx.ts";
import { noticeUpstream, portal } from "./schema.portals.ts";
import { notice } from "./schema.ts";

export type PortalRow = typeof portal.$inferSelect;
export type UpstreamRow = typeof noticeUpstream.$inferSelect;

const below = (region: RegionCode) => {
  const prefix = subtreePrefix(region);
  return between(portal.region, prefix.padEnd(12, "0"), prefix.padEnd(12, "9"));
};
const inAny = (regions: readonly RegionCode[]) => or(...regions.map(below)) ?? sql`1 = 0`;

/** By region and name; of the given regions and all below them. */
export const inRegions = (db: Db, regions: readonly RegionCode[]): Promise<PortalRow[]> =>
  db.read
    .select()
    .from(portal)
    .where(inAny(regions))
    .orderBy(asc(portal.region), asc(portal.name), asc(portal.id))
    .limit(500);

export const failing = (db: Db, regions: readonly RegionCode[]): Promise<PortalRow[]> =>
  db.read
    .select()
    .from(portal)
    .where(and(inAny(regions), eq(portal.active, 1), isNotNull(portal.failingSince)))
    .orderBy(asc(portal.failingSince))
    .limit(50);

export async function portalById(reads: Pick<Reads, "select">, id: string): Promise<PortalRow | undefined> {
  const [row] = await reads.select().from(portal).where(eq(portal.id, id));
  return row;
}

export async function portalByKey(db: Db, creator: string, key: string): Promise<PortalRow | undefined> {
  const [row] = await db.read
    .select()
    .from(portal)
    .where(and(eq(portal.creator, creator), eq(portal.idemKey, key)));
  return row;
}

export const portalsAddedBy = (db: Db, person: string) =>
  db.read
    .select({ name: portal.name, url: portal.url, region: portal.region, createdAt: portal.createdAt })
    .from(portal)
    .where(eq(portal.creator, person))
    .orderBy(portal.id);

export async function portalNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.read
    .select({ id: portal.id, name: portal.name })
    .from(portal)
    .where(inArray(portal.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** False when the place has this address, or the creator has used this key. */
export async function insertPortal(tx: Tx, row: PortalRow): Promise<boolean> {
  try {
    await tx.insert(portal).values(row);
    return true;
  } catch (fault) {
    if (isDuplicate(fault)) return false;
    throw fault;
  }
}

export async function lockPortal(tx: Tx, id: string): Promise<PortalRow | undefined> {
  const [row] = await tx.select().from(portal).where(eq(portal.id, id)).for("update");
  return row;
}

export async function updatePortal(tx: Tx, id: string, set: Partial<PortalRow>): Promise<void> {
  await tx.update(portal).set(set).where(eq(portal.id, id));
}

/** Portals that nobody has read since `before`. */
export const due = (db: Db, before: number): Promise<Pick<PortalRow, "id" | "region">[]> =>
  db.read
    .select({ id: portal.id, region: portal.region })
    .from(portal)
    .where(and(eq(portal.active, 1), or(isNull(portal.checkedAt), lt(portal.checkedAt, before))));

/** By the publisher's id, or by the link of an item that has none. */
export async function upstreamOf(tx: Tx, item: { portal: string; guidHash: string }): Promise<UpstreamRow | undefined> {
  const [row] = await tx
    .select()
    .from(noticeUpstream)
    .where(and(eq(noticeUpstream.portal, item.portal), eq(noticeUpstream.guidHash, item.guidHash)));
  return row;
}

/** Those of an address that say the very same. */
export const alikeAt = (tx: Tx, item: { portal: string; urlHash: string; digest: string }): Promise<UpstreamRow[]> =>
  tx
    .select()
    .from(noticeUpstream)
    .where(
      and(
        eq(noticeUpstream.portal, item.portal),
        eq(noticeUpstream.urlHash, item.urlHash),
        eq(noticeUpstream.digest, item.digest),
      ),
    )
    .orderBy(asc(noticeUpstream.notice));

export async function insertUpstream(tx: Tx, row: UpstreamRow): Promise<void> {
  await tx.insert(noticeUpstream).values(row);
}

export async function updateUpstream(tx: Tx, id: string, set: Partial<UpstreamRow>): Promise<void> {
  await tx.update(noticeUpstream).set(set).where(eq(noticeUpstream.notice, id));
}

/** What we show of a portal. */
export const shownOf = (db: Db, id: string): Promise<UpstreamRow[]> =>
  db.read
    .select({
      notice: noticeUpstream.notice,
      portal: noticeUpstream.portal,
      guidHash: noticeUpstream.guidHash,
      urlHash: noticeUpstream.urlHash,
      digest: noticeUpstream.digest,
      publishedAt: noticeUpstream.publishedAt,
      missing: noticeUpstream.missing,
      gone: noticeUpstream.gone,
    })
    .from(noticeUpstream)
    .innerJoin(notice, eq(notice.id, noticeUpstream.notice))
    .where(and(eq(noticeUpstream.portal, id), eq(notice.state, "published")));

export async function countShown(tx: Tx, id: string): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(noticeUpstream)
    .innerJoin(notice, eq(notice.id, noticeUpstream.notice))
    .where(and(eq(noticeUpstream.portal, id), eq(notice.state, "published")));
  return row?.n ?? 0;
}
