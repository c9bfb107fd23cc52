import { type RegionCode, subtreePrefix } from "@weimenhu/domain/base/region";
import { sqlTimeToMs } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { postStands, stillThere } from "./store.queue.ts";

/** `author` null: of what was said with a step, which the record of its case knows. */
export type WaitingRow = { id: string; village: RegionCode; since: number; author: string | null };
type Found = { id: string; village: RegionCode; since: string; author: string | null };

/** When a checker left this text to a person; of one that was put in other words meanwhile, when it left the one before. */
const heldSince = (id: string, version: string, orElse: string): string => {
  const left = `FROM circle_check c WHERE c.what = ${id} AND c.state NOT IN ('waiting', 'pass')`;
  return `COALESCE((SELECT MIN(c.ended_at) ${left} AND c.version = ${version}), (SELECT MAX(c.ended_at) ${left}), ${orElse})`;
};

/**
 * What waits for this person to decide about in these subtrees, with the time since which it waits: of each kind the oldest by
 * its index, `limit` at most in all. Left out are one's own words, and appeals against one's own refusal.
 */
export async function waitingRows(
  db: Db,
  person: string,
  regions: readonly RegionCode[],
  limit: number,
): Promise<WaitingRow[]> {
  const rows = await db.rows<Found>(...waitingStatement(person, regions, limit));
  return rows.map((row) => ({ ...row, since: sqlTimeToMs(row.since) }));
}

/** The question that `waitingRows` asks, and its values. */
export function waitingStatement(
  person: string,
  regions: readonly RegionCode[],
  limit: number,
): [sql: string, values: string[]] {
  const places = (table: string) => `(${regions.map(() => `${table}.village LIKE ?`).join(" OR ")})`;
  const prefixes = regions.map((region) => `${subtreePrefix(region)}%`);
  const held = (table: string, version: string, stands: string) =>
    `(SELECT h.id, h.village, h.author, ${heldSince("h.id", version, "h.created_at")} AS since FROM ${table} h
      WHERE h.check_state = 'held' AND ${stands} AND h.author <> ? AND ${places("h")} ORDER BY h.id LIMIT ${limit})`;
  return [
    `SELECT id, MIN(village) AS village, MIN(since) AS since, MIN(author) AS author FROM (
       ${held("post", "h.edits", "h.deleted_at IS NULL")}
       UNION ALL ${held("post_comment", "0", `h.deleted_at IS NULL AND ${postStands("h.post")}`)}
       UNION ALL (SELECT s.id, s.village, NULL, ${heldSince("s.id", "0", "(SELECT p.created_at FROM post p WHERE p.id = s.post)")} FROM circle_step s
         WHERE s.check_state = 'held' AND ${places("s")} ORDER BY s.id LIMIT ${limit})
       UNION ALL (SELECT a.what, a.village, a.person, a.at FROM circle_appeal a
         WHERE a.decided_at IS NULL AND a.person <> ? AND ${places("a")} AND ${stillThere("a.what")}
           AND NOT (? <=> (SELECT d.decided_by FROM circle_decision d WHERE d.what = a.what AND d.pass = 0 ORDER BY d.id DESC LIMIT 1))
         ORDER BY a.id LIMIT ${limit})
       UNION ALL (SELECT r.what, MIN(r.village), MIN(COALESCE(p.author, c.author)), MIN(r.at) FROM post_report r
         LEFT JOIN post p ON p.id = r.what LEFT JOIN post_comment c ON c.id = r.what
         WHERE r.decided_at IS NULL AND ${places("r")} AND COALESCE(p.deleted_at, c.deleted_at) IS NULL AND ${postStands("c.post")}
           AND COALESCE(p.author, c.author) <> ?
         GROUP BY r.what ORDER BY MIN(r.id) LIMIT ${limit})
     ) w GROUP BY id ORDER BY since, id LIMIT ${limit}`,
    [person, ...prefixes, person, ...prefixes, ...prefixes, person, ...prefixes, person, ...prefixes, person],
  ];
}
