import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { bump, inTx, type Tx } from "../../kernel/tx.ts";
import { type CasesDeps, caseScope } from "./deps.ts";
import { tellStep } from "./service.tell.ts";
import { byClock, move, stepOf, timed } from "./service.ts";
import * as store from "./store.ts";

const batch = 200;
export const silenceMs = 7 * 86_400_000;

/**
 * What the clock does by itself, found anew at each run: cases whose author stays silent are closed unrated, and overdue ones
 * are shown to those above. `moved` is told in the transaction of each.
 */
export async function runClock(
  deps: CasesDeps,
  db: Db,
  clock: Clock,
  moved: (tx: Tx, row: store.CaseRow) => Promise<void>,
): Promise<void> {
  const now = clock.now();
  const faults: unknown[] = [];
  // One case that cannot be moved must not keep all the others waiting.
  const each = (ids: readonly { id: string }[], fn: (tx: Tx, id: string) => Promise<void>) =>
    ids.reduce(async (before, { id }) => {
      await before;
      await inTx(db, (tx) => fn(tx, id)).catch((fault: unknown) => faults.push(fault));
    }, Promise.resolve());
  await each(await store.silent(db, now - silenceMs, batch), async (tx, id) => {
    const row = await store.lock(tx, id);
    if (row?.state !== "confirming") return;
    await moved(tx, (await move(deps, tx, clock, id, { move: "lapse" }, byClock)).row);
  });
  await each(await store.overdue(db, now, batch), async (tx, id) => {
    const row = await store.lock(tx, id);
    if (!row || row.escalatedAt !== null || row.dueAt === null || row.dueAt > now) return;
    const at = await store.timeFor(tx, id, clock);
    const red = { ...row, escalatedAt: at, steps: row.steps + 1 };
    await store.insertStep(tx, stepOf(red, { move: "escalate" }, byClock, at));
    await store.update(tx, id, { escalatedAt: at, steps: red.steps });
    await bump(tx, caseScope(id));
    await moved(tx, red);
    await tellStep(tx, clock, red, { move: "escalate", actor: null });
  });
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} case(s) could not be moved by the clock`);
}

/**
 * The schedule of a year was announced, or a local day changed: deadlines of cases that have not ended are computed anew.
 * Nothing is added to their steps, which say what was done; what was due before is kept beside them. Answers how many changed.
 */
export async function recompute(
  deps: CasesDeps,
  db: Db,
  clock: Clock,
  moved: (tx: Tx, row: store.CaseRow) => Promise<void>,
): Promise<number> {
  const now = clock.now();
  const isNew = (row: store.CaseRow): boolean => {
    const next = timed(deps, row, now);
    return next.dueAt !== row.dueAt || next.provisional !== row.provisional;
  };
  let changed = 0;
  for (let after = ""; ; ) {
    const rows = await store.running(db, after, batch);
    for (const { id } of rows.filter(isNew))
      await inTx(db, async (tx) => {
        const row = await store.lock(tx, id);
        if (!row || row.dueAt === null || !isNew(row)) return;
        const next = timed(deps, row, now);
        if (next.dueAt !== null && next.dueAt !== row.dueAt)
          await store.insertDue(tx, { caseId: id, at: now, was: row.dueAt, due: next.dueAt });
        await store.update(tx, id, {
          dueAt: next.dueAt,
          provisional: next.provisional,
          escalatedAt: next.escalatedAt,
        });
        await bump(tx, caseScope(id));
        await moved(tx, next);
        changed += 1;
      });
    const last = rows.at(-1);
    if (rows.length < batch || !last) return changed;
    after = last.id;
  }
}
