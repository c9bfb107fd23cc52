import type { RegionCode } from "@weimenhu/domain/base/region";
import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
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

const homeFirst = [sql`${follow.homeAt} IS NULL`, desc(follow.homeAt), asc(follow.createdAt), asc(follow.region)];
const marked = (rows: { region: string }[]): FollowRow[] => rows.map(({ region }, i) => ({ region, home: i === 0 }));

/** The home village first, then in the order of following. */
export const followsOf = async (db: Db, personId: string): Promise<FollowRow[]> =>
  marked(
    await db.read
      .select({ region: follow.region })
      .from(follow)
      .where(eq(follow.personId, personId))
      .orderBy(...homeFirst),
  );

/** As `followsOf`; the rows stay locked until the commit. */
export const lockFollows = async (tx: Tx, personId: string): Promise<FollowRow[]> =>
  marked(
    await tx
      .select({ region: follow.region })
      .from(follow)
      .where(eq(follow.personId, personId))
      .orderBy(...homeFirst)
      .for("update"),
  );

export async function insertFollow(tx: Tx, personId: string, code: RegionCode, at: number) {
  await tx.insert(follow).ignore().values({ personId, region: code, homeAt: null, createdAt: at });
}

export async function deleteFollow(tx: Tx, personId: string, code: RegionCode) {
  await tx.delete(follow).where(and(eq(follow.personId, personId), eq(follow.region, code)));
}

export async function setHomeAt(tx: Tx, personId: string, code: RegionCode, at: number) {
  await tx
    .update(follow)
    .set({ homeAt: at })
    .where(and(eq(follow.personId, personId), eq(follow.region, code)));
}

export async function deleteFollowsOf(tx: Tx, personId: string) {
  await tx.delete(follow).where(eq(follow.personId, personId));
}

export async function copyFollows(tx: Tx, from: string, to: string) {
  await tx.execute(
    sql`INSERT IGNORE INTO follow (person_id, region, home_at, created_at) SELECT ${to}, region, NULL, created_at FROM follow WHERE person_id = ${from}`,
  );
}

export async function countFollowers(db: Db, code: RegionCode): Promise<number> {
  const [row] = await db.read.select({ n: count() }).from(follow).where(eq(follow.region, code));
  return row?.n ?? 0;
}
