import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import type { Holding } from "../../../kernel/holdings.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump, inTx } from "../../../kernel/tx.ts";
import * as people from "../people/store.ts";
import { holdSession } from "../sessions/hold.ts";
import { forgetSessionsOf } from "../sessions/store.ts";
import { voidCode } from "../sign-in/store.ts";

/**
 * Ends the account at once and for good. Phone, platform accounts, name and ID number go; what was done in office stays
 * under an id that nobody can turn into a name. The phone may sign in again as a new person. Any room may refuse
 * (LAST_HOLDER for the last administrator of a kind), and then nothing of it happened.
 */
export async function closeAccount(holdings: readonly Holding[], ctx: Ctx): Promise<{ ok: true }> {
  const caller = signedIn(ctx);
  const { personId } = caller;
  const now = ctx.clock.now();
  await inTx(ctx.db, async (tx) => {
    const [row] = await people.lockPersons(tx, [personId]);
    if (row?.state !== "open") throw refuse("ACCOUNT_CLOSED");
    await holdSession(tx, caller);
    for (const holding of holdings) await holding.close(tx, personId, now);
    if (row.phoneIndex !== null) await voidCode(tx, row.phoneIndex, now);
    await forgetSessionsOf(tx, personId, now);
    await people.endPerson(tx, personId, { state: "closed", at: now });
    await bump(tx, callerScope(personId));
    await record(tx, ctx, { act: "account.close", onWhom: personId });
  });
  ctx.clearSession();
  return { ok: true };
}
