import { and, eq, inArray, ne } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleStep } from "./schema.check.ts";

export type StepRow = typeof circleStep.$inferSelect;

export async function insertStep(tx: Tx, row: StepRow): Promise<void> {
  await tx.insert(circleStep).values(row);
}

export const stepRow = async (reads: Reads, id: string): Promise<StepRow | undefined> =>
  (await reads.select().from(circleStep).where(eq(circleStep.id, id)))[0];

/** Of these ids, those of steps. */
export const stepIdsIn = async (reads: Reads, ids: readonly string[]): Promise<string[]> =>
  ids.length === 0
    ? []
    : (
        await reads
          .select({ id: circleStep.id })
          .from(circleStep)
          .where(inArray(circleStep.id, [...ids]))
      ).map(({ id }) => id);

export async function updateStep(tx: Tx, id: string, set: Pick<StepRow, "checkState" | "refused">): Promise<void> {
  await tx.update(circleStep).set(set).where(eq(circleStep.id, id));
}

/** By post: the steps whose words are not shown. */
export async function withheldOf(db: Db, posts: readonly string[]): Promise<Map<string, Set<number>>> {
  const found = new Map<string, Set<number>>();
  if (posts.length === 0) return found;
  const rows = await db.read
    .select({ post: circleStep.post, number: circleStep.number })
    .from(circleStep)
    .where(and(inArray(circleStep.post, [...posts]), ne(circleStep.checkState, "passed")));
  for (const { post, number } of rows) found.set(post, (found.get(post) ?? new Set()).add(number));
  return found;
}
