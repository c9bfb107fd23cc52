import type { RegionCode } from "@weimenhu/domain/base/region";
import type { CaseState } from "@weimenhu/domain/cases/state";
import type { PostKind } from "@weimenhu/domain/circle/post";
import { inArray } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import { rawRows } from "../../kernel/raw-rows.ts";
import { post } from "./schema.ts";
import type { PostRow } from "./store.ts";

/** From which shelves of a village somebody reads. */
export type Reach = { village: RegionCode; shelves: readonly number[] };
export type Filters = {
  kind: PostKind | null;
  state: CaseState | null;
  answered: boolean | null;
  q: string | null;
};

const escaped = (words: string): string => words.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const posts = rawRows(post, "p");

type Range = { where: string; params: (string | number)[] };

/** The conditions of one range of an index, with what is further asked for. */
function range(of: Readonly<Record<string, string | number>>, filters: Filters, before: string | null): Range {
  const where = Object.keys(of).map((column) => `${column} = ?`);
  const params = Object.values(of);
  const and = (sql: string, value: string | null) => {
    if (value === null) return;
    where.push(sql);
    params.push(value);
  };
  and("kind = ?", filters.kind);
  and("state = ?", filters.state);
  and("text LIKE ?", filters.q === null ? null : `%${escaped(filters.q)}%`);
  and("id < ?", before);
  if (filters.answered !== null) where.push(`answer IS ${filters.answered ? "NOT " : ""}NULL`);
  return { where: where.join(" AND "), params };
}

/**
 * Newest first. The ids come from the indexes alone where nothing else is asked for: each shelf is one range of an index that
 * ends after `limit` rows, so a page costs the same however long the village has been writing.
 */
export async function feedPosts(
  db: Db,
  reaches: readonly Reach[],
  filters: Filters,
  before: string | null,
  limit: number,
): Promise<PostRow[]> {
  const ranges = reaches.flatMap(({ village, shelves }) =>
    shelves.map((shelf) => range({ village, shelf }, filters, before)),
  );
  if (ranges.length === 0) return [];
  if (reaches.length >= manyVillages && isPlain(filters)) {
    const newest = await amongNewest(db, reaches, before, limit);
    if (newest.length === limit) return newest;
  }
  const parts = ranges.map(({ where }) => `(SELECT id FROM post WHERE ${where} ORDER BY id DESC LIMIT ${limit})`);
  const rows = await db.rows<Record<string, unknown>>(
    `SELECT ${posts.columns} FROM (${parts.join(" UNION ALL ")} ORDER BY id DESC LIMIT ${limit}) AS found
     JOIN post p ON p.id = found.id ORDER BY p.id DESC`,
    ranges.flatMap(({ params }) => params),
  );
  return rows.map(posts.read);
}

/** From so many villages on, a page is first looked for among the newest posts of the county. */
const manyVillages = 5;
const newestOfCounty = 1_000;
const isPlain = ({ kind, state, answered, q }: Filters): boolean =>
  kind === null && state === null && answered === null && q === null;

/** What of these villages stands among the newest posts of all: one short scan, where a range for each village would cost more. */
async function amongNewest(
  db: Db,
  reaches: readonly Reach[],
  before: string | null,
  limit: number,
): Promise<PostRow[]> {
  const marks = (values: readonly unknown[]) => values.map(() => "?").join(",");
  const wanted = [...new Set(reaches.map(({ shelves }) => shelves.join()))].map((key) => {
    const alike = reaches.filter(({ shelves }) => shelves.join() === key);
    return { villages: alike.map(({ village }) => village), shelves: alike[0]?.shelves ?? [] };
  });
  const seen = wanted.map(
    ({ villages, shelves }) => `(village IN (${marks(villages)}) AND shelf IN (${marks(shelves)}))`,
  );
  const rows = await db.rows<Record<string, unknown>>(
    `SELECT ${posts.columns} FROM (SELECT id FROM (SELECT id, village, shelf FROM post FORCE INDEX (PRIMARY)
       ${before === null ? "" : "WHERE id < ?"} ORDER BY id DESC LIMIT ${newestOfCounty}) AS newest
       WHERE ${seen.join(" OR ")} ORDER BY id DESC LIMIT ${limit}) AS found
     JOIN post p ON p.id = found.id ORDER BY p.id DESC`,
    [...(before === null ? [] : [before]), ...wanted.flatMap(({ villages, shelves }) => [...villages, ...shelves])],
  );
  return rows.map(posts.read);
}

/** The newest of what somebody likes. */
export async function likesOf(db: Db, person: string, limit: number): Promise<string[]> {
  const rows = await db.rows<{ post: string }>(
    `SELECT post FROM post_like WHERE person = ? ORDER BY post DESC LIMIT ${limit}`,
    [person],
  );
  return rows.map((row) => row.post);
}

/** What somebody wrote and has not deleted, newest first. */
export async function mineIds(
  db: Db,
  author: string,
  filters: Filters,
  before: string | null,
  limit: number,
): Promise<string[]> {
  const { where, params } = range({ author }, filters, before);
  const rows = await db.rows<{ id: string }>(
    `SELECT id FROM post WHERE ${where} AND deleted_at IS NULL ORDER BY id DESC LIMIT ${limit}`,
    params,
  );
  return rows.map((row) => row.id);
}

/** In the order asked for; ids of nothing are left out. */
export async function postsById(db: Db, ids: readonly string[]): Promise<PostRow[]> {
  if (ids.length === 0) return [];
  const rows = await db.read
    .select()
    .from(post)
    .where(inArray(post.id, [...ids]));
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}
