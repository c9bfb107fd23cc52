import { and, desc, eq, isNull, ne, sql } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleSetting } from "./schema.check.ts";
import { circleBlock, post, postComment, postLike } from "./schema.ts";

export const knownOnly = async (reads: Reads, person: string): Promise<boolean> =>
  (await reads.select().from(circleSetting).where(eq(circleSetting.person, person)))[0]?.knownOnly === 1;

export async function setKnownOnly(tx: Tx, person: string, on: boolean, at: number): Promise<void> {
  const set = { knownOnly: on ? 1 : 0, updatedAt: at };
  await tx
    .insert(circleSetting)
    .values({ person, ...set })
    .onDuplicateKeyUpdate({ set });
}

/**
 * Has `person` ever commented on or liked a post of `other` that shows who wrote it? What is hidden does not count: else who
 * may speak would tell who hides.
 */
export async function knows(db: Db, person: string, other: string): Promise<boolean> {
  const open = and(eq(post.author, other), ne(post.hidden, 1));
  const [said, liked] = await Promise.all([
    db.read
      .select({ one: sql`1` })
      .from(postComment)
      .innerJoin(post, eq(post.id, postComment.post))
      .where(and(eq(postComment.author, person), isNull(postComment.deletedAt), open))
      .limit(1),
    db.read
      .select({ one: sql`1` })
      .from(postLike)
      .innerJoin(post, eq(post.id, postLike.post))
      .where(and(eq(postLike.person, person), open))
      .limit(1),
  ]);
  return said.length + liked.length > 0;
}

/** The newest first; whoever has more takes some back and sees the others. */
export const blocksOf = (db: Db, person: string): Promise<{ blocked: string; at: number }[]> =>
  db.read
    .select({ blocked: circleBlock.blocked, at: circleBlock.at })
    .from(circleBlock)
    .where(eq(circleBlock.person, person))
    .orderBy(desc(circleBlock.at), circleBlock.blocked)
    .limit(200);
