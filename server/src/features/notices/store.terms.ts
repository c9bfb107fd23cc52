import type { RegionCode } from "@weimenhu/domain/base/region";
import type { NoticeCategory } from "@weimenhu/domain/notices/category";
import { and, eq, or, sql } from "drizzle-orm";
import { sqlTime, sqlTimeToMs } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { noticeIndexed, noticeTerm } from "./schema.ts";
import type { Place } from "./view.cursor.ts";

export type TermRows = {
  notice: string;
  region: RegionCode;
  /** 1 shown here, 2 shown in the whole subtree. */
  shelf: 1 | 2;
  category: NoticeCategory;
  publishedAt: number;
  terms: ReadonlyMap<string, number>;
};

const bite = 300;

/** What a notice is found by from now on. */
export async function replaceTerms(
  tx: Tx,
  { notice, region, shelf, category, publishedAt, terms }: TermRows,
): Promise<void> {
  await dropTerms(tx, notice);
  const at = sqlTime(publishedAt);
  const all = [...terms];
  for (let from = 0; from < all.length; from += bite) {
    const values = all
      .slice(from, from + bite)
      .map(([term, weight]) => sql`(${region}, ${shelf}, ${term}, ${weight}, ${at}, ${notice}, ${category})`);
    await tx.execute(
      sql`INSERT INTO notice_term (region, shelf, term, weight, published_at, notice, category) VALUES ${sql.join(values, sql`, `)}`,
    );
  }
  const kept = all.map(([term, weight]) => `${weight}${term}`).join(" ");
  await tx.insert(noticeIndexed).values({ notice, region, shelf, publishedAt, terms: kept });
}

/** Every row is named by its whole key: a term that a county has in ten thousand notices is not walked through. */
export async function dropTerms(tx: Tx, notice: string): Promise<void> {
  const [row] = await tx.select().from(noticeIndexed).where(eq(noticeIndexed.notice, notice)).for("update");
  if (!row) return;
  const { region, shelf, publishedAt } = row;
  const all = row.terms.split(" ").filter(Boolean);
  for (let from = 0; from < all.length; from += bite) {
    const keys = all.slice(from, from + bite).map((kept) => {
      const [weight, term] = [Number(kept.slice(0, 1)), kept.slice(1)];
      return and(
        eq(noticeTerm.region, region),
        eq(noticeTerm.shelf, shelf),
        eq(noticeTerm.term, term),
        eq(noticeTerm.weight, weight),
        eq(noticeTerm.publishedAt, publishedAt),
        eq(noticeTerm.notice, notice),
      );
    });
    await tx.delete(noticeTerm).where(or(...keys));
  }
  await tx.delete(noticeIndexed).where(eq(noticeIndexed.notice, notice));
}

/** `all`: what the place itself shows. Of a place above, only what reaches down. */
export type Scope = { region: RegionCode; all: boolean };
export type TermQuestion = {
  /** All of them; `prefix`: a notice that has any term which begins with the first. */
  terms: readonly string[];
  prefix: boolean;
  least: number;
  scopes: readonly Scope[];
  category: NoticeCategory | null;
  after: Place | null;
  limit: number;
};

type Values = (string | number)[];
type Branch = [statement: string, values: Values];

/** Notices that have all the terms: those in titles first, then the newest. */
export async function findByTerms(db: Db, question: TermQuestion): Promise<Place[]> {
  const branches = question.terms.length === 1 && !question.prefix ? walks(question) : groups(question);
  if (branches.length === 0 || question.terms.length === 0) return [];
  const rows = await db.rows<{ weight: number; published_at: string; notice: string }>(
    `${branches.map(([statement]) => statement).join(" UNION ALL ")} ORDER BY ${order} LIMIT ${question.limit}`,
    branches.flatMap(([, values]) => values),
  );
  return rows.map((row) => ({ rank: Number(row.weight), at: sqlTimeToMs(row.published_at), id: row.notice }));
}

const order = "weight DESC, published_at DESC, notice DESC";

/** One term: its rows lie in the order asked for, so each walk ends when the page is full. */
function walks({ terms, scopes, least, category, after, limit }: TermQuestion): Branch[] {
  const [term = ""] = terms;
  const [rest, restValues] = narrowed(category);
  const [where, values] = following(after, "weight");
  return scopes.flatMap(({ region, all }) =>
    (all ? [1, 2] : [2]).map(
      (shelf): Branch => [
        `(SELECT weight, published_at, notice FROM notice_term WHERE region = ? AND shelf = ? AND term = ? AND weight >= ?${rest}${where}
          ORDER BY ${order} LIMIT ${limit})`,
        [region, shelf, term, least, ...restValues, ...values],
      ],
    ),
  );
}

/** Several terms: their rows are counted for each notice; the worst place decides. */
function groups({ terms, prefix, scopes, least, category, after, limit }: TermQuestion): Branch[] {
  const [first = ""] = terms;
  const asked = prefix ? "term LIKE ?" : `term IN (${terms.map(() => "?").join(", ")})`;
  const askedValues = prefix ? [`${first}%`] : terms;
  const rank = prefix ? "MAX(weight)" : "MIN(weight)";
  const enough = prefix ? "COUNT(*) > 0" : `COUNT(*) = ${terms.length}`;
  const [rest, restValues] = narrowed(category);
  const [where, values] = following(after, rank);
  return scopes.map(({ region, all }) => [
    `(SELECT ${rank} AS weight, published_at, notice FROM notice_term
      WHERE region = ? AND shelf ${all ? "IN (1, 2)" : "= 2"} AND ${asked} AND weight >= ?${rest}
      GROUP BY notice, published_at HAVING ${enough}${where} ORDER BY ${order} LIMIT ${limit})`,
    [region, ...askedValues, least, ...restValues, ...values],
  ]);
}

const narrowed = (category: NoticeCategory | null): Branch =>
  category === null ? ["", []] : [" AND category = ?", [category]];

function following(after: Place | null, rank: string): Branch {
  if (!after) return ["", []];
  const at = sqlTime(after.at);
  return [
    ` AND ${rank} <= ? AND (${rank} < ? OR (published_at <= ? AND (published_at < ? OR notice < ?)))`,
    [after.rank, after.rank, at, at, after.id],
  ];
}
