import { and, inArray, type SQL, sql } from "drizzle-orm";
import type { Reads } from "../../kernel/db.ts";
import { isCadreOn } from "../identity/index.ts";
import { caseFile } from "./schema.ts";
import type { CaseRow } from "./store.ts";

/** Holds whoever has the case an office in its place, or in the town of that? As `cadresOf`, in a statement; never NULL. */
export const isHeld = (now: number): SQL =>
  isCadreOn(
    caseFile.assignee,
    [sql`${caseFile.region}`, sql`CONCAT(LEFT(${caseFile.region}, 9), '000')`],
    "cases.handle",
    now,
  );

/** As they stand now: what was given to somebody whose office has ended since is given to nobody. */
export async function asHeld(reads: Reads, rows: readonly CaseRow[], now: number): Promise<CaseRow[]> {
  const ids = rows.flatMap(({ id, assignee }) => (assignee === null ? [] : [id]));
  if (ids.length === 0) return [...rows];
  const found = await reads
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(and(inArray(caseFile.id, ids), isHeld(now)));
  const held = new Set(found.map(({ id }) => id));
  return rows.map((row) => (row.assignee === null || held.has(row.id) ? row : { ...row, assignee: null }));
}
