import { and, asc, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import { rawInsert } from "../../kernel/raw-rows.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleBlock, post, postComment, postLike, postReport, postText } from "./schema.ts";

/** All or none; fails as a duplicate when one of the authors has used the key before. */
export const insertAll = rawInsert(post);

export type PostRow = typeof post.$inferSelect;
export type CommentRow = typeof postComment.$inferSelect;
export type TextRow = typeof postText.$inferSelect;
export type ReportRow = typeof postReport.$inferSelect;

export const byId = async (reads: Reads, id: string): Promise<PostRow | undefined> =>
  (await reads.select().from(post).where(eq(post.id, id)))[0];

export async function lock(tx: Tx, id: string): Promise<PostRow | undefined> {
  const [row] = await tx.select().from(post).where(eq(post.id, id)).for("update");
  return row;
}

export const byKey = async (reads: Reads, author: string, idemKey: string): Promise<PostRow | undefined> =>
  (
    await reads
      .select()
      .from(post)
      .where(and(eq(post.author, author), eq(post.idemKey, idemKey)))
  )[0];

/** Fails as a duplicate when the author has used this key before. */
export const insert = (tx: Tx, row: PostRow): Promise<void> => insertAll(tx, [row]);

export async function update(tx: Tx, id: string, set: Partial<PostRow>): Promise<void> {
  await tx.update(post).set(set).where(eq(post.id, id));
}

/** Always after `lock`, so that a counter and its rows change together. */
export async function countBy(tx: Tx, id: string, what: "likes" | "comments", by: 1 | -1): Promise<void> {
  await tx
    .update(post)
    .set({ [what]: sql`${post[what]} + ${by}` })
    .where(eq(post.id, id));
}

export async function insertText(tx: Tx, row: TextRow): Promise<void> {
  await tx.insert(postText).values(row);
}

export const textByKey = async (tx: Reads, id: string, idemKey: string): Promise<TextRow | undefined> =>
  (
    await tx
      .select()
      .from(postText)
      .where(and(eq(postText.post, id), eq(postText.idemKey, idemKey)))
  )[0];

export const texts = (db: Db, id: string): Promise<TextRow[]> =>
  db.read.select().from(postText).where(eq(postText.post, id)).orderBy(desc(postText.version));

export const commentById = async (reads: Reads, id: string): Promise<CommentRow | undefined> =>
  (await reads.select().from(postComment).where(eq(postComment.id, id)))[0];

export const commentByKey = async (reads: Reads, author: string, idemKey: string): Promise<CommentRow | undefined> =>
  (
    await reads
      .select()
      .from(postComment)
      .where(and(eq(postComment.author, author), eq(postComment.idemKey, idemKey)))
  )[0];

/** False when the author has used this key before. */
export async function insertComment(tx: Tx, row: CommentRow): Promise<boolean> {
  try {
    await tx.insert(postComment).values(row);
    return true;
  } catch (fault) {
    if (isDuplicate(fault)) return false;
    throw fault;
  }
}

export async function updateComment(tx: Tx, id: string, set: Partial<CommentRow>): Promise<void> {
  await tx.update(postComment).set(set).where(eq(postComment.id, id));
}

/** Those in office that are shown. */
export const commentsInOffice = (reads: Reads, id: string): Promise<CommentRow[]> =>
  reads
    .select()
    .from(postComment)
    .where(
      and(
        eq(postComment.post, id),
        eq(postComment.mark, "official"),
        eq(postComment.checkState, "passed"),
        isNull(postComment.deletedAt),
      ),
    );

/** Oldest first. */
export const comments = (db: Db, id: string, after: string | null, limit: number): Promise<CommentRow[]> =>
  db.read
    .select()
    .from(postComment)
    .where(and(eq(postComment.post, id), after === null ? undefined : gt(postComment.id, after)))
    .orderBy(asc(postComment.id))
    .limit(limit);

/** True when it was new. */
export async function insertLike(tx: Tx, id: string, person: string, at: number): Promise<boolean> {
  const [result] = await tx.insert(postLike).ignore().values({ post: id, person, at });
  return result.affectedRows === 1;
}

export async function deleteLike(tx: Tx, id: string, person: string): Promise<boolean> {
  const [result] = await tx.delete(postLike).where(and(eq(postLike.post, id), eq(postLike.person, person)));
  return result.affectedRows === 1;
}

/** Of these posts, those that the person likes. */
export const likedOf = async (db: Db, person: string, ids: readonly string[]): Promise<string[]> =>
  ids.length === 0
    ? []
    : (
        await db.rows<{ post: string }>(
          `SELECT post FROM post_like WHERE person = ? AND post IN (${ids.map(() => "?").join(",")})`,
          [person, ...ids],
        )
      ).map((row) => row.post);

export const blockedBy = async (db: Db, person: string): Promise<string[]> =>
  (await db.read.select({ blocked: circleBlock.blocked }).from(circleBlock).where(eq(circleBlock.person, person))).map(
    (row) => row.blocked,
  );

/** Of these people, those who do not want to see one of `blocked`: a person, or a post whose author hides. */
export const blockersOf = async (tx: Tx, blocked: readonly string[], people: readonly string[]): Promise<string[]> =>
  (
    await tx
      .select({ person: circleBlock.person })
      .from(circleBlock)
      .where(and(inArray(circleBlock.person, [...people]), inArray(circleBlock.blocked, [...blocked])))
  ).map(({ person }) => person);

export async function setBlock(tx: Tx, person: string, blocked: string, at: number | null): Promise<void> {
  if (at !== null) await tx.insert(circleBlock).ignore().values({ person, blocked, at });
  else await tx.delete(circleBlock).where(and(eq(circleBlock.person, person), eq(circleBlock.blocked, blocked)));
}

/** False when this person has reported this text already. */
export async function insertReport(tx: Tx, row: ReportRow): Promise<boolean> {
  const [result] = await tx.insert(postReport).ignore().values(row);
  return result.affectedRows === 1;
}

/** A post of one's own that a page kept for everybody may lack. */
export type Aside = Pick<PostRow, "id" | "village" | "kind" | "state">;

/**
 * What somebody wrote that others do not see yet or at all, and the newest of what they do: those pages may be from the moment
 * before it passed.
 */
export const ownAside = (db: Db, person: string, most: { unseen: number; newest: number }): Promise<Aside[]> => {
  const from = "SELECT id, village, kind, state FROM post WHERE author = ? AND deleted_at IS NULL";
  return db.rows<Aside>(
    `(${from} AND shelf IN (0, 2, 3) ORDER BY id DESC LIMIT ${most.unseen})
     UNION (${from} ORDER BY id DESC LIMIT ${most.newest})`,
    [person, person],
  );
};
