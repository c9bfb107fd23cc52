import type { CaseState } from "@weimenhu/domain/cases/state";
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne, notInArray, or, sql } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import { dbOf, type Tx } from "../../kernel/tx.ts";
import { circleAppeal, circleStep } from "./schema.check.ts";
import { post, postComment, postText } from "./schema.ts";

const handled: CaseState[] = ["pending", "accepted", "handling", "confirming"];
const atRest = notInArray(post.state, handled);
type Page = { before: number; after: string; limit: number };

/** Posts that were deleted before a time and still have words, of their own or of residents under them. By id. */
export const deletedPosts = (db: Db, { before, after, limit }: Page): Promise<{ id: string }[]> =>
  db.read
    .select({ id: post.id })
    .from(post)
    .where(
      and(
        gt(post.id, after),
        lt(post.deletedAt, before),
        or(
          ne(post.text, ""),
          ne(post.photos, "[]"),
          isNotNull(post.place),
          sql`EXISTS (SELECT 1 FROM post_comment c WHERE c.post = ${post.id} AND c.text <> '' AND c.mark <> 'official')`,
        ),
      ),
    )
    .orderBy(asc(post.id))
    .limit(limit);

/** Comments that were deleted before a time, still have words, and under whose post nobody handles a case any more. By id. */
export const deletedComments = (db: Db, { before, after, limit }: Page): Promise<{ id: string }[]> =>
  db.read
    .select({ id: postComment.id })
    .from(postComment)
    .innerJoin(post, eq(post.id, postComment.post))
    .where(and(gt(postComment.id, after), lt(postComment.deletedAt, before), ne(postComment.text, ""), atRest))
    .orderBy(asc(postComment.id))
    .limit(limit);

/**
 * Words, photos, place, every earlier text, and what residents said under them. What was deleted is never restored, so the rows
 * need no second look.
 */
export async function forgetPosts(tx: Tx, ids: readonly string[]): Promise<void> {
  const gone = { text: "", photos: "[]", place: null };
  await tx
    .update(postText)
    .set(gone)
    .where(inArray(postText.post, [...ids]));
  await tx
    .update(post)
    .set(gone)
    .where(inArray(post.id, [...ids]));
  await forgetAppeals(tx, ids);
  const said = await tx
    .select({ id: postComment.id })
    .from(postComment)
    .where(and(inArray(postComment.post, [...ids]), ne(postComment.mark, "official")));
  await forgetComments(
    tx,
    said.map(({ id }) => id),
  );
}

export async function forgetComments(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(postComment)
    .set({ text: "" })
    .where(inArray(postComment.id, [...ids]));
  await forgetAppeals(tx, ids);
}

/** Looks at what residents said in the cases of these posts: the words are gone. */
export async function forgetSteps(tx: Tx, posts: readonly string[]): Promise<void> {
  if (posts.length === 0) return;
  const said = and(inArray(circleStep.post, [...posts]), ne(circleStep.mark, "official"));
  const ids = (await tx.select({ id: circleStep.id }).from(circleStep).where(said)).map(({ id }) => id);
  await tx.delete(circleStep).where(said);
  if (ids.length > 0) await forgetAppeals(tx, ids);
}

/** What is gone waits for nobody. */
async function forgetAppeals(tx: Tx, ids: readonly string[]): Promise<void> {
  const now = dbOf(tx).clock.now();
  await tx
    .update(circleAppeal)
    .set({ why: "" })
    .where(inArray(circleAppeal.what, [...ids]));
  await tx
    .update(circleAppeal)
    .set({ decidedAt: now })
    .where(and(inArray(circleAppeal.what, [...ids]), isNull(circleAppeal.decidedAt)));
}
