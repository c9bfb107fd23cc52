import { sessionRule } from "@weimenhu/domain/identity/privacy";
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { inTx } from "../../kernel/tx.ts";
import { sweepMandates } from "./mandates/store.ts";
import { sweepLeft } from "./people/store.left.ts";
import { sweepSessions } from "./sessions/store.ts";
import { sweepTries } from "./sign-in/store.ts";

const dayMs = 86_400_000;
/** Long enough that people see a session that ended in their export. */
const keptMs = sessionRule.idleMs + 30 * dayMs;

/** Daily: what nobody can use any more goes, in small bites. Running it twice does no harm. */
export async function sweepIdentity(db: Db, clock: Clock): Promise<void> {
  const now = clock.now();
  while ((await inTx(db, (tx) => sweepSessions(tx, now - keptMs))) > 0);
  while ((await inTx(db, (tx) => sweepTries(tx, now - 2 * dayMs))) > 0);
  while ((await inTx(db, (tx) => sweepLeft(tx, now - 30 * dayMs))) > 0);
  while ((await inTx(db, (tx) => sweepMandates(tx, now, now - 180 * dayMs))) > 0);
}
