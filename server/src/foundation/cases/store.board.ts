import { type RegionCode, subtreePrefix } from "@weimenhu/domain/base/region";
import type { BoardStep } from "@weimenhu/domain/cases/board";
import type { RatingCount } from "@weimenhu/domain/cases/board-ratings";
import type { Stars } from "@weimenhu/domain/cases/rating";
import { and, asc, eq, gt, gte, inArray, like, lt, sql } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import { caseFile, caseRating, caseStep } from "./schema.ts";
import { type CaseRow, tagsOf } from "./store.ts";

export type BoardCase = Pick<CaseRow, "id" | "village" | "region" | "state" | "round" | "dueAt">;
export type Period = { from: number; to: number };
const begins: BoardStep["move"][] = ["raise", "reopen", "rateBadly"];

const within = (region: RegionCode, { from, to }: Period) =>
  and(
    like(caseFile.village, `${subtreePrefix(region)}%`),
    inArray(caseStep.move, begins),
    gte(caseStep.at, from),
    lt(caseStep.at, to),
  );

/** Steps of all rounds that began in the period, case by case and in order. */
export const boardSteps = (db: Db, region: RegionCode, period: Period): Promise<(BoardStep & { caseId: string })[]> => {
  const begun = db.read
    .selectDistinct({ caseId: caseStep.caseId, round: caseStep.round })
    .from(caseStep)
    .innerJoin(caseFile, eq(caseFile.id, caseStep.caseId))
    .where(within(region, period))
    .as("begun");
  return db.read
    .select({ caseId: caseStep.caseId, round: caseStep.round, move: caseStep.move, at: caseStep.at })
    .from(caseStep)
    .innerJoin(begun, and(eq(begun.caseId, caseStep.caseId), eq(begun.round, caseStep.round)))
    .orderBy(asc(caseStep.caseId), asc(caseStep.number));
};

/** Which of these rounds began when the town had the case: the last that had handed it on before. By case and number. */
export async function boardBeganInTown(db: Db, region: RegionCode, period: Period): Promise<Set<string>> {
  const handed = sql<string | null>`(SELECT earlier.move FROM case_step AS earlier
    WHERE earlier.case_id = ${caseStep.caseId} AND earlier.number < ${caseStep.number}
    AND earlier.move IN ('transfer', 'return') ORDER BY earlier.number DESC LIMIT 1)`;
  const again = await db.read
    .select({ caseId: caseStep.caseId, round: caseStep.round })
    .from(caseStep)
    .innerJoin(caseFile, eq(caseFile.id, caseStep.caseId))
    .where(and(within(region, period), gt(caseStep.number, 1), eq(handed, "transfer")));
  return new Set(again.map(({ caseId, round }) => roundKey(caseId, round)));
}
export const roundKey = (caseId: string, round: number): string => `${caseId}.${round}`;

export const boardCases = (db: Db, region: RegionCode, period: Period): Promise<BoardCase[]> =>
  db.read
    .selectDistinct({
      id: caseFile.id,
      village: caseFile.village,
      region: caseFile.region,
      state: caseFile.state,
      round: caseFile.round,
      dueAt: caseFile.dueAt,
    })
    .from(caseFile)
    .innerJoin(caseStep, eq(caseStep.caseId, caseFile.id))
    .where(within(region, period));

/** The month of China's time, `2026-11`. */
const month = sql<string>`DATE_FORMAT(${caseRating.at} + INTERVAL 8 HOUR, '%Y-%m')`;

/** Ratings that were given in the period, counted by who was rated, month, stars and ticks. */
export async function boardRatings(db: Db, region: RegionCode, { from, to }: Period): Promise<RatingCount[]> {
  const { stars, tags } = caseRating;
  const rows = await db.read
    .select({ region: caseRating.region, month, stars, tags, count: sql<number>`COUNT(*)`.mapWith(Number) })
    .from(caseRating)
    .where(and(like(caseRating.region, `${subtreePrefix(region)}%`), gte(caseRating.at, from), lt(caseRating.at, to)))
    .groupBy(caseRating.region, month, stars, tags);
  return rows.map((row) => ({ ...row, stars: row.stars as Stars, tags: tagsOf(row.tags) }));
}
