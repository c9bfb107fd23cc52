import type { CaseMove } from "@weimenhu/domain/cases/state";
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, notExists, or } from "drizzle-orm";
import { alias } from "drizzle-orm/mysql-core";
import type { Clock } from "../../kernel/clock.ts";
import type { Db, Reads } from "../../kernel/db.ts";
import { rawRows } from "../../kernel/raw-rows.ts";
import type { Tx } from "../../kernel/tx.ts";
import { caseDue, caseFile, caseRating, caseStep } from "./schema.ts";

export type CaseRow = typeof caseFile.$inferSelect;
export type StepRow = typeof caseStep.$inferSelect;
export type RatingRow = typeof caseRating.$inferSelect;

export async function insert(tx: Tx, row: CaseRow): Promise<void> {
  await tx.insert(caseFile).values(row);
}

export async function lock(tx: Tx, id: string): Promise<CaseRow | undefined> {
  const [row] = await tx.select().from(caseFile).where(eq(caseFile.id, id)).for("update");
  return row;
}

export const byId = async (reads: Reads, id: string): Promise<CaseRow | undefined> =>
  (await reads.select().from(caseFile).where(eq(caseFile.id, id)))[0];

export const byIds = (db: Db, ids: readonly string[]): Promise<CaseRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(caseFile)
        .where(inArray(caseFile.id, [...ids]));

const files = rawRows(caseFile, "c");

export async function bySubjects(db: Db, subjects: readonly string[]): Promise<CaseRow[]> {
  if (subjects.length === 0) return [];
  const asked = subjects.map(() => "?").join(",");
  const statement = `SELECT ${files.columns} FROM case_file c WHERE c.subject IN (${asked})`;
  return (await db.rows<Record<string, unknown>>(statement, subjects)).map(files.read);
}

const beside = rawRows(caseFile, "c", "case");

/** For another room's statement: the file of each row's case beside the row, where there is one. */
export const fileBeside = {
  columns: beside.columns,
  join: (caseId: string): string => `LEFT JOIN case_file c ON c.id = ${caseId}`,
  read: (raw: Record<string, unknown>): CaseRow | null => (raw.caseid === null ? null : beside.read(raw)),
};

export async function update(tx: Tx, id: string, set: Partial<CaseRow>): Promise<void> {
  await tx.update(caseFile).set(set).where(eq(caseFile.id, id));
}

export async function insertStep(tx: Tx, row: StepRow): Promise<void> {
  await tx.insert(caseStep).values(row);
}

/** Now, for the next step of this locked case; another server, whose clock is ahead, may have made its newest step. */
export async function timeFor(tx: Tx, id: string, clock: Clock): Promise<number> {
  const newest = tx.select({ at: caseStep.at }).from(caseStep).where(eq(caseStep.caseId, id));
  const [row] = await newest.orderBy(desc(caseStep.number)).limit(1);
  return Math.max(clock.now(), row?.at ?? 0);
}

/** Before a deadline is moved without a step. */
export async function insertDue(tx: Tx, row: typeof caseDue.$inferSelect): Promise<void> {
  await tx.insert(caseDue).values(row);
}

export const stepByKey = async (reads: Reads, actor: string, idemKey: string): Promise<StepRow | undefined> =>
  (
    await reads
      .select()
      .from(caseStep)
      .where(and(eq(caseStep.actor, actor), eq(caseStep.idemKey, idemKey)))
  )[0];

export const step = async (reads: Reads, id: string, number: number): Promise<StepRow | undefined> =>
  (
    await reads
      .select()
      .from(caseStep)
      .where(and(eq(caseStep.caseId, id), eq(caseStep.number, number)))
  )[0];

/** What this person has done in office in the rounds that run, by case. */
export async function doneInOffice(
  reads: Reads,
  person: string,
  rows: readonly CaseRow[],
): Promise<Map<string, CaseMove[]>> {
  const done = new Map<string, CaseMove[]>();
  if (rows.length === 0) return done;
  const rounds = rows.map((row) => and(eq(caseStep.caseId, row.id), eq(caseStep.round, row.round)));
  const found = await reads
    .select({ id: caseStep.caseId, move: caseStep.move })
    .from(caseStep)
    .where(and(or(...rounds), eq(caseStep.actor, person), eq(caseStep.mark, "official")));
  for (const { id, move } of found)
    if (move !== "raise" && move !== "escalate") done.set(id, [...(done.get(id) ?? []), move]);
  return done;
}

/** The newest first. */
export const stepsInOffice = (reads: Reads, id: string): Promise<StepRow[]> =>
  reads
    .select()
    .from(caseStep)
    .where(and(eq(caseStep.caseId, id), eq(caseStep.mark, "official")))
    .orderBy(desc(caseStep.number));

