import { type RegionCode, subtreePrefix } from "@weimenhu/domain/base/region";
import { askedDays } from "@weimenhu/domain/identity/mandate";
import { and, asc, desc, eq, gt, inArray, isNotNull, like, lt, lte, ne, or, sql } from "drizzle-orm";
import type { Db, Reads } from "../../../kernel/db.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { mandate, realName } from "../schema.ts";

export type MandateRow = typeof mandate.$inferSelect;

export async function mandateById(on: Pick<Reads, "select">, id: string): Promise<MandateRow | null> {
  const [row] = await on.select().from(mandate).where(eq(mandate.id, id));
  return row ?? null;
}

export async function lockMandate(tx: Tx, id: string): Promise<MandateRow | null> {
  const [row] = await tx.select().from(mandate).where(eq(mandate.id, id)).for("update");
  return row ?? null;
}

export async function byAskKey(
  on: Pick<Reads, "select">,
  personId: string,
  askKey: string,
): Promise<MandateRow | null> {
  const [row] = await on
    .select()
    .from(mandate)
    .where(and(eq(mandate.personId, personId), eq(mandate.askKey, askKey)));
  return row ?? null;
}

/** What waits or stands for these two; held to the commit. */
export async function openMandate(tx: Tx, openKey: string): Promise<MandateRow | null> {
  const [row] = await tx.select().from(mandate).where(eq(mandate.openKey, openKey)).for("update");
  return row ?? null;
}

/** Fails as a duplicate when one is open, or was asked for under this key. */
export async function insertMandate(tx: Tx, row: MandateRow): Promise<void> {
  await tx.insert(mandate).values(row);
}

export async function setMandate(tx: Tx, id: string, set: Partial<MandateRow>): Promise<void> {
  await tx.update(mandate).set(set).where(eq(mandate.id, id));
}

/** What is taken out of one that is over. The name stays a while: what was booked is still to come. */
export const overNow = { idCard: null, openKey: null, codeId: null, codeHash: null, codeSealed: null, codeUntil: null };

export const heldBy = (db: Db, personId: string, limit: number): Promise<MandateRow[]> =>
  db.read.select().from(mandate).where(eq(mandate.personId, personId)).orderBy(desc(mandate.id)).limit(limit);

export const givenBy = (db: Db, idIndex: string, limit: number): Promise<MandateRow[]> =>
  db.read.select().from(mandate).where(eq(mandate.idIndex, idIndex)).orderBy(desc(mandate.id)).limit(limit);

export const mandatesById = (db: Db, ids: readonly string[]): Promise<MandateRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(mandate)
        .where(inArray(mandate.id, [...new Set(ids)]));

type Asked = {
  regions: readonly RegionCode[];
  state: "asked" | "standing";
  after: { at: number; id: string } | null;
  now: number;
  limit: number;
};

/** In these subtrees, as far as it is not over by time: what waits, the oldest first; what stands, the newest first. */
export function mandatesIn(db: Db, { regions, state, after, now, limit }: Asked): Promise<MandateRow[]> {
  const within = or(...regions.map((code) => like(mandate.region, `${subtreePrefix(code)}%`)));
  const waits = state === "asked";
  const past = after
    ? waits
      ? or(gt(mandate.askedAt, after.at), and(eq(mandate.askedAt, after.at), gt(mandate.id, after.id)))
      : or(lt(mandate.askedAt, after.at), and(eq(mandate.askedAt, after.at), lt(mandate.id, after.id)))
    : undefined;
  const runs = waits ? gt(mandate.askedAt, now - askedDays * 86_400_000) : gt(mandate.untilAt, now);
  const order = waits ? asc : desc;
  return db.read
    .select()
    .from(mandate)
    .where(and(eq(mandate.state, state), within, runs, past))
    .orderBy(order(mandate.askedAt), order(mandate.id))
    .limit(limit);
}

/** Whose account proved this ID number. */
export async function accountOfIndex(on: Pick<Reads, "select">, idIndex: string): Promise<string | null> {
  const [row] = await on.select().from(realName).where(eq(realName.idIndex, idIndex));
  return row?.personId ?? null;
}

export async function indexOfAccount(on: Pick<Reads, "select">, personId: string): Promise<string | null> {
  const [row] = await on.select().from(realName).where(eq(realName.personId, personId));
  return row?.idIndex ?? null;
}

/** Whoever acts, or the principal, is no more. */
export async function endAllOf(tx: Tx, who: { personId: string; idIndex: string | null }, at: number): Promise<void> {
  const either = or(
    eq(mandate.personId, who.personId),
    who.idIndex === null ? undefined : eq(mandate.idIndex, who.idIndex),
  );
  await tx
    .update(mandate)
    .set({ state: "ended", endedAt: at })
    .where(and(either, inArray(mandate.state, ["asked", "standing"])));
  await tx
    .update(mandate)
    .set({ ...overNow, name: null, phone: null, note: "" })
    .where(either);
}

/** What is over by time ends; of what is over for long nothing is left by which the principal could be found. In small bites. */
export async function sweepMandates(tx: Tx, now: number, before: number): Promise<number> {
  const open = inArray(mandate.state, ["asked", "standing"]);
  const lapsed = or(
    lt(mandate.untilAt, now),
    and(eq(mandate.state, "asked"), lt(mandate.askedAt, now - askedDays * 86_400_000)),
  );
  const [ended] = await tx
    .update(mandate)
    .set({ state: "ended", endedAt: now, ...overNow })
    .where(and(open, lapsed))
    .limit(500);
  const [gone] = await tx
    .update(mandate)
    .set({ name: null, phone: null, idIndex: "", note: "" })
    .where(and(lte(mandate.endedAt, before), isNotNull(mandate.name), ne(mandate.idIndex, "")))
    .limit(500);
  return Math.max(ended.affectedRows, gone.affectedRows);
}

/** One more try of the code; false when there were too many, or it is not good any more. */
export async function countCodeTry(tx: Tx, id: string, most: number, now: number): Promise<boolean> {
  const [result] = await tx
    .update(mandate)
    .set({ codeTries: sql`${mandate.codeTries} + 1` })
    .where(
      and(eq(mandate.id, id), lt(mandate.codeTries, most), gt(mandate.codeUntil, now), isNotNull(mandate.codeHash)),
    );
  return result.affectedRows === 1;
}
