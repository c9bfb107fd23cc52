import { lineage, type RegionCode } from "@weimenhu/domain/base/region";
import type { NoticeCategory } from "@weimenhu/domain/notices/category";
import { sqlTime, sqlTimeToMs } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import type { Place } from "./view.cursor.ts";

/** Plain SQL on prepared statements: these are the lists that a whole county reads. */
type RawCard = {
  id: string;
  region: RegionCode;
  regionName: string | null;
  title: string;
  summary: string;
  category: NoticeCategory;
  pinned: number;
  publishedAt: string;
  cover: string | null;
  url: string | null;
  portalName: string | null;
  freshAt: string | null;
  stale: number | null;
};
export type CardRow = Omit<RawCard, "publishedAt" | "freshAt"> & { publishedAt: number; freshAt: number | null };
type RawFull = RawCard & {
  shelf: number;
  version: number;
  updatedAt: string;
  withdrawnAt: string | null;
  withdrawnReason: string | null;
  body: string;
  attachments: string;
};
export type FullRow = Omit<RawFull, keyof RawCard | "updatedAt" | "withdrawnAt"> &
  CardRow & { updatedAt: number; withdrawnAt: number | null };

const card = `f.id, f.region, r.name AS regionName, f.title, f.summary, f.category, f.pinned, f.published_at AS publishedAt,
  f.cover, f.url, p.name AS portalName, p.fresh_at AS freshAt, p.stale`;
const beside = "LEFT JOIN region r ON r.code = f.region LEFT JOIN portal p ON p.id = f.portal";
const order = "pinned DESC, published_at DESC, id DESC";

const withTimes = <Row extends RawCard>(
  row: Row,
): Omit<Row, "publishedAt" | "freshAt"> & Pick<CardRow, "publishedAt" | "freshAt"> => ({
  ...row,
  publishedAt: sqlTimeToMs(row.publishedAt),
  freshAt: row.freshAt === null ? null : sqlTimeToMs(row.freshAt),
});

export type ListQuestion = { region: RegionCode; category: NoticeCategory | null; after: Place | null; limit: number };

/**
 * The statement and its values. One short walk along an index for each shelf that the place sees (its own two, and the
 * subtree shelf of each place above it), then the few that were found are merged. A row comparison would read everything.
 */
export function listStatement({ region, category, after, limit }: ListQuestion): [string, (string | number)[]] {
  const [own = region, ...above] = lineage(region);
  const shelves: [RegionCode, number][] = [[own, 1], [own, 2], ...above.map((code): [RegionCode, number] => [code, 2])];
  const only = category === null ? "" : " AND category = ?";
  const index = category === null ? "notice_face_list" : "notice_face_column";
  const [where, values] = following(after);
  const walk = `(SELECT id, pinned, published_at FROM notice_face FORCE INDEX (${index})
    WHERE region = ? AND shelf = ?${only}${where} ORDER BY ${order} LIMIT ${limit})`;
  const statement = `SELECT ${card} FROM (SELECT id FROM (${shelves.map(() => walk).join(" UNION ALL ")}) AS found
    ORDER BY ${order} LIMIT ${limit}) AS page JOIN notice_face f ON f.id = page.id ${beside}
    ORDER BY f.pinned DESC, f.published_at DESC, f.id DESC`;
  const asked = (code: RegionCode, shelf: number) => [code, shelf, ...(category === null ? [] : [category]), ...values];
  return [statement, shelves.flatMap(([code, shelf]) => asked(code, shelf))];
}

/** Below the pinned ones the walk starts at the very row; among them, which are few, it skips those before it. */
function following(after: Place | null): [string, (string | number)[]] {
  if (!after) return ["", []];
  const at = sqlTime(after.at);
  return after.rank === 0
    ? [" AND pinned = 0 AND published_at <= ? AND (published_at < ? OR id < ?)", [at, at, after.id]]
    : [" AND (pinned = 0 OR (published_at <= ? AND (published_at < ? OR id < ?)))", [at, at, after.id]];
}

export async function list(db: Db, question: ListQuestion): Promise<CardRow[]> {
  const rows = await db.rows<RawCard>(...listStatement(question));
  return rows.map(withTimes);
}

const fullStatement = `SELECT ${card}, f.shelf, f.version, f.updated_at AS updatedAt, f.withdrawn_at AS withdrawnAt,
  f.withdrawn_reason AS withdrawnReason, v.body, v.attachments FROM notice_face f
  JOIN notice_version v ON v.notice = f.id AND v.version = f.version ${beside} WHERE f.id = ?`;

/** The public version of a notice, also of a withdrawn one. */
export async function full(db: Db, id: string): Promise<FullRow | undefined> {
  const [row] = await db.rows<RawFull>(fullStatement, [id]);
  if (!row) return undefined;
  const { updatedAt, withdrawnAt } = row;
  return {
    ...withTimes(row),
    updatedAt: sqlTimeToMs(updatedAt),
    withdrawnAt: withdrawnAt === null ? null : sqlTimeToMs(withdrawnAt),
  };
}

/** The cards of the given notices that are public, with the words of their bodies; in no order. */
export async function cards(db: Db, ids: readonly string[]): Promise<(CardRow & { words: string })[]> {
  if (ids.length === 0) return [];
  const rows = await db.rows<RawCard & { words: string }>(
    `SELECT ${card}, LEFT(v.words, 4000) AS words FROM notice_face f
     JOIN notice_version v ON v.notice = f.id AND v.version = f.version ${beside}
     WHERE f.id IN (${ids.map(() => "?").join(",")}) AND f.shelf > 0`,
    ids,
  );
  return rows.map(withTimes);
}
