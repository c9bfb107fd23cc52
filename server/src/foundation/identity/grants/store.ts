import { type RegionCode, subtreePrefix } from "@weimenhu/domain/base/region";
import type { GrantedRole } from "@weimenhu/domain/permissions";
import { and, asc, eq, gt, inArray, isNull, like, lte, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Db } from "../../../kernel/db.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { roleGrant, staffName } from "../schema.ts";

export type GrantRow = typeof roleGrant.$inferSelect;

const standsAt = (now: number) =>
  and(isNull(roleGrant.endedAt), or(isNull(roleGrant.untilAt), gt(roleGrant.untilAt, now)));

export const standingIn = (db: Db, regions: readonly RegionCode[], now: number): Promise<GrantRow[]> =>
  db.read
    .select()
    .from(roleGrant)
    .where(and(standsAt(now), or(...regions.map((code) => like(roleGrant.region, `${subtreePrefix(code)}%`)))))
    .orderBy(asc(roleGrant.region), asc(roleGrant.since), asc(roleGrant.id))
    .limit(2_000);

/** Those exactly on these places, each person once, with the grant on the nearest of them (the places come nearest first). */
export async function holdersOn(
  db: Pick<Db, "read">,
  regions: readonly RegionCode[],
  roles: readonly GrantedRole[],
  now: number,
): Promise<GrantRow[]> {
  if (regions.length === 0) return [];
  const rows = await db.read
    .select()
    .from(roleGrant)
    .where(and(standsAt(now), inArray(roleGrant.region, [...regions]), inArray(roleGrant.role, [...roles])))
    .orderBy(asc(roleGrant.since), asc(roleGrant.id));
  const near = rows.toSorted((a, b) => regions.indexOf(a.region) - regions.indexOf(b.region));
  return near.filter((row, at) => near.findIndex(({ personId }) => personId === row.personId) === at);
}

/** On which of these places does anybody hold one of these roles? */
export async function heldPlaces(
  db: Pick<Db, "read">,
  regions: readonly RegionCode[],
  roles: readonly GrantedRole[],
  now: number,
): Promise<Set<RegionCode>> {
  if (regions.length === 0) return new Set();
  const rows = await db.read
    .selectDistinct({ region: roleGrant.region })
    .from(roleGrant)
    .where(and(standsAt(now), inArray(roleGrant.region, [...regions]), inArray(roleGrant.role, [...roles])));
  return new Set(rows.map(({ region }) => region));
}

/** A column of another room's statement. */
export type Column = SQLWrapper;

/** Within a statement about something else: does the person of that column hold one of these roles on one of these places? */
export const holdsOneOn = (
  person: Column,
  places: readonly Column[],
  roles: readonly GrantedRole[],
  now: number,
): SQL =>
  sql`EXISTS (SELECT 1 FROM ${roleGrant} WHERE ${roleGrant.personId} = ${person} AND ${standsAt(now)}
    AND ${roleGrant.region} IN (${sql.join([...places], sql`, `)}) AND ${inArray(roleGrant.role, [...roles])})`;

/** And does anybody at all? */
export const holdsAnyOn = (places: readonly Column[], roles: readonly GrantedRole[], now: number): SQL =>
  sql`EXISTS (SELECT 1 FROM ${roleGrant} WHERE ${standsAt(now)}
    AND ${roleGrant.region} IN (${sql.join([...places], sql`, `)}) AND ${inArray(roleGrant.role, [...roles])})`;

export const standingOf = (tx: Tx, personId: string, now: number): Promise<GrantRow[]> =>
  tx
    .select()
    .from(roleGrant)
    .where(and(eq(roleGrant.personId, personId), standsAt(now)));

/** All who hold the role now, locked: two who leave at the same moment take turns. */
export const lockHolders = (tx: Tx, role: GrantedRole, now: number): Promise<GrantRow[]> =>
  tx
    .select()
    .from(roleGrant)
    .where(and(eq(roleGrant.role, role), standsAt(now)))
    .orderBy(asc(roleGrant.id))
    .for("update");

export async function grantById(on: Db["read"] | Tx, id: string): Promise<GrantRow | null> {
  const [row] = await on.select().from(roleGrant).where(eq(roleGrant.id, id));
  return row ?? null;
}

/** Also what has ended. */
export const grantsEver = (db: Db, personId: string): Promise<GrantRow[]> =>
  db.read.select().from(roleGrant).where(eq(roleGrant.personId, personId)).orderBy(asc(roleGrant.since));

export const holdsOffice = async (db: Db, personId: string, now: number): Promise<boolean> =>
  (
    await db.read
      .select({ id: roleGrant.id })
      .from(roleGrant)
      .where(and(eq(roleGrant.personId, personId), standsAt(now)))
      .limit(1)
  ).length > 0;

export async function everGranted(db: Db, personIds: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db.read
    .selectDistinct({ personId: roleGrant.personId })
    .from(roleGrant)
    .where(inArray(roleGrant.personId, [...personIds]));
  return new Set(rows.map((row) => row.personId));
}

export const setUntil = (tx: Tx, id: string, untilAt: number | null) =>
  tx.update(roleGrant).set({ untilAt }).where(eq(roleGrant.id, id));

/** What ran out makes room for a new grant of the same. */
export async function endRunOut(tx: Tx, personId: string, now: number) {
  await tx
    .update(roleGrant)
    .set({ endedAt: sql`${roleGrant.untilAt}`, openKey: null })
    .where(and(eq(roleGrant.personId, personId), isNull(roleGrant.endedAt), lte(roleGrant.untilAt, now)));
}

export async function insertGrant(tx: Tx, row: GrantRow) {
  await tx.insert(roleGrant).values(row);
}

export async function endGrant(tx: Tx, id: string, end: { by: string; at: number; reason: string }): Promise<boolean> {
  const [result] = await tx
    .update(roleGrant)
    .set({ endedAt: end.at, endedBy: end.by, reason: end.reason, openKey: null })
    .where(and(eq(roleGrant.id, id), standsAt(end.at)));
  return result.affectedRows === 1;
}

export async function endGrantsOf(tx: Tx, personId: string, at: number, reason: string) {
  await tx
    .update(roleGrant)
    .set({ endedAt: at, endedBy: personId, reason, openKey: null })
    .where(and(eq(roleGrant.personId, personId), isNull(roleGrant.endedAt)));
}

/** One after another: holds until the transaction ends. */
export async function lockFirstAdmins(tx: Tx, at: string) {
  await tx.execute(
    sql`INSERT INTO try_count (name, until_at, tries) VALUES ('first-admins', ${at}, 0) ON DUPLICATE KEY UPDATE until_at = ${at}`,
  );
}

export type StaffNameRow = typeof staffName.$inferSelect;

export const staffNamesOf = (on: Db["read"] | Tx, personIds: readonly string[]): Promise<StaffNameRow[]> =>
  personIds.length === 0
    ? Promise.resolve([])
    : on
        .select()
        .from(staffName)
        .where(inArray(staffName.personId, [...personIds]));

export async function putStaffName(tx: Tx, row: StaffNameRow) {
  const { personId: _, ...set } = row;
  await tx.insert(staffName).values(row).onDuplicateKeyUpdate({ set });
}

export async function deleteStaffName(tx: Tx, personId: string) {
  await tx.delete(staffName).where(eq(staffName.personId, personId));
}
