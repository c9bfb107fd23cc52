import { hasPermission } from "@weimenhu/domain/permissions";
import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump } from "../../../kernel/tx.ts";
import { asPerson } from "../people/hold.ts";
import { lockPersons, unbindIdentities } from "../people/store.ts";
import { endSessionsOf } from "../sessions/store.ts";
import { forgetTries, removeTotp, secondTries } from "../sign-in/store.ts";
import * as store from "./store.ts";

/**
 * For somebody who lost the phone with the authenticator: the second factor goes, every session ends on every device,
 * and no platform account counts as the strong factor any more, so that whoever has the phone has no office by it. The
 * next sign-in by code sets up a new one. Never for oneself (OWN_SECOND): who stole a security
 * administrator's first factor would walk around the second. The administrator must be over every office that the person
 * holds; elsewhere it is not found.
 */
export async function removeSecond(ctx: Ctx, input: { id: string; reason: string }): Promise<{ ok: true }> {
  const caller = signedIn(ctx);
  const now = ctx.clock.now();
  await asPerson(ctx, async (tx) => {
    const row = await store.grantById(tx, input.id);
    if (!row || !hasPermission(caller, "grants.manage", row.region)) throw refuse("NOT_FOUND");
    const { personId } = row;
    if (personId === caller.personId) throw refuse("OWN_SECOND");
    const standing = await store.standingOf(tx, personId, now);
    if (!standing.some(({ id }) => id === row.id)) throw refuse("WRONG_STATE");
    if (!standing.every(({ region }) => hasPermission(caller, "grants.manage", region))) throw refuse("NOT_ALLOWED");
    // A platform that vouches for the phone at this moment waits here.
    await lockPersons(tx, [personId]);
    if (!(await removeTotp(tx, personId, now))) throw refuse("NO_SECOND");
    await unbindIdentities(tx, personId);
    await forgetTries(tx, secondTries(personId));
    const sessions = await endSessionsOf(tx, personId, now);
    await bump(tx, callerScope(personId));
    await record(tx, ctx, {
      act: "second.remove",
      onWhom: personId,
      region: row.region,
      detail: { reason: input.reason, sessions },
    });
  });
  return { ok: true };
}
