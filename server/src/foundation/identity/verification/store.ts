import { type RegionCode, subtreePrefix } from "@weimenhu/domain/base/region";
import { groupOrder } from "@weimenhu/domain/identity/groups";
import type { VerificationReason } from "@weimenhu/domain/identity/verification";
import { and, asc, count, desc, eq, gt, inArray, like, lt, or, sql } from "drizzle-orm";
import type { Db } from "../../../kernel/db.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { person, realName, roster, villager } from "../schema.ts";

export type VillagerRow = typeof villager.$inferSelect;
export type RosterRow = typeof roster.$inferSelect;

/** Oldest first. */
export const applicationsOf = (db: Db, personId: string): Promise<VillagerRow[]> =>
  db.read
    .select()
    .from(villager)
    .where(eq(villager.personId, personId))
    .orderBy(asc(villager.appliedAt), asc(villager.id));

export async function applicationByKey(tx: Tx, personId: string, applyKey: string): Promise<VillagerRow | null> {
  const [row] = await tx
    .select()
    .from(villager)
    .where(and(eq(villager.personId, personId), eq(villager.applyKey, applyKey)));
  return row ?? null;
}

export async function applicationById(on: Db["read"] | Tx, id: string): Promise<VillagerRow | null> {
  const [row] = await on.select().from(villager).where(eq(villager.id, id));
  return row ?? null;
}

/** The application that waits or stands for this person in this village. */
export async function openApplication(tx: Tx, openKey: string): Promise<VillagerRow | null> {
  const [row] = await tx.select().from(villager).where(eq(villager.openKey, openKey));
  return row ?? null;
}

/** Fails as a duplicate when another application of the person for this village is open. */
export async function insertApplication(tx: Tx, row: VillagerRow) {
  await tx.insert(villager).values(row);
}

export type Decision = {
  state: "verified" | "refused";
  by: string;
  at: number;
  reason: VerificationReason | null;
  note: string | null;
};

/** False when it was decided, or ended, already. */
export async function decide(tx: Tx, id: string, decision: Decision): Promise<boolean> {
  const [result] = await tx
    .update(villager)
    .set({
      state: decision.state,
      decidedAt: decision.at,
      decidedBy: decision.by,
      reason: decision.reason,
      note: decision.note,
      ...(decision.state === "refused" ? { openKey: null } : {}),
    })
    .where(and(eq(villager.id, id), eq(villager.state, "pending")));
  return result.affectedRows === 1;
}

/** One ID number, one person: false when the number is another's, or this person has another number. */
export async function claimIdCard(tx: Tx, idIndex: string, personId: string): Promise<boolean> {
  await tx.insert(realName).ignore().values({ idIndex, personId });
  const held = await tx
    .select()
    .from(realName)
    .where(or(eq(realName.idIndex, idIndex), eq(realName.personId, personId)))
    .for("update");
  return held.length === 1 && held[0]?.idIndex === idIndex && held[0].personId === personId;
}

export async function holderOfIdCard(tx: Tx, idIndex: string): Promise<string | null> {
  const [row] = await tx.select().from(realName).where(eq(realName.idIndex, idIndex));
  return row?.personId ?? null;
}

export async function idCardOfPerson(tx: Tx, personId: string): Promise<string | null> {
  const [row] = await tx.select().from(realName).where(eq(realName.personId, personId));
  return row?.idIndex ?? null;
}

const within = (regions: readonly RegionCode[]) =>
  or(...regions.map((code) => like(villager.region, `${subtreePrefix(code)}%`)));

/** What waits in these subtrees, oldest first, with the applicant's sealed phone. */
export const pendingIn = (
  db: Db,
  regions: readonly RegionCode[],
  after: { at: number; id: string } | null,
  limit: number,
) =>
  db.read
    .select({ application: villager, phone: person.phone })
    .from(villager)
    .innerJoin(person, eq(person.id, villager.personId))
    .where(
      and(
        eq(villager.state, "pending"),
        within(regions),
        after
          ? or(gt(villager.appliedAt, after.at), and(eq(villager.appliedAt, after.at), gt(villager.id, after.id)))
          : undefined,
      ),
    )
    .orderBy(asc(villager.appliedAt), asc(villager.id))
    .limit(limit);

/** Who is verified in these subtrees, the newest first, with the sealed phone; `who`: only whom this phone index names. */
export const verifiedIn = (
  db: Db,
  regions: readonly RegionCode[],
  who: string | null,
  after: { at: number; id: string } | null,
  limit: number,
) =>
  db.read
    .select({ application: villager, phone: person.phone })
    .from(villager)
    .innerJoin(person, eq(person.id, villager.personId))
    .where(
      and(
        eq(villager.state, "verified"),
        within(regions),
        who === null ? undefined : eq(person.phoneIndex, who),
        after
          ? or(lt(villager.decidedAt, after.at), and(eq(villager.decidedAt, after.at), lt(villager.id, after.id)))
          : undefined,
      ),
    )
    .orderBy(desc(villager.decidedAt), desc(villager.id))
    .limit(limit);

