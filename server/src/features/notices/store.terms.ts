import type { RegionCode } from "@weimenhu/domain/base/region";
import type { NoticeCategory } from "@weimenhu/domain/notices/category";
import { eq, sql } from "drizzle-orm";
import { sqlTime, sqlTimeToMs } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { noticeTerm } from "./schema.ts";
import type { Place } from "./view.cursor.ts";

export type TermRows = { notice: string; region: RegionCode; publishedAt: number; terms: ReadonlyMap<string, number> };
/** `all`: what the place itself shows. Of a place above, only what reaches down. */
export type Scope = { region: RegionCode; all: boolean };
export type TermQuestion = {
  terms: readonly string[];
  initials: string | null;
  least: number;
  scopes: readonly Scope[];
  category: NoticeCategory | null;
  after: Place | null;
  limit: number;
};

/** What a notice is found by from now on. */
export async function replaceTerms(tx: Tx, { notice, region, publishedAt, terms }: TermRows): Promise<void> {
  await dropTerms(tx, notice);
  const at = sqlTime(publishedAt);
  const all = [...terms];
  for (let from = 0; from < all.length; from += 500) {
    const values = all
      .slice(from, from + 500)
      .map(([term, weight]) => sql`(${region}, ${term}, ${weight}, ${at}, ${notice})`);
    await tx.execute(
      sql`INSERT INTO notice_term (region, term, weight, published_at, notice) VALUES ${sql.join(values, sql`, `)}`,
    );
  }
}

export async function dropTerms(tx: Tx, notice: string): Promise<void> {
  await tx.delete(noticeTerm).where(eq(noticeTerm.notice, notice));
}

/** Notices that have all the terms, best place of the first term first, then the newest. */
export async function findByTerms(db: Db, question: TermQuestion): Promise<Place[]> {
  const [first, ...others] = question.terms;
  if (first === undefined || question.scopes.length === 0) return [];
  const { least, category, initials, after, limit } = question;
  const joins = others
    .map((_, at) => ` JOIN notice_term o${at} ON o${at}.notice = t.notice AND o${at}.term = ? AND o${at}.weight >= ?`)
    .join("");
  const joined = others.flatMap((term) => [term, least]);
  const at = after ? sqlTime(after.at) : "";
  const [behind, place] = after
    ? [
        " AND t.weight <= ? AND (t.weight < ? OR (t.published_at <= ? AND (t.published_at < ? OR t.notice < ?)))",
        [after.rank, after.rank, at, at, after.id],
      ]
    : ["", []];
  const branch = ({ region, all }: Scope): [string, (string | number)[]] => {
    const wants: [string, (string | number)[]][] = [];
    if (!all) wants.push([" AND f.shelf = 2", []]);
    if (category !== null) wants.push([" AND f.category = ?", [category]]);
    if (initials !== null) wants.push([" AND f.initials LIKE ?", [`%${initials}%`]]);
    const face = wants.length > 0 ? " JOIN notice_face f ON f.id = t.notice" : "";
    return [
      `(SELECT t.weight, t.published_at, t.notice FROM notice_term t${joins}${face}
        WHERE t.region = ? AND t.term = ? AND t.weight >= ?${wants.map(([want]) => want).join("")}${behind}
        ORDER BY t.weight DESC, t.published_at DESC, t.notice DESC LIMIT ${limit})`,
      [...joined, region, first, least, ...wants.flatMap(([, values]) => values), ...place],
    ];
  };
  const branches = question.scopes.map(branch);
  const rows = await db.rows<{ weight: number; published_at: string; notice: string }>(
    `${branches.map(([statement]) => statement).join(" UNION ALL ")}
     ORDER BY weight DESC, published_at DESC, notice DESC LIMIT ${limit}`,
    branches.flatMap(([, values]) => values),
  );
  return rows.map((row) => ({ rank: row.weight, at: sqlTimeToMs(row.published_at), id: row.notice }));
}
