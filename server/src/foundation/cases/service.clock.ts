import { dueAfter } from "@weimenhu/domain/base/workday";
import { caseLimits } from "@weimenhu/domain/cases/clock";
import type { Clock } from "../../kernel/clock.ts";
import type { Db, Reads } from "../../kernel/db.ts";
import { afterCommit, bump, inTx, type Tx } from "../../kernel/tx.ts";
import { type CasesDeps, caseScope } from "./deps.ts";
import { tellStep } from "./service.tell.ts";
import { byClock, move, stepOf, timed } from "./service.ts";
import * as store from "./store.ts";

const batch = 200;
export const silenceMs = 7 * 86_400_000;

/**
 * What the clock does by itself, found anew at each run: cases whose author stays silent are closed unrated, and overdue ones
 * are shown to those above, and once more to those above a place that got them so. `moved` is told in the transaction of each.
 */
export async function runClock(deps: CasesDeps, db: Db, clock: Clock, moved: Moved): Promise<void> {
  const now = clock.now();
  const { each, faults } = oneByOne(db);
  await each(await store.silent(db, now - silenceMs, batch), async (tx, id) => {
    const row = await store.lock(tx, id);
    if (row?.state !== "confirming") return;
    await moved(tx, (await move(deps, tx, clock, id, { move: "lapse" }, byClock)).row);
  });
  await each(await store.overdue(db, now, batch), async (tx, id) => {
    const row = await store.lock(tx, id);
    if (!row || row.escalatedAt !== null || row.dueAt === null || row.dueAt > now) return;
    await showAbove(tx, clock, row, moved);
  });
  await each(await overlong(deps, db.read, now), async (tx, id) => {
    const row = await store.lock(tx, id);
    if (row && (await overlong(deps, tx, now, id)).length > 0) await showAbove(tx, clock, row, moved);
  });
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} case(s) could not be moved by the clock`);
}

type Moved = (tx: Tx, row: store.CaseRow) => Promise<void>;

/** Each case in a transaction of its own: one that cannot be moved must not keep all the others waiting. */
function oneByOne(db: Db) {
  const faults: unknown[] = [];
  const each = async (ids: readonly { id: string }[], fn: (tx: Tx, id: string) => Promise<void>): Promise<void> => {
    for (const { id } of ids) await inTx(db, (tx) => fn(tx, id)).catch((fault: unknown) => faults.push(fault));
  };
  return { each, faults };
}

/** A step of the record, and those above hear of it. It stays red since it first was. */
async function showAbove(tx: Tx, clock: Clock, row: store.CaseRow, moved: Moved): Promise<void> {
  const at = await store.timeFor(tx, row.id, clock);
  const red = { ...row, escalatedAt: row.escalatedAt ?? at, steps: row.steps + 1 };
  await store.insertStep(tx, stepOf(red, { move: "escalate" }, byClock, at));
  await store.update(tx, row.id, { escalatedAt: red.escalatedAt, steps: red.steps });
  await bump(tx, caseScope(row.id));
  await moved(tx, red);
  await tellStep(tx, clock, red, { move: "escalate", actor: null });
}

/**
 * Who gets a case that is red already has as long as for accepting one: after that it is the new place's own red, which those
 * above it are shown once.
 */
async function overlong(deps: CasesDeps, reads: Reads, now: number, id?: string): Promise<{ id: string }[]> {
  const found = await store.handedOnRed(reads, now, batch, id);
  return found.filter(({ at, kind }) => dueAfter(deps.calendar(), at, caseLimits[kind].accept) <= now);
}

/**
 * The schedule of a year was announced, or a local day changed: deadlines of cases that have not ended are computed anew.
 * Nothing is added to their steps, which say what was done; what was due before is kept beside them. Answers how many changed.
 */
export async function recompute(deps: CasesDeps, db: Db, clock: Clock, moved: Moved): Promise<number> {
  const now = clock.now();
  const { each, faults } = oneByOne(db);
  const isNew = (row: store.CaseRow): boolean => {
    const next = timed(deps, row, now);
    return next.dueAt !== row.dueAt || next.provisional !== row.provisional;
  };
  let changed = 0;
  for (let after = ""; ; ) {
    const rows = await store.running(db, after, batch);
    await each(rows.filter(isNew), async (tx, id) => {
      const row = await store.lock(tx, id);
      if (!row || row.dueAt === null || !isNew(row)) return;
      const next = timed(deps, row, now);
      if (next.dueAt !== null && next.dueAt !== row.dueAt)
        await store.insertDue(tx, { caseId: id, at: clock.now(), was: row.dueAt, due: next.dueAt });
      await store.update(tx, id, {
        dueAt: next.dueAt,
        provisional: next.provisional,
        escalatedAt: next.escalatedAt,
      });
      await bump(tx, caseScope(id));
      await moved(tx, next);
      afterCommit(tx, () => {
        changed += 1;
      });
    });
    const last = rows.at(-1);
    if (last && rows.length === batch) {
      after = last.id;
      continue;
    }
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} deadline(s) could not be computed anew`);
    return changed;
  }
}