/** How many verified villagers a village has. */
export async function countVillagers(db: Db, region: RegionCode): Promise<number> {
  const [row] = await db.read
    .select({ n: count() })
    .from(villager)
    .where(and(eq(villager.region, region), eq(villager.state, "verified")));
  return row?.n ?? 0;
}

export const placesOfVillager = async (tx: Tx, personId: string): Promise<RegionCode[]> =>
  (
    await tx
      .select({ region: villager.region })
      .from(villager)
      .where(and(eq(villager.personId, personId), eq(villager.state, "verified")))
  ).map((row) => row.region);

/** What is taken out of an application that ends. */
export const unnamed = { name: null, idCard: null, idIndex: null, groupName: "", openKey: null };

/** Of a closed account nothing stays by which the person could be found. */
export async function endVillagerOf(tx: Tx, personId: string, at: number) {
  await tx
    .update(villager)
    .set({
      state: sql`IF(state = 'refused', state, 'ended')`,
      decidedAt: sql`COALESCE(decided_at, ${villager.decidedAt.mapToDriverValue(at)})`,
      ...unnamed,
      note: null,
    })
    .where(eq(villager.personId, personId));
  await tx.delete(realName).where(eq(realName.personId, personId));
}

/** False when it does not stand. Earlier tries in that village lose name and number too. The ID number is free again unless another village verified it too. */
export async function endVillagerIn(
  tx: Tx,
  { id, personId, region }: Pick<VillagerRow, "id" | "personId" | "region">,
  ending: { by: string; at: number; note: string },
): Promise<boolean> {
  // Held first: a verification elsewhere at this moment claims the number and waits, or is seen below.
  await tx.select().from(realName).where(eq(realName.personId, personId)).for("update");
  const [result] = await tx
    .update(villager)
    .set({ state: "ended", decidedAt: ending.at, decidedBy: ending.by, reason: null, note: ending.note, ...unnamed })
    .where(and(eq(villager.id, id), eq(villager.state, "verified")));
  if (result.affectedRows !== 1) return false;
  const inVillage = and(eq(villager.personId, personId), eq(villager.region, region));
  await tx.update(villager).set(unnamed).where(inVillage);
  const [elsewhere] = await tx
    .select({ id: villager.id })
    .from(villager)
    .where(and(eq(villager.personId, personId), eq(villager.state, "verified")))
    .for("update");
  if (!elsewhere) await tx.delete(realName).where(eq(realName.personId, personId));
  return true;
}

export async function groupsOf(db: Db, region: RegionCode): Promise<string[]> {
  const rows = await db.read.selectDistinct({ group: roster.groupName }).from(roster).where(eq(roster.region, region));
  return rows.map((row) => row.group).sort(groupOrder);
}

export async function rosterEntry(on: Db["read"] | Tx, region: RegionCode, idIndex: string): Promise<RosterRow | null> {
  const [row] = await on
    .select()
    .from(roster)
    .where(and(eq(roster.region, region), eq(roster.idIndex, idIndex)));
  return row ?? null;
}

export const rosterEntries = (db: Db, idIndexes: readonly string[]): Promise<RosterRow[]> =>
  idIndexes.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(roster)
        .where(inArray(roster.idIndex, [...idIndexes]));

/** Where the ID number that this person proved stands on a roster. */
export const rosterOfPerson = (db: Db, personId: string) =>
  db.read
    .select({ region: roster.region, groupName: roster.groupName, household: roster.household })
    .from(roster)
    .innerJoin(realName, eq(realName.idIndex, roster.idIndex))
    .where(eq(realName.personId, personId));

/** Who is a verified villager of this village by this ID number. */
export async function verifiedBy(on: Db["read"] | Tx, region: RegionCode, idIndex: string): Promise<string | null> {
  const [row] = await on
    .select({ personId: villager.personId })
    .from(villager)
    .where(and(eq(villager.region, region), eq(villager.idIndex, idIndex), eq(villager.state, "verified")));
  return row?.personId ?? null;
}

/** False when it is not there. */
export async function deleteRosterLine(tx: Tx, region: RegionCode, idIndex: string): Promise<boolean> {
  const [result] = await tx.delete(roster).where(and(eq(roster.region, region), eq(roster.idIndex, idIndex)));
  return result.affectedRows === 1;
}

/** A line for an ID number that stands there already takes its place. */
export async function upsertRoster(tx: Tx, rows: readonly RosterRow[]) {
  if (rows.length === 0) return;
  await tx
    .insert(roster)
    .values([...rows])
    .onDuplicateKeyUpdate({
      set: {
        name: sql`VALUES(name)`,
        idCard: sql`VALUES(id_card)`,
        groupName: sql`VALUES(group_name)`,
        household: sql`VALUES(household)`,
        updatedAt: sql`VALUES(updated_at)`,
      },
    });
}
