import { codeRule } from "@weimenhu/domain/identity/privacy";
import { and, eq, inArray, isNotNull, ne, sql } from "drizzle-orm";
import { sqlTime } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { loginCode, totp, tryCount } from "../schema.ts";

export type CodeRow = typeof loginCode.$inferSelect;
export type NewCode = Pick<CodeRow, "phoneIndex" | "codeId" | "codeHash" | "sealed" | "day"> & { now: number };

/** Puts a new code in the place of the old one, unless one was sent a moment ago or too many were sent today. */
export async function claimCode(tx: Tx, code: NewCode): Promise<boolean> {
  const now = sqlTime(code.now);
  await tx.execute(
    sql`INSERT IGNORE INTO login_code (phone_index, code_id, code_hash, tries, sent_at, expires_at, day, day_count)
        VALUES (${code.phoneIndex}, '', '', 0, '2000-01-01', '2000-01-01', '', 0)`,
  );
  // Assignments run from left to right: the count looks at the old day.
  const [result] = await tx.execute(
    sql`UPDATE login_code SET day_count = IF(day = ${code.day}, day_count + 1, 1), day = ${code.day},
          code_id = ${code.codeId}, code_hash = ${code.codeHash}, sealed = ${code.sealed}, tries = 0, used_at = NULL,
          sent_at = ${now}, expires_at = ${sqlTime(code.now + codeRule.lifeMs)}
        WHERE phone_index = ${code.phoneIndex} AND sent_at <= ${sqlTime(code.now - codeRule.gapMs)}
          AND (day <> ${code.day} OR day_count < ${codeRule.perDay})`,
  );
  return result.affectedRows === 1;
}

export async function codeOf(on: Db["read"] | Tx, phoneIndex: string): Promise<CodeRow | null> {
  const [row] = await on.select().from(loginCode).where(eq(loginCode.phoneIndex, phoneIndex));
  return row ?? null;
}

/** Counts a try before anything is compared, so that guesses at the same moment cannot share one. */
export async function countTry(tx: Tx, phoneIndex: string, now: number): Promise<boolean> {
  const [result] = await tx.execute(
    sql`UPDATE login_code SET tries = tries + 1 WHERE phone_index = ${phoneIndex} AND used_at IS NULL
        AND tries < ${codeRule.tries} AND expires_at > ${sqlTime(now)}`,
  );
  return result.affectedRows === 1;
}

/** Of two who bring the right code at once, one wins. */
export async function useCode(tx: Tx, phoneIndex: string, codeHash: string, now: number): Promise<boolean> {
  const [result] = await tx.execute(
    sql`UPDATE login_code SET used_at = ${sqlTime(now)}, sealed = NULL
        WHERE phone_index = ${phoneIndex} AND used_at IS NULL AND code_hash = ${codeHash}`,
  );
  return result.affectedRows === 1;
}

/** The text message is out: what was needed for it goes. */
export async function forgetSent(tx: Tx, phoneIndex: string, codeId: string) {
  await tx
    .update(loginCode)
    .set({ sealed: null })
    .where(and(eq(loginCode.phoneIndex, phoneIndex), eq(loginCode.codeId, codeId)));
}

/** Nobody can use the code any more, and it is not sent. The row stays: it is what keeps the next one a minute away. */
export async function voidCode(tx: Tx, phoneIndex: string, now: number) {
  await tx
    .update(loginCode)
    .set({ codeHash: "", sealed: null, usedAt: now })
    .where(eq(loginCode.phoneIndex, phoneIndex));
}

/** Counts one try in a window that begins with the first. False when `most` were counted already. */
export async function countWithin(tx: Tx, name: string, rule: { most: number; windowMs: number }, now: number) {
  const at = sqlTime(now);
  await tx.execute(sql`INSERT IGNORE INTO try_count (name, until_at, tries) VALUES (${name}, ${at}, 0)`);
  const [result] = await tx.execute(
    sql`UPDATE try_count SET tries = IF(until_at <= ${at}, 1, tries + 1),
          until_at = IF(until_at <= ${at}, ${sqlTime(now + rule.windowMs)}, until_at)
        WHERE name = ${name} AND (until_at <= ${at} OR tries < ${rule.most})`,
  );
  return result.affectedRows === 1;
}

