import type { RegionCode } from "@weimenhu/domain/base/region";
import { and, asc, count, desc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { follow, region } from "./schema.ts";

export type RegionRow = typeof region.$inferSelect;
export type FollowRow = { region: RegionCode; home: boolean };

export const allRegions = (db: Db): Promise<RegionRow[]> =>
  db.read.select().from(region).orderBy(asc(region.sort), asc(region.code));

export const regionsByCode = (db: Db, codes: readonly RegionCode[]): Promise<RegionRow[]> =>
  codes.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(region)
        .where(inArray(region.code, [...codes]));

/** True when it was new. */
export async function insertRegion(tx: Tx, row: RegionRow): Promise<boolean> {
  const [result] = await tx.insert(region).ignore().values(row);
  return result.affectedRows === 1;
}

/** Home first, then in the order of following. */
export async function followsOf(db: Db, personId: string): Promise<FollowRow[]> {
  const rows = await db.read
    .select({ region: follow.region, home: follow.home })
    .from(follow)
    .where(eq(follow.personId, personId))
    .orderBy(desc(follow.home), asc(follow.createdAt), asc(follow.region));
  return rows.map((row) => ({ region: row.region, home: row.home === 1 }));
}

/** Locks the person's follows, so that the limit and the one home hold under two calls at once. */
export async function lockFollows(tx: Tx, personId: string): Promise<FollowRow[]> {
  const rows = await tx
    .select({ region: follow.region, home: follow.home })
    .from(follow)
    .where(eq(follow.personId, personId))
    .for("update");
  return rows.map((row) => ({ region: row.region, home: row.home === 1 }));
}

export async function insertFollow(tx: Tx, personId: string, code: RegionCode, home: boolean, at: number) {
  await tx
    .insert(follow)
    .ignore()
    .values({ personId, region: code, home: home ? 1 : 0, createdAt: at });
}

export async function deleteFollow(tx: Tx, personId: string, code: RegionCode) {
  await tx.delete(follow).where(and(eq(follow.personId, personId), eq(follow.region, code)));
}

export async function setOnlyHome(tx: Tx, personId: string, code: RegionCode) {
  await tx
    .update(follow)
    .set({ home: 0 })
    .where(and(eq(follow.personId, personId), ne(follow.region, code)));
  await tx
    .update(follow)
    .set({ home: 1 })
    .where(and(eq(follow.personId, personId), eq(follow.region, code)));
}

export async function deleteFollowsOf(tx: Tx, personId: string) {
  await tx.delete(follow).where(eq(follow.personId, personId));
}

export async function copyFollows(tx: Tx, from: string, to: string) {
  await tx.execute(
    sql`INSERT IGNORE INTO follow (person_id, region, home, created_at) SELECT ${to}, region, 0, created_at FROM follow WHERE person_id = ${from}`,
  );
}

export async function countFollowers(db: Db, code: RegionCode): Promise<number> {
  const [row] = await db.read.select({ n: count() }).from(follow).where(eq(follow.region, code));
  return row?.n ?? 0;
}
