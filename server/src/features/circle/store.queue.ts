import { type RegionCode, subtreePrefix } from "@weimenhu/domain/base/region";
import { and, asc, inArray, isNull } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleDecision, postComment, postReport } from "./schema.ts";
import type { CommentRow, ReportRow } from "./store.ts";

/** Ids of posts and comments that are held or reported in these subtrees, oldest first. */
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
     UNION (SELECT id FROM post_comment WHERE check_state = 'held' AND deleted_at IS NULL AND ${places} ${more("id")} ORDER BY id LIMIT ${limit})
     UNION (SELECT DISTINCT what AS id FROM post_report WHERE decided_at IS NULL AND ${places} ${more("what")} ORDER BY id LIMIT ${limit})
     ORDER BY id LIMIT ${limit}`,
    [...params, ...params, ...params],
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

export async function decideReports(tx: Tx, what: string, at: number): Promise<void> {
  await tx
    .update(postReport)
    .set({ decidedAt: at })
    .where(and(inArray(postReport.what, [what]), isNull(postReport.decidedAt)));
}

export async function insertDecision(tx: Tx, row: typeof circleDecision.$inferSelect): Promise<void> {
  await tx.insert(circleDecision).values(row);
}
