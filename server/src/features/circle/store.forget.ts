import type { CaseState } from "@weimenhu/domain/cases/state";
import { and, asc, eq, gt, inArray, isNotNull, lt, ne, notInArray, or } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleAppeal } from "./schema.check.ts";
import { post, postComment, postText } from "./schema.ts";

const handled: CaseState[] = ["pending", "accepted", "handling", "confirming"];
const atRest = notInArray(post.state, handled);
type Page = { before: number; after: string; limit: number };

/** Posts that were deleted before a time, still have words, and whose case nobody handles any more. By id. */
export const deletedPosts = (db: Db, { before, after, limit }: Page): Promise<{ id: string }[]> =>
  db.read
    .select({ id: post.id })
    .from(post)
    .where(
      and(
        gt(post.id, after),
        lt(post.deletedAt, before),
        atRest,
        or(ne(post.text, ""), ne(post.photos, "[]"), isNotNull(post.place)),
      ),
    )
    .orderBy(asc(post.id))
    .limit(limit);

/** The same of comments; the case is that of their post. */
export const deletedComments = (db: Db, { before, after, limit }: Page): Promise<{ id: string }[]> =>
  db.read
    .select({ id: postComment.id })
    .from(postComment)
    .innerJoin(post, eq(post.id, postComment.post))
    .where(and(gt(postComment.id, after), lt(postComment.deletedAt, before), ne(postComment.text, ""), atRest))
    .orderBy(asc(postComment.id))
    .limit(limit);

/** Words, photos, place, and every earlier text. What was deleted is never restored, so the rows need no second look. */
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
}

export async function forgetComments(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .update(postComment)
    .set({ text: "" })
    .where(inArray(postComment.id, [...ids]));
  await forgetAppeals(tx, ids);
}

async function forgetAppeals(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .update(circleAppeal)
    .set({ why: "" })
    .where(inArray(circleAppeal.what, [...ids]));
}
