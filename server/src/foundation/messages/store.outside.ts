import type { OutsideWay, TemplateName } from "@weimenhu/domain/messages/kinds";
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { message, messageConsent, type Outcome } from "./schema.ts";

type Consent = { person: string; channel: "weapp" | "alipay"; template: TemplateName };
export type ConsentRow = typeof messageConsent.$inferSelect;

const same = ({ person, channel, template }: Consent) =>
  and(eq(messageConsent.person, person), eq(messageConsent.channel, channel), eq(messageConsent.template, template));

/** More than this nobody spends before the vendor forgets. */
const mostKept = 50;

const keysKept = 512;

/** One more message is allowed. A key that was seen lately counts once. */
export async function addConsent(tx: Tx, consent: Consent, key: string, at: number): Promise<void> {
  const { lastKeys, remaining } = messageConsent;
  const isNew = sql`FIND_IN_SET(${key}, ${lastKeys}) = 0`;
  await tx
    .insert(messageConsent)
    .values({ ...consent, remaining: 1, lastKeys: key, updatedAt: at })
    // In this order: MariaDB sets the columns one after another, and the key must be looked for before it is added.
    .onDuplicateKeyUpdate({
      set: {
        remaining: sql`IF(${isNew}, LEAST(${remaining} + 1, ${mostKept}), ${remaining})`,
        lastKeys: sql`IF(${isNew}, LEFT(CONCAT(${key}, ',', ${lastKeys}), ${keysKept}), ${lastKeys})`,
        updatedAt: at,
      },
    });
}

/** Takes one away; false when none is left. Of two who take the last one, one gets it. */
export async function spend(tx: Tx, consent: Consent): Promise<boolean> {
  const [result] = await tx
    .update(messageConsent)
    .set({ remaining: sql`${messageConsent.remaining} - 1` })
    .where(and(same(consent), gt(messageConsent.remaining, 0)));
  return result.affectedRows === 1;
}

export async function giveBack(tx: Tx, consent: Consent): Promise<void> {
  await tx
    .update(messageConsent)
    .set({ remaining: sql`LEAST(${messageConsent.remaining} + 1, ${mostKept})` })
    .where(same(consent));
}

/** The vendor says that nothing is allowed any more: ours was counted wrong, or the person has switched it off. */
export async function noneLeft(tx: Tx, consent: Consent): Promise<void> {
  await tx.update(messageConsent).set({ remaining: 0 }).where(same(consent));
}

export const consentsOf = (db: Db, person: string): Promise<ConsentRow[]> =>
  db.read.select().from(messageConsent).where(eq(messageConsent.person, person));

export async function wipeConsents(tx: Tx, person: string): Promise<void> {
  await tx.delete(messageConsent).where(eq(messageConsent.person, person));
}

const untried = or(isNull(message.outside), eq(message.outside, "failed"));

/** Written before the call: whoever finds it later knows that the call may have been made. False when another was first. */
export async function beginOutside(tx: Tx, id: string, way: OutsideWay, at: number): Promise<boolean> {
  const [result] = await tx
    .update(message)
    .set({ outside: "trying", way, outsideAt: at })
    .where(and(eq(message.id, id), untried));
  return result.affectedRows === 1;
}

/** From `trying` to how it ended; null: nothing was sent, and it is tried again. False when it ended otherwise meanwhile. */
export async function endOutside(tx: Tx, id: string, outcome: Outcome | null, at: number): Promise<boolean> {
  const [result] = await tx
    .update(message)
    .set({ outside: outcome, outsideAt: at, ...(outcome === null ? { way: null } : {}) })
    .where(and(eq(message.id, id), eq(message.outside, "trying")));
  return result.affectedRows === 1;
}

/** Ended without a try. */
export async function leaveInside(tx: Tx, id: string, outcome: "none" | "late", at: number): Promise<void> {
  await tx
    .update(message)
    .set({ outside: outcome, outsideAt: at })
    .where(and(eq(message.id, id), untried));
}
