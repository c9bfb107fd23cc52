import { and, eq, inArray, ne } from "drizzle-orm";
import type { Looks } from "../../foundation/cases/index.ts";
import type { Reads } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { circleAppeal, circleCheck, circleStep } from "./schema.check.ts";
import { appealedIn, appealStands } from "./store.check.ts";

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
    .leftJoin(circleAppeal, and(eq(circleAppeal.what, circleStep.id), eq(circleAppeal.version, 0), appealStands))
    .where(and(inArray(circleStep.post, [...posts]), ne(circleStep.checkState, "passed")));
  const refused = rows.flatMap(({ step }) => (step.checkState === "refused" ? [step.id] : []));
  const risky = await riskyPictures(reads, refused);
  return new Map(
    posts.map((post) => {
      const own = rows.filter(({ step }) => step.post === post);
      return [post, new Map(own.map(({ step, appeal }) => [step.number, lookAt(step, risky, appeal)]))];
    }),
  );
}

type Risky = { what: string; media: string };

/** Pictures of these steps that a checker did not pass. */
const riskyPictures = async (reads: Reads, steps: readonly string[]): Promise<Risky[]> =>
  steps.length === 0
    ? []
    : reads
        .select({ what: circleCheck.what, media: circleCheck.media })
        .from(circleCheck)
        .where(
          and(
            inArray(circleCheck.what, [...steps]),
            eq(circleCheck.version, 0),
            eq(circleCheck.state, "risky"),
            ne(circleCheck.media, ""),
          ),
        );

const lookAt = (
  { id, checkState: check, refused }: StepRow,
  risky: readonly Risky[],
  appeal: typeof circleAppeal.$inferSelect | null,
) => ({
  id,
  check,
  refused,
  risky: risky.flatMap(({ what, media }) => (what === id ? [media] : [])),
  ...(appeal ? { appealed: appealedIn(appeal) } : {}),
});
