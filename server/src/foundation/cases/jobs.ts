import type { Db } from "../../kernel/db.ts";
import type { Tick } from "../../kernel/ticks.ts";
import type { Tx } from "../../kernel/tx.ts";
import { type CasesDeps, type Subjects, subjectOf } from "./deps.ts";
import { recompute, runClock } from "./service.clock.ts";
import type { CaseRow } from "./store.ts";

export type TickDeps = CasesDeps & { db: Db; subjects: Subjects };

const telling =
  (subjects: Subjects) =>
  (tx: Tx, row: CaseRow): Promise<void> =>
    subjectOf(subjects, row.subject).moved(tx, row);

/** Every minute: silence closes, overdue cases are shown to those above. Every night: deadlines by the newest schedule. */
export const caseTicks = (deps: TickDeps): Record<string, Tick> => ({
  "cases.clock": { cron: "* * * * *", run: () => runClock(deps, deps.db, deps.db.clock, telling(deps.subjects)) },
  "cases.calendar": { cron: "5 0 * * *", run: () => recomputeDeadlines(deps).then(() => undefined) },
});

/** Also at the start of a server, which may bring a new schedule. Answers how many deadlines changed. */
export const recomputeDeadlines = (deps: TickDeps): Promise<number> =>
  recompute(deps, deps.db, deps.db.clock, telling(deps.subjects));
