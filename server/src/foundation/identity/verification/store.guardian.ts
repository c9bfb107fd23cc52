import type { RegionCode } from "@weimenhu/domain/base/region";
import { and, desc, eq, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import type { Db, Reads } from "../../../kernel/db.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { guardian, person, villager } from "../schema.ts";
import { unnamed, type VillagerRow } from "./store.ts";

export type GuardianRow = typeof guardian.$inferSelect;

const keyOf = (personId: string, region: string): string => `${personId}:${region}`;

/** The note that is in force for this person in this village. */
export async function standingNote(on: Reads | Tx, personId: string, region: RegionCode): Promise<GuardianRow | null> {
  const [row] = await on
    .select()
    .from(guardian)
    .where(eq(guardian.openKey, keyOf(personId, region)));
  return row ?? null;
}

export async function noteById(on: Reads | Tx, id: string): Promise<GuardianRow | null> {
  const [row] = await on.select().from(guardian).where(eq(guardian.id, id));
  return row ?? null;
}

export type Noted = Pick<GuardianRow, "id" | "personId" | "region" | "paper" | "notedBy" | "at">;

/** One that is in force is put right: it keeps its id. */
export async function putNote(tx: Tx, { id, personId, region, ...noted }: Noted): Promise<void> {
  const open = { openKey: keyOf(personId, region), endedAt: null, endedBy: null };
  await tx
    .insert(guardian)
    .values({ id, personId, region, ...noted, ...open })
    .onDuplicateKeyUpdate({ set: noted });
}

/** False when it had ended already. */
export async function endNote(tx: Tx, id: string, ended: { by: string; at: number }): Promise<boolean> {
  const [result] = await tx
    .update(guardian)
    .set({ endedAt: ended.at, endedBy: ended.by, openKey: null })
    .where(and(eq(guardian.id, id), isNull(guardian.endedAt)));
  return result.affectedRows === 1;
}

/** What is in force in a village, the newest first, with the sealed phone. */
export const notesIn = (db: Db, region: RegionCode, after: { at: number; id: string } | null, limit: number) =>
  db.read
    .select({ note: guardian, phone: person.phone })
    .from(guardian)
    .innerJoin(person, eq(person.id, guardian.personId))
    .where(
      and(
        eq(guardian.region, region),
        isNull(guardian.endedAt),
        after ? or(lt(guardian.at, after.at), and(eq(guardian.at, after.at), lt(guardian.id, after.id))) : undefined,
      ),
    )
    .orderBy(desc(guardian.at), desc(guardian.id))
    .limit(limit);

/** Oldest first. */
export const notesOf = (db: Db, personId: string): Promise<GuardianRow[]> =>
  db.read.select().from(guardian).where(eq(guardian.personId, personId)).orderBy(guardian.at, guardian.id);

export async function forgetNotes(tx: Tx, personId: string): Promise<void> {
  await tx.delete(guardian).where(eq(guardian.personId, personId));
}

const unverified = ["pending", "refused"] as const;

/** What was sent in and did not become, or is not yet, a verification, as far as a number is still in it. */
export const triesIn = (tx: Tx, personId: string, region: RegionCode): Promise<VillagerRow[]> =>
  tx
    .select()
    .from(villager)
    .where(
      and(
        eq(villager.personId, personId),
        eq(villager.region, region),
        inArray(villager.state, unverified),
        isNotNull(villager.idCard),
      ),
    );

/** Name and number go; what waits is ended with a word. What was verified at this moment stands. */
export async function takeOut(tx: Tx, id: string, ended: { by: string; at: number; note: string }): Promise<void> {
  const { by: decidedBy, at: decidedAt, note } = ended;
  const of = (state: (typeof unverified)[number]) => and(eq(villager.id, id), eq(villager.state, state));
  await tx.update(villager).set(unnamed).where(of("refused"));
  await tx
    .update(villager)
    .set({ state: "ended", decidedAt, decidedBy, reason: null, note, ...unnamed })
    .where(of("pending"));
}
