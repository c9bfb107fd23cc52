import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump, inTx } from "../../../kernel/tx.ts";
import { dropFollows, placeScope } from "../../regions/index.ts";
import { needOtherHolders } from "../grants/rules.ts";
import { endGrantsOf } from "../grants/store.ts";
import * as people from "../people/store.ts";
import { endSessionsOf } from "../sessions/store.ts";
import { deleteCode, deleteTotp } from "../sign-in/store.ts";
import { endVillagerOf, placesOfVillager } from "../verification/store.ts";

/**
 * Ends the account at once and for good. Phone, platform accounts, name and ID number go; what was done in office stays
 * under an id that nobody can turn into a name. The phone may sign in again as a new person. LAST_HOLDER for the last
 * administrator of a kind.
 */
export async function closeAccount(ctx: Ctx): Promise<{ ok: true }> {
  const { personId } = signedIn(ctx);
  const now = ctx.clock.now();
  await inTx(ctx.db, async (tx) => {
    const [row] = await people.lockPersons(tx, [personId]);
    if (row?.state !== "open") throw refuse("ACCOUNT_CLOSED");
    await needOtherHolders(tx, personId, now);
    const places = await placesOfVillager(tx, personId);
    await endGrantsOf(tx, personId, now, "account closed");
    await endVillagerOf(tx, personId, now);
    await people.deleteIdentities(tx, personId);
    await deleteTotp(tx, personId);
    if (row.phoneIndex !== null) await deleteCode(tx, row.phoneIndex);
    await dropFollows(tx, personId);
    await endSessionsOf(tx, personId, now);
    await people.endPerson(tx, personId, { state: "closed", at: now });
    await bump(tx, callerScope(personId), ...places.map((code) => placeScope(code)));
    await record(tx, ctx, { act: "account.close", onWhom: personId });
  });
  ctx.clearSession();
  return { ok: true };
}
