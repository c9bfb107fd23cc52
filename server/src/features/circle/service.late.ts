import { lineage } from "@weimenhu/domain/base/region";
import { dayMs, dueAfter } from "@weimenhu/domain/base/workday";
import type { Db } from "../../kernel/db.ts";
import { dbOf, inTx, type Tx } from "../../kernel/tx.ts";
import type { CircleDeps } from "./deps.ts";
import { lockThing, standsOf } from "./service.check.ts";
import { isStep } from "./service.step.ts";
import { deciders, tellDeciders } from "./service.wait.ts";
import { appealOf, lastDecision } from "./store.check.ts";
import { dueWaits, openReports, setNext, type WaitRow } from "./store.wait.ts";

const limit = 200;

/** What has waited for a person longer than one working day is told to those above the village, once. */
export async function tellLate(deps: Pick<CircleDeps, "cases">, db: Db): Promise<void> {
  const faults: unknown[] = [];
  for (const row of await dueWaits(db, db.clock.now(), limit))
    await inTx(db, (tx) => lookAgain(deps, tx, row)).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} thing(s) that wait could not be told`);
}

async function lookAgain({ cases }: Pick<CircleDeps, "cases">, tx: Tx, row: WaitRow): Promise<void> {
  const { clock } = dbOf(tx);
  const now = clock.now();
  const thing = await lockThing(tx, row.what);
  if (!thing || !(await stillWaits(tx, thing, row))) return void (await setNext(tx, row, null));
  const due = dueAfter(cases.calendar(), row.at, 1);
  if (due > now) return void (await setNext(tx, row, due));
  const to = await deciders(tx, now, row, lineage(row.village).slice(1));
  if (!(await setNext(tx, row, to.length > 0 ? null : now + dayMs))) return;
  await tellDeciders(tx, clock, "checkLate", row.village, to);
}

type Thing = NonNullable<Awaited<ReturnType<typeof lockThing>>>;

/** A comment goes with its post; the record of a case is read on. */
const isUnderGone = ({ row, said }: Thing): boolean => said !== null && !isStep(said) && row.deletedAt !== null;

async function stillWaits(tx: Tx, thing: Thing, { what, kind, at }: WaitRow): Promise<boolean> {
  const { deletedAt, checkState } = thing.said ?? thing.row;
  if (deletedAt !== null || isUnderGone(thing)) return false;
  switch (kind) {
    case "held":
      // Held again after somebody decided is another wait.
      return checkState === "held" && ((await lastDecision(tx, what))?.at ?? 0) < at;
    case "reported":
      return (await openReports(tx, what)).length > 0;
    case "appealed":
      return (await appealOf(tx, what, standsOf(thing).version))?.decidedAt === null;
  }
}
