import type { PartState, RiskLabel } from "@weimenhu/domain/circle/duty";
import { and, asc, desc, eq, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import { rawInsert } from "../../kernel/raw-rows.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleAppeal, circleCheck, circlePush } from "./schema.check.ts";
import { circleDecision } from "./schema.ts";

export type CheckRow = typeof circleCheck.$inferSelect;
export type PushRow = typeof circlePush.$inferSelect;
export type AppealRow = typeof circleAppeal.$inferSelect;
export type DecisionRow = typeof circleDecision.$inferSelect;

export const insertChecks = rawInsert(circleCheck);

export const checkById = async (reads: Reads, id: string): Promise<CheckRow | undefined> =>
  (await reads.select().from(circleCheck).where(eq(circleCheck.id, id)))[0];

export const checkByTrace = async (reads: Reads, trace: string): Promise<CheckRow | undefined> =>
  (await reads.select().from(circleCheck).where(eq(circleCheck.trace, trace)))[0];

/** Every part of one text. */
export const partsOf = (reads: Reads, what: string, version: number): Promise<CheckRow[]> =>
  reads
    .select()
    .from(circleCheck)
    .where(and(eq(circleCheck.what, what), eq(circleCheck.version, version)))
    .orderBy(asc(circleCheck.id));

/** Texts of a post or comment that a checker passed in all their parts, or a person as a whole. */
export async function passedVersions(reads: Reads, what: string): Promise<Set<number>> {
  const [parts, decided] = await Promise.all([
    reads.select().from(circleCheck).where(eq(circleCheck.what, what)),
    reads
      .select({ version: circleDecision.version })
      .from(circleDecision)
      .where(and(eq(circleDecision.what, what), eq(circleDecision.pass, 1))),
  ]);
  const versions = [...new Set(parts.map(({ version }) => version))];
  const byMachine = versions.filter((version) =>
    parts.every((part) => part.version !== version || part.state === "pass"),
  );
  return new Set([...byMachine, ...decided.map(({ version }) => version)]);
}

/** Pictures that were passed in any text of this post. */
export const passedPictures = async (reads: Reads, what: string): Promise<CheckRow[]> =>
  (
    await reads
      .select()
      .from(circleCheck)
      .where(and(eq(circleCheck.what, what), eq(circleCheck.state, "pass")))
  ).filter(({ media }) => media !== "");

const waiting = (id: string) => and(eq(circleCheck.id, id), eq(circleCheck.state, "waiting"));

/** False when it is known already: the first answer stands. */
export async function endCheck(
  tx: Tx,
  id: string,
  ended: { state: PartState; label: RiskLabel; at: number },
): Promise<boolean> {
  const [result] = await tx
    .update(circleCheck)
    .set({ state: ended.state, label: ended.label, endedAt: ended.at })
    .where(waiting(id));
  return result.affectedRows === 1;
}

/** False when it is known, or was asked, already. */
export async function setTrace(tx: Tx, id: string, trace: string): Promise<boolean> {
  const [result] = await tx
    .update(circleCheck)
    .set({ trace })
    .where(and(waiting(id), isNull(circleCheck.trace)));
  return result.affectedRows === 1;
}

/** Parts that have waited since before a time, oldest first. */
export const waitingSince = (db: Db, before: number, limit: number): Promise<CheckRow[]> =>
  db.read
    .select()
    .from(circleCheck)
    .where(and(eq(circleCheck.state, "waiting"), lt(circleCheck.at, before)))
    .orderBy(asc(circleCheck.at))
    .limit(limit);

/** What came first under a trace stands. */
export async function insertPush(tx: Tx, row: PushRow): Promise<void> {
  await tx.insert(circlePush).ignore().values(row);
}

export const pushByTrace = async (reads: Reads, trace: string): Promise<PushRow | undefined> =>
  (await reads.select().from(circlePush).where(eq(circlePush.trace, trace)))[0];

export async function sweepPushes(tx: Tx, before: number): Promise<void> {
  await tx.delete(circlePush).where(lt(circlePush.at, before)).limit(5_000);
}

/** False when this refusal was appealed against already. */
export async function insertAppeal(tx: Tx, row: AppealRow): Promise<boolean> {
  try {
    await tx.insert(circleAppeal).values(row);
    return true;
  } catch (fault) {
    if (isDuplicate(fault)) return false;
    throw fault;
  }
}

export const appealByKey = async (reads: Reads, person: string, idemKey: string): Promise<AppealRow | undefined> =>
  (
    await reads
      .select()
      .from(circleAppeal)
      .where(and(eq(circleAppeal.person, person), eq(circleAppeal.idemKey, idemKey)))
  )[0];

/** The newest for this text. */
export const appealOf = async (reads: Reads, what: string, version: number): Promise<AppealRow | undefined> =>
  (
    await reads
      .select()
      .from(circleAppeal)
      .where(and(eq(circleAppeal.what, what), eq(circleAppeal.version, version)))
      .orderBy(desc(circleAppeal.id))
      .limit(1)
  )[0];

const isRefusal = and(eq(circleDecision.pass, 0), eq(circleDecision.appeal, 0));

/** The newest refusal of a text: what an appeal is against. Empty where none was kept. */
export const refusalOf = async (reads: Reads, what: string, version: number): Promise<string> =>
  (
    await reads
      .select({ id: circleDecision.id })
      .from(circleDecision)
      .where(and(eq(circleDecision.what, what), eq(circleDecision.version, version), isRefusal))
      .orderBy(desc(circleDecision.id))
      .limit(1)
  )[0]?.id ?? "";

/** That an appeal stands: nobody has refused the same text again since. */
export const appealStands: SQL = sql`NOT EXISTS (SELECT 1 FROM ${circleDecision}
  WHERE ${circleDecision.what} = ${circleAppeal.what} AND ${circleDecision.version} = ${circleAppeal.version}
  AND ${isRefusal} AND ${circleDecision.id} > ${circleAppeal.refusal})`;

/** Has an appeal shown that this person refused this text wrongly? */
export const wasOverturned = async (reads: Reads, what: string, version: number, person: string): Promise<boolean> =>
  (
    await reads
      .select({ id: circleAppeal.id })
      .from(circleAppeal)
      .innerJoin(circleDecision, eq(circleDecision.id, circleAppeal.refusal))
      .where(
        and(
          eq(circleAppeal.what, what),
          eq(circleAppeal.version, version),
          eq(circleAppeal.upheld, 1),
          eq(circleDecision.decidedBy, person),
        ),
      )
      .limit(1)
  ).length > 0;

/** What a person appealed for among these and what still stands, each text of it apart. */
export async function appealsBy(reads: Reads, person: string, what: readonly string[]): Promise<AppealRow[]> {
  if (what.length === 0) return [];
  return reads
    .select()
    .from(circleAppeal)
    .where(and(inArray(circleAppeal.what, [...what]), eq(circleAppeal.person, person), appealStands));
}

/** How it stands. */
export const appealedIn = ({ at, decidedAt, upheld }: Pick<AppealRow, "at" | "decidedAt" | "upheld">) => ({
  at,
  decidedAt,
  upheld: upheld === null ? null : upheld === 1,
});

export async function decideAppeal(
  tx: Tx,
  id: string,
  end: { by: string; at: number; upheld: boolean },
): Promise<void> {
  await tx
    .update(circleAppeal)
    .set({ decidedBy: end.by, decidedAt: end.at, upheld: end.upheld ? 1 : 0 })
    .where(and(eq(circleAppeal.id, id), isNull(circleAppeal.decidedAt)));
}

export const lastDecision = async (reads: Reads, what: string): Promise<DecisionRow | undefined> =>
  (
    await reads
      .select()
      .from(circleDecision)
      .where(eq(circleDecision.what, what))
      .orderBy(desc(circleDecision.id))
      .limit(1)
  )[0];