/** The counter of wrong second factors. */
export const secondTries = (personId: string): string => `second:${personId}`;

export async function forgetTries(tx: Tx, name: string) {
  await tx.delete(tryCount).where(eq(tryCount.name, name));
}

/** The secret is empty after a removal. */
export async function totpOf(on: Db["read"] | Tx, personId: string) {
  const [row] = await on.select().from(totp).where(eq(totp.personId, personId));
  return row ?? null;
}

/** Was a second factor of this person ever taken away? Waits for a removal that goes on now. */
export async function wasRemoved(tx: Tx, personId: string): Promise<boolean> {
  const [row] = await tx
    .select({ removedAt: totp.removedAt })
    .from(totp)
    .where(eq(totp.personId, personId))
    .for("update");
  return row !== undefined && row.removedAt !== null;
}

/** Takes the place of a secret that was never confirmed; false when one stands. */
export async function enrolTotp(tx: Tx, personId: string, secret: string, now: number): Promise<boolean> {
  const at = sqlTime(now);
  await tx.execute(
    sql`INSERT IGNORE INTO totp (person_id, secret, last_step, enrolled_at) VALUES (${personId}, '', 0, ${at})`,
  );
  const [result] = await tx.execute(
    sql`UPDATE totp SET secret = ${secret}, last_step = 0, enrolled_at = ${at}
        WHERE person_id = ${personId} AND confirmed_at IS NULL`,
  );
  return result.affectedRows === 1;
}

/** A step is used once, and with the secret that was read: a removal meanwhile makes it worth nothing. */
export async function useStep(
  tx: Tx,
  factor: { personId: string; secret: string },
  step: number,
  now: number,
): Promise<boolean> {
  const [result] = await tx.execute(
    sql`UPDATE totp SET last_step = ${step}, confirmed_at = COALESCE(confirmed_at, ${sqlTime(now)})
        WHERE person_id = ${factor.personId} AND secret = ${factor.secret} AND last_step < ${step}`,
  );
  return result.affectedRows === 1;
}

/** Keeps that there was one: the next one is set up with more care. False when there was none. */
export async function removeTotp(tx: Tx, personId: string, now: number): Promise<boolean> {
  const [result] = await tx
    .update(totp)
    .set({ secret: "", lastStep: 0, confirmedAt: null, removedAt: now })
    .where(and(eq(totp.personId, personId), ne(totp.secret, "")));
  return result.affectedRows === 1;
}

export async function deleteTotp(tx: Tx, personId: string) {
  await tx.delete(totp).where(eq(totp.personId, personId));
}

/** Codes and counters that are over; `sealed` of a code that was never sent goes with its row. */
export async function sweepTries(tx: Tx, before: number): Promise<number> {
  const [codes] = await tx.execute(sql`DELETE FROM login_code WHERE sent_at < ${sqlTime(before)} LIMIT 500`);
  const [tries] = await tx.execute(sql`DELETE FROM try_count WHERE until_at < ${sqlTime(before)} LIMIT 500`);
  return Math.max(codes.affectedRows, tries.affectedRows);
}

/** Those of the given people who have set one up. */
export async function withTotp(db: Db, personIds: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db.read
    .select({ personId: totp.personId })
    .from(totp)
    .where(and(inArray(totp.personId, [...personIds]), isNotNull(totp.confirmedAt)));
  return new Set(rows.map((row) => row.personId));
}

export const hasTotp = async (db: Db, personId: string): Promise<boolean> =>
  (await db.read.$count(totp, and(eq(totp.personId, personId), isNotNull(totp.confirmedAt)))) > 0;
