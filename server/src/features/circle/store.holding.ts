import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleAppeal, circleSetting } from "./schema.check.ts";
import { circleBlock, circleDecision, post, postComment, postLike, postReport, postText } from "./schema.ts";
import type { PostRow } from "./store.ts";

export const everything = (db: Db, person: string) => {
  const earlier = { post: postText.post, text: postText.text, replacedAt: postText.replacedAt };
  const likes = { post: postLike.post, at: postLike.at };
  const decisions = { what: circleDecision.what, pass: circleDecision.pass, reason: circleDecision.reason };
  return Promise.all([
    db.read
      .select({
        id: post.id,
        village: post.village,
        kind: post.kind,
        audience: post.audience,
        hidden: post.hidden,
        text: post.text,
        photos: post.photos,
        place: post.place,
        check: post.checkState,
        refused: post.refused,
        createdAt: post.createdAt,
        editedAt: post.editedAt,
        deletedAt: post.deletedAt,
      })
      .from(post)
      .where(eq(post.author, person))
      .orderBy(post.id),
    db.read
      .select(earlier)
      .from(postText)
      .innerJoin(post, eq(post.id, postText.post))
      .where(eq(post.author, person))
      .orderBy(postText.post, postText.version),
    db.read
      .select({
        id: postComment.id,
        post: postComment.post,
        text: postComment.text,
        check: postComment.checkState,
        createdAt: postComment.createdAt,
        deletedAt: postComment.deletedAt,
      })
      .from(postComment)
      .where(eq(postComment.author, person))
      .orderBy(postComment.id),
    db.read.select(likes).from(postLike).where(eq(postLike.person, person)),
    db.read.select().from(circleBlock).where(eq(circleBlock.person, person)),
    db.read.select().from(postReport).where(eq(postReport.person, person)).orderBy(postReport.id),
    db.read
      .select({ ...decisions, at: circleDecision.at })
      .from(circleDecision)
      .where(eq(circleDecision.decidedBy, person))
      .orderBy(circleDecision.id),
    duty(db, person),
  ]);
};

async function duty(db: Db, person: string) {
  const { what, why, at, decidedAt, upheld } = circleAppeal;
  const [appeals, [setting]] = await Promise.all([
    db.read.select({ what, why, at, decidedAt, upheld }).from(circleAppeal).where(eq(circleAppeal.person, person)),
    db.read.select().from(circleSetting).where(eq(circleSetting.person, person)),
  ]);
  return { appeals, knownOnly: setting?.knownOnly === 1 };
}

const asNeighbour = ne(post.mark, "official");

export const standing = (tx: Tx, person: string): Promise<PostRow[]> =>
  tx
    .select()
    .from(post)
    .where(and(eq(post.author, person), asNeighbour, isNull(post.deletedAt)))
    .orderBy(post.id);

export const comments = async (tx: Tx, person: string): Promise<string[]> =>
  (
    await tx
      .select({ id: postComment.id })
      .from(postComment)
      .where(and(eq(postComment.author, person), ne(postComment.mark, "official"), isNull(postComment.deletedAt)))
      .orderBy(postComment.id)
  ).map((row) => row.id);

export const likes = (tx: Tx, person: string): Promise<{ post: string }[]> =>
  tx.select({ post: postLike.post }).from(postLike).where(eq(postLike.person, person)).orderBy(postLike.post);

export const posts = async (tx: Tx, person: string): Promise<string[]> =>
  (
    await tx
      .select({ id: post.id })
      .from(post)
      .where(and(eq(post.author, person), asNeighbour))
  ).map(({ id }) => id);

/** The words of what was written as a neighbour, also of what was deleted before, and whom one did not want to see. */
export async function wipe(tx: Tx, person: string): Promise<void> {
  const own = tx
    .select({ id: post.id })
    .from(post)
    .where(and(eq(post.author, person), asNeighbour));
  await tx.update(postText).set({ text: "", photos: "[]", place: null }).where(inArray(postText.post, own));
  await tx
    .update(post)
    .set({ text: "", photos: "[]", place: null })
    .where(and(eq(post.author, person), asNeighbour));
  await tx
    .update(postComment)
    .set({ text: "" })
    .where(and(eq(postComment.author, person), ne(postComment.mark, "official")));
  await tx.update(circleAppeal).set({ why: "" }).where(eq(circleAppeal.person, person));
  await tx.delete(circleBlock).where(eq(circleBlock.person, person));
  await tx.delete(circleSetting).where(eq(circleSetting.person, person));
}
