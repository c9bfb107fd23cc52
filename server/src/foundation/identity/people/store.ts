import type { Channel } from "@weimenhu/domain/identity/channel";
import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Db } from "../../../kernel/db.ts";
import { inParts, rowsIn, type Tx } from "../../../kernel/tx.ts";
import { consent, identity, type Provider, person } from "../schema.ts";

export type PersonRow = typeof person.$inferSelect;
export type IdentityRow = typeof identity.$inferSelect;
export type Subject = { provider: Provider; subject: string };
export type Consent = { what: "privacy" | "id-card"; version: string; channel: Channel; givenAt: number };

export async function personById(on: Db["read"] | Tx, id: string): Promise<PersonRow | null> {
  const [row] = await on.select().from(person).where(eq(person.id, id));
  return row ?? null;
}

export const personsById = (db: Db, ids: readonly string[]): Promise<PersonRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(person)
        .where(inArray(person.id, [...ids]));

export type CalledRow = {
  id: string;
  phone: string | null;
  /** The row that the verified name is sealed for. */
  villager: string | null;
  verified: string | null;
  given: string | null;
};

/** People with every name that is kept for them, one row for each village that verified them; the newest last. */
export const calledPersons = (db: Db, ids: readonly string[]): Promise<CalledRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.rows(
        `SELECT p.id, p.phone, v.id AS villager, v.name AS verified, s.name AS given
         FROM person p LEFT JOIN villager v ON v.person_id = p.id AND v.state = 'verified'
           LEFT JOIN staff_name s ON s.person_id = p.id
         WHERE p.id IN (${ids.map(() => "?").join(",")}) ORDER BY v.applied_at`,
        ids,
      );

/** Of these people, those whose account stands, in one order. */
export async function openPeople(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(inArray(person.id, [...ids]), eq(person.state, "open")))
    .orderBy(person.id);
  return rows.map(({ id }) => id);
}

export async function personByPhone(on: Db["read"] | Tx, phoneIndex: string): Promise<PersonRow | null> {
  const [row] = await on.select().from(person).where(eq(person.phoneIndex, phoneIndex));
  return row ?? null;
}

/** Waits for whoever changes these people now; in one order, so that two cannot wait for each other. */
export async function lockPersons(tx: Tx, ids: readonly string[]): Promise<PersonRow[]> {
  return tx
    .select()
    .from(person)
    .where(inArray(person.id, [...ids]))
    .orderBy(person.id)
    .for("update");
}

/**
 * As `lockPersons`: those of them whose account no longer stands. Whom nobody knows is not among them. `at-once` fails
 * (`isHeld`) when somebody else holds one of them.
 */
export async function lockEnded(tx: Tx, ids: readonly string[], when: "waiting" | "at-once"): Promise<string[]> {
  const how = when === "waiting" ? "FOR UPDATE" : "FOR UPDATE NOWAIT";
  const ended: string[] = [];
  for (const part of inParts(tx, [...new Set(ids)].sort())) {
    const asked = part.map(() => "?").join(",");
    const statement = `SELECT id, state FROM person WHERE id IN (${asked}) ORDER BY id ${how}`;
    const found = await rowsIn<Pick<PersonRow, "id" | "state">>(tx, statement, part);
    ended.push(...found.filter(({ state }) => state !== "open").map(({ id }) => id));
  }
  return ended;
}

export async function insertPerson(tx: Tx, row: Pick<PersonRow, "id" | "phone" | "phoneIndex" | "createdAt">) {
  await tx.insert(person).values({ ...row, state: "open", elder: 0 });
}

/** False when the person has a phone already, or is no longer open. */
export async function setPhone(tx: Tx, id: string, phone: string, phoneIndex: string): Promise<boolean> {
  const [result] = await tx
    .update(person)
    .set({ phone, phoneIndex })
    .where(and(eq(person.id, id), eq(person.state, "open"), isNull(person.phoneIndex)));
  return result.affectedRows === 1;
}

/** In the place of the phone that this person had. Fails as a duplicate when another call gave it to somebody. */
export async function replacePhone(tx: Tx, id: string, phone: string, phoneIndex: string) {
  await tx.update(person).set({ phone, phoneIndex }).where(eq(person.id, id));
}

export async function setElder(tx: Tx, id: string, elder: number) {
  await tx.update(person).set({ elder }).where(eq(person.id, id));
}

/** Who chose the larger edition on either account keeps it. */
export async function raiseElder(tx: Tx, from: string, to: string) {
  await tx.execute(
    sql`UPDATE person t JOIN person f ON f.id = ${from} SET t.elder = GREATEST(t.elder, f.elder) WHERE t.id = ${to}`,
  );
}

/** False when it was not open any more. Nothing personal stays in the row. */
export async function endPerson(tx: Tx, id: string, end: { state: "merged" | "closed"; into?: string; at: number }) {
  const [result] = await tx
    .update(person)
    .set({ state: end.state, mergedInto: end.into ?? null, endedAt: end.at, phone: null, phoneIndex: null, elder: 0 })
    .where(and(eq(person.id, id), eq(person.state, "open")));
  return result.affectedRows === 1;
}

const same = (subject: Subject) => and(eq(identity.provider, subject.provider), eq(identity.subject, subject.subject));

export const identitiesBySubject = (tx: Tx, subjects: readonly Subject[]): Promise<IdentityRow[]> =>
  tx
    .select()
    .from(identity)
    .where(or(...subjects.map(same)));

export const identitiesOf = (db: Db, personId: string): Promise<IdentityRow[]> =>
  db.read.select().from(identity).where(eq(identity.personId, personId)).orderBy(identity.createdAt);

/** Fails as a duplicate when another call was faster. */
export async function insertIdentities(tx: Tx, personId: string, subjects: readonly Subject[], at: number) {
  if (subjects.length === 0) return;
  await tx.insert(identity).values(subjects.map((subject) => ({ ...subject, personId, bound: 0, createdAt: at })));
}

export async function moveIdentities(tx: Tx, from: string, to: string) {
  await tx.update(identity).set({ personId: to }).where(eq(identity.personId, from));
}

export async function deleteIdentities(tx: Tx, personId: string) {
  await tx.delete(identity).where(eq(identity.personId, personId));
}

/** This platform account vouched for the phone of the person that it belongs to. */
export async function bindIdentity(tx: Tx, personId: string, subject: Subject) {
  await tx
    .update(identity)
    .set({ bound: 1 })
    .where(and(same(subject), eq(identity.personId, personId)));
}

/** None of the person's platform accounts is the strong factor any more. */
export async function unbindIdentities(tx: Tx, personId: string) {
  await tx.update(identity).set({ bound: 0 }).where(eq(identity.personId, personId));
}

export async function addConsent(tx: Tx, personId: string, given: Consent) {
  await tx
    .insert(consent)
    .ignore()
    .values({ personId, ...given });
}

export const consentsOf = (db: Db, personId: string): Promise<Consent[]> =>
  db.read
    .select({ what: consent.what, version: consent.version, channel: consent.channel, givenAt: consent.givenAt })
    .from(consent)
    .where(eq(consent.personId, personId))
    .orderBy(consent.givenAt);

/** What both agreed to stays with the one who keeps the account. */
export async function moveConsents(tx: Tx, from: string, to: string) {
  await tx.execute(
    sql`INSERT IGNORE INTO consent (person_id, what, version, channel, given_at) SELECT ${to}, what, version, channel, given_at FROM consent WHERE person_id = ${from}`,
  );
  await tx.delete(consent).where(eq(consent.personId, from));
}
