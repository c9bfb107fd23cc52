import { and, eq, inArray, ne } from "drizzle-orm";
import type { Looks } from "../../foundation/cases/index.ts";
import type { Reads } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleAppeal, circleStep } from "./schema.check.ts";
import { appealedIn } from "./store.check.ts";

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

/** By post: how the looks at steps stand that have not passed. */
export async function looksOf(reads: Reads, posts: readonly string[]): Promise<Map<string, Looks>> {
  if (posts.length === 0) return new Map();
  const rows = await reads
    .select({ step: circleStep, appeal: circleAppeal })
    .from(circleStep)
    .leftJoin(circleAppeal, and(eq(circleAppeal.what, circleStep.id), eq(circleAppeal.version, 0)))
    .where(and(inArray(circleStep.post, [...posts]), ne(circleStep.checkState, "passed")));
  return new Map(
    posts.map((post) => {
      const own = rows.filter(({ step }) => step.post === post);
      return [post, new Map(own.map(({ step, appeal }) => [step.number, lookAt(step, appeal)]))];
    }),
  );
}

const lookAt = ({ id, checkState: check, refused }: StepRow, appeal: typeof circleAppeal.$inferSelect | null) => ({
  id,
  check,
  refused,
  ...(appeal ? { appealed: appealedIn(appeal) } : {}),
});
