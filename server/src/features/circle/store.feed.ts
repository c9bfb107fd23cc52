import type { RegionCode } from "@weimenhu/domain/base/region";
import type { CaseState } from "@weimenhu/domain/cases/state";
import type { PostKind } from "@weimenhu/domain/circle/post";
import { inArray } from "drizzle-orm";
import { type CaseRow, fileBeside } from "../../foundation/cases/index.ts";
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

/** A post, and the file of the case that it became. */
export type Filed = { row: PostRow; file: CaseRow | null };

type Shelf = { village: RegionCode; shelf: number };
type Range = { where: string; params: (string | number)[] };

/** The conditions of one range of an index, with what is further asked for. */
function range(
  of: Readonly<Record<string, string | number>>,
  filters: Filters,
  before: string | null,
  from: string | null = null,
): Range {
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
  and("id >= ?", from);
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
): Promise<Filed[]> {
  const all = reaches.flatMap(({ village, shelves }) => shelves.map((shelf) => ({ village, shelf })));
  if (all.length === 0) return [];
  if (all.length >= manyShelves && isPlain(filters)) {
    const { shelves, from } = await newestShelves(db, all, before, limit);
    const newest = await fromShelves(db, shelves, filters, { before, from }, limit);
    if (newest.length === limit) return newest;
  }
  return fromShelves(db, all, filters, { before, from: null }, limit);
}

async function fromShelves(
  db: Db,
  shelves: readonly Shelf[],
  filters: Filters,
  { before, from }: { before: string | null; from: string | null },
  limit: number,
): Promise<Filed[]> {
  if (shelves.length === 0) return [];
  const ranges = shelves.map(({ village, shelf }) => range({ village, shelf }, filters, before, from));
  const parts = ranges.map(({ where }) => `(SELECT id FROM post WHERE ${where} ORDER BY id DESC LIMIT ${limit})`);
  const rows = await db.rows<Record<string, unknown>>(
    `SELECT ${posts.columns}, ${fileBeside.columns}
     FROM (${parts.join(" UNION ALL ")} ORDER BY id DESC LIMIT ${limit}) AS found
     JOIN post p ON p.id = found.id ${fileBeside.join("p.case_id")} ORDER BY p.id DESC`,
    ranges.flatMap(({ params }) => params),
  );
  return rows.map((raw) => ({ row: posts.read(raw), file: fileBeside.read(raw) }));
}

/** From so many shelves on, it is first asked which of them have something new. */
const manyShelves = 10;
const isPlain = ({ kind, state, answered, q }: Filters): boolean =>
  kind === null && state === null && answered === null && q === null;

/**
 * The shelves with the newest posts, as many as a page has posts, and the oldest of these newest ones: nearly always a page
 * lies between them. One jump into the index for each shelf finds them.
 */
async function newestShelves(db: Db, all: readonly Shelf[], before: string | null, limit: number) {
  const marks = (values: readonly unknown[]) => values.map(() => "?").join(",");
  const villages = [...new Set(all.map(({ village }) => village))];
  const numbers = [...new Set(all.map(({ shelf }) => shelf))];
  const rows = await db.rows<Shelf & { newest: string }>(
    `SELECT village, shelf, MAX(id) AS newest FROM post WHERE village IN (${marks(villages)})
     AND shelf IN (${marks(numbers)}) ${before === null ? "" : "AND id < ?"} GROUP BY village, shelf`,
    [...villages, ...numbers, ...(before === null ? [] : [before])],
  );
  const shelves = rows
    .filter((row) => all.some(({ village, shelf }) => village === row.village && shelf === row.shelf))
    .toSorted((one, other) => (one.newest < other.newest ? 1 : -1))
    .slice(0, limit);
  return { shelves, from: shelves.at(-1)?.newest ?? null };
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