export const steps = (db: Db, id: string): Promise<StepRow[]> =>
  db.read.select().from(caseStep).where(eq(caseStep.caseId, id)).orderBy(asc(caseStep.number));

/** Each stop of the clocks of these files, in order. */
export const pauseSteps = async (db: Db, ids: readonly string[]): Promise<StepRow[]> =>
  ids.length === 0
    ? []
    : db.read
        .select()
        .from(caseStep)
        .where(and(inArray(caseStep.caseId, [...ids]), eq(caseStep.move, "pause")))
        .orderBy(asc(caseStep.caseId), asc(caseStep.number));

export const tagsOf = (tags: string): number[] => (tags === "" ? [] : tags.split(",").map(Number));

export async function insertRating(tx: Tx, row: RatingRow): Promise<void> {
  await tx.insert(caseRating).values(row);
}

export const ratings = (db: Db, id: string): Promise<RatingRow[]> =>
  db.read.select().from(caseRating).where(eq(caseRating.caseId, id)).orderBy(asc(caseRating.round));

/** Red and not yet shown to those above. */
export const overdue = (db: Db, now: number, limit: number): Promise<{ id: string }[]> =>
  db.read
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(and(isNull(caseFile.escalatedAt), isNotNull(caseFile.dueAt), lte(caseFile.dueAt, now)))
    .orderBy(asc(caseFile.dueAt))
    .limit(limit);

/**
 * Red, shown to those above, and handed on since: when that was, where those above the new place have not been shown it. What
 * is handed on once more counts anew.
 */
export async function handedOnRed(reads: Reads, now: number, limit: number, id?: string): Promise<HandedOn[]> {
  const later = alias(caseStep, "later");
  return reads
    .select({ id: caseFile.id, at: caseStep.at, kind: caseFile.roundKind })
    .from(caseFile)
    .innerJoin(caseStep, eq(caseStep.caseId, caseFile.id))
    .where(
      and(
        inArray(caseFile.state, ["pending", "accepted", "handling"]),
        isNotNull(caseFile.escalatedAt),
        lte(caseFile.dueAt, now),
        id === undefined ? undefined : eq(caseFile.id, id),
        eq(caseStep.round, caseFile.round),
        inArray(caseStep.move, ["transfer", "return"]),
        notExists(
          reads
            .select({ number: later.number })
            .from(later)
            .where(
              and(
                eq(later.caseId, caseStep.caseId),
                gt(later.number, caseStep.number),
                inArray(later.move, ["transfer", "return", "escalate"]),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(caseStep.at))
    .limit(limit);
}
type HandedOn = { id: string; at: number; kind: CaseRow["roundKind"] };

/** Answered, and its author has said nothing since. */
export const silent = (db: Db, answeredBefore: number, limit: number): Promise<{ id: string }[]> =>
  db.read
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(and(eq(caseFile.state, "confirming"), lte(caseFile.finishedAt, answeredBefore)))
    .orderBy(asc(caseFile.finishedAt))
    .limit(limit);

/** Of the rounds that run. */
export const ratingsOf = (db: Db, rows: readonly CaseRow[]): Promise<RatingRow[]> =>
  rows.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(caseRating)
        .where(or(...rows.map((row) => and(eq(caseRating.caseId, row.id), eq(caseRating.round, row.round)))));

export const ratingOf = async (tx: Tx, id: string, round: number): Promise<RatingRow | undefined> =>
  (
    await tx
      .select()
      .from(caseRating)
      .where(and(eq(caseRating.caseId, id), eq(caseRating.round, round)))
  )[0];

/** Those with a running clock, in the order of their ids. */
export const running = (db: Db, after: string, limit: number): Promise<CaseRow[]> =>
  db.read
    .select()
    .from(caseFile)
    .where(and(isNotNull(caseFile.dueAt), gt(caseFile.id, after)))
    .orderBy(asc(caseFile.id))
    .limit(limit);

/** The case about this, locked. */
export async function lockBySubject(tx: Tx, subject: string): Promise<CaseRow | undefined> {
  const [row] = await tx.select().from(caseFile).where(eq(caseFile.subject, subject)).for("update");
  return row;
}

/** What time it is in the database, and whether its clock is moved. */
export async function timeOf(db: Db): Promise<{ now: number; moved: boolean }> {
  const [row] = await db.rows<{ now: string; moved: number }>(
    "SELECT CAST(UNIX_TIMESTAMP(SYSDATE(3)) * 1000 AS CHAR) AS now, (SELECT COUNT(*) FROM moved_clock) AS moved",
  );
  return { now: Number(row?.now), moved: Number(row?.moved) > 0 };
}
