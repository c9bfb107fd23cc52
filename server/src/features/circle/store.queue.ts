import { type RegionCode, subtreePrefix } from "@weimenhu/domain/base/region";
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleAppeal, circleCheck } from "./schema.check.ts";
import { circleDecision, postComment, postReport } from "./schema.ts";
import type { AppealRow, CheckRow, DecisionRow } from "./store.check.ts";
import type { CommentRow, ReportRow } from "./store.ts";

/** A comment goes with the post that it stands under. (The record of a case is read on: what was said with a step waits.) */
export const postStands = (post: string): string =>
  `NOT EXISTS (SELECT 1 FROM post y WHERE y.id = ${post} AND y.deleted_at IS NOT NULL)`;

/** What its author has deleted meanwhile is for nobody to decide about: of a post, a comment or a step. */
export const stillThere = (id: string): string =>
  `${postStands(id)} AND NOT EXISTS (SELECT 1 FROM post_comment x WHERE x.id = ${id} AND (x.deleted_at IS NOT NULL OR NOT ${postStands("x.post")}))`;

/** Ids of posts, comments and steps that are held, reported or appealed for in these subtrees, oldest first. */
export async function waitingIds(
  db: Db,
  regions: readonly RegionCode[],
  after: string | null,
  limit: number,
): Promise<string[]> {
  if (regions.length === 0) return [];
  const places = `(${regions.map(() => "village LIKE ?").join(" OR ")})`;
  const prefixes = regions.map((region) => `${subtreePrefix(region)}%`);
  const more = (column: string) => (after === null ? "" : `AND ${column} > ?`);
  const params = [...prefixes, ...(after === null ? [] : [after])];
  const rows = await db.rows<{ id: string }>(
    `(SELECT id FROM post WHERE check_state = 'held' AND deleted_at IS NULL AND ${places} ${more("id")} ORDER BY id LIMIT ${limit})
     UNION (SELECT id FROM post_comment WHERE check_state = 'held' AND deleted_at IS NULL AND ${postStands("post")} AND ${places} ${more("id")} ORDER BY id LIMIT ${limit})
     UNION (SELECT id FROM circle_step WHERE check_state = 'held' AND ${places} ${more("id")} ORDER BY id LIMIT ${limit})
     UNION (SELECT DISTINCT what AS id FROM circle_appeal WHERE decided_at IS NULL AND ${stillThere("what")} AND ${places} ${more("what")} ORDER BY id LIMIT ${limit})
     UNION (SELECT DISTINCT what AS id FROM post_report WHERE decided_at IS NULL AND ${stillThere("what")} AND ${places} ${more("what")} ORDER BY id LIMIT ${limit})
     ORDER BY id LIMIT ${limit}`,
    [...params, ...params, ...params, ...params, ...params],
  );
  return rows.map((row) => row.id);
}

export const commentsById = (db: Db, ids: readonly string[]): Promise<CommentRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(postComment)
        .where(inArray(postComment.id, [...ids]));

export const reportsOn = (db: Db, what: readonly string[]): Promise<ReportRow[]> =>
  what.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(postReport)
        .where(and(inArray(postReport.what, [...what]), isNull(postReport.decidedAt)))
        .orderBy(asc(postReport.id));

/** Appeals that nobody has decided. */
export const appealsOn = (db: Db, what: readonly string[]): Promise<AppealRow[]> =>
  what.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(circleAppeal)
        .where(and(inArray(circleAppeal.what, [...what]), isNull(circleAppeal.decidedAt)));

/** Parts of every text, in the order in which they were asked about. */
export const checksOn = (db: Db, what: readonly string[]): Promise<CheckRow[]> =>
  what.length === 0
    ? Promise.resolve([])
    : db.read
        .select()
        .from(circleCheck)
        .where(inArray(circleCheck.what, [...what]))
        .orderBy(asc(circleCheck.id));

/** The last refusal of each. */
export async function refusalsOf(db: Db, what: readonly string[]): Promise<Map<string, DecisionRow>> {
  if (what.length === 0) return new Map();
  const rows = await db.read
    .select()
    .from(circleDecision)
    .where(and(inArray(circleDecision.what, [...what]), eq(circleDecision.pass, 0)))
    .orderBy(asc(circleDecision.id));
  return new Map(rows.map((row) => [row.what, row]));
}

/** Answers who had reported it since it was last decided about. */
export async function decideReports(tx: Tx, what: string, at: number): Promise<string[]> {
  const open = and(eq(postReport.what, what), isNull(postReport.decidedAt));
  // Locked: what is reported meanwhile waits, and is decided about by somebody who has read it.
  const rows = await tx.select({ person: postReport.person }).from(postReport).where(open).for("update");
  if (rows.length > 0) await tx.update(postReport).set({ decidedAt: at }).where(open);
  return rows.map(({ person }) => person);
}

export async function insertDecision(tx: Tx, row: typeof circleDecision.$inferSelect): Promise<void> {
  await tx.insert(circleDecision).values(row);
}
