import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { and, desc, eq, gt, isNull, lte, ne, or, sql } from "drizzle-orm";
import { sqlTime } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { consent, identity, person, roleGrant, session, villager } from "../schema.ts";

export type SessionRow = typeof session.$inferSelect;

export async function sessionByHash(db: Db, tokenHash: string): Promise<SessionRow | null> {
  const [row] = await db.read.select().from(session).where(eq(session.tokenHash, tokenHash));
  return row ?? null;
}

/**
 * Read after the version stamp: is the session still open, who is its person, was the privacy text of now agreed to, and is
 * the platform account that signed in still bound? It may have been let go since, also while this session began.
 */
export async function sessionPerson(db: Db, id: string) {
  const [row] = await db.read
    .select({
      endedAt: session.endedAt,
      state: person.state,
      phoneIndex: person.phoneIndex,
      bound: identity.bound,
      consented: consent.version,
    })
    .from(session)
    .innerJoin(person, eq(person.id, session.personId))
    .leftJoin(
      consent,
      and(eq(consent.personId, session.personId), eq(consent.what, "privacy"), eq(consent.version, privacyVersion)),
    )
    .leftJoin(
      identity,
      and(
        eq(identity.provider, session.provider),
        eq(identity.subject, session.subject),
        eq(identity.personId, session.personId),
      ),
    )
    .where(eq(session.id, id));
  return row ?? null;
}

export async function insertSession(tx: Tx, row: SessionRow) {
  await tx.insert(session).values(row);
}

export async function sessionOf(tx: Tx, id: string, personId: string): Promise<SessionRow | null> {
  const [row] = await tx
    .select()
    .from(session)
    .where(and(eq(session.id, id), eq(session.personId, personId), isNull(session.endedAt)))
    .for("update");
  return row ?? null;
}

/** What a session that ended no longer needs to know: which platform account signed in, and on which device. */
const forgotten = { provider: null, subject: null, device: "" };

/** Only a session of this person, and only once. */
export async function endSession(tx: Tx, id: string, personId: string, at: number): Promise<boolean> {
  const [result] = await tx
    .update(session)
    .set({ endedAt: at, ...forgotten })
    .where(and(eq(session.id, id), eq(session.personId, personId), isNull(session.endedAt)));
  return result.affectedRows === 1;
}

/** Also one that has ended. */
export const hasSession = async (tx: Tx, id: string, personId: string): Promise<boolean> =>
  (await tx.$count(session, and(eq(session.id, id), eq(session.personId, personId)))) > 0;

/** Answers how many ended. */
export async function endSessionsOf(tx: Tx, personId: string, at: number): Promise<number> {
  const [result] = await tx
    .update(session)
    .set({ endedAt: at, ...forgotten })
    .where(and(eq(session.personId, personId), isNull(session.endedAt)));
  return result.affectedRows;
}

/** All but the one that asks; answers how many. */
export async function endOtherSessions(
  tx: Tx,
  own: { personId: string; sessionId: string },
  at: number,
): Promise<number> {
  const [result] = await tx
    .update(session)
    .set({ endedAt: at, ...forgotten })
    .where(and(eq(session.personId, own.personId), ne(session.id, own.sessionId), isNull(session.endedAt)));
  return result.affectedRows;
}

/** As `endSessionsOf`, for an account that ends: also in the rows of sessions that nobody ended. */
export async function forgetSessionsOf(tx: Tx, personId: string, at: number): Promise<void> {
  await endSessionsOf(tx, personId, at);
  await tx.update(session).set(forgotten).where(eq(session.personId, personId));
}

/** Not more often than the gap, whoever asks: a row that is written at every call would be the hottest of all. */
export async function touch(tx: Tx, id: string, at: number, gapMs: number) {
  await tx
    .update(session)
    .set({ seenAt: at })
    .where(and(eq(session.id, id), isNull(session.endedAt), lte(session.seenAt, at - gapMs)));
}

/** Those that nobody ended; the newest use first. */
export const openSessionsOf = (db: Db, personId: string): Promise<SessionRow[]> =>
  db.read
    .select()
    .from(session)
    .where(and(eq(session.personId, personId), isNull(session.endedAt)))
    .orderBy(desc(session.seenAt));

/** Everything still kept, also what has ended; for the export. */
export const sessionsOf = (db: Db, personId: string): Promise<SessionRow[]> =>
  db.read.select().from(session).where(eq(session.personId, personId)).orderBy(session.createdAt);

export const villagesOf = (db: Db, personId: string): Promise<{ region: string }[]> =>
  db.read
    .select({ region: villager.region })
    .from(villager)
    .where(and(eq(villager.personId, personId), eq(villager.state, "verified")));

export const grantsOf = (db: Db, personId: string, now: number) =>
  db.read
    .select({ role: roleGrant.role, region: roleGrant.region, untilAt: roleGrant.untilAt })
    .from(roleGrant)
    .where(
      and(
        eq(roleGrant.personId, personId),
        isNull(roleGrant.endedAt),
        or(isNull(roleGrant.untilAt), gt(roleGrant.untilAt, now)),
      ),
    );

/** Sessions that nobody can use any more, in small bites. */
export async function sweepSessions(tx: Tx, seenBefore: number): Promise<number> {
  const [result] = await tx.execute(sql`DELETE FROM session WHERE seen_at < ${sqlTime(seenBefore)} LIMIT 500`);
  return result.affectedRows;
}
