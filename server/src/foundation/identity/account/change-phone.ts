import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import { type RefusalWord, refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump, type Tx } from "../../../kernel/tx.ts";
import type { IdentityDeps } from "../deps.ts";
import { makingOnce } from "../people/join.ts";
import { phoneIndex, sealPhone } from "../people/phone.ts";
import * as people from "../people/store.ts";
import { holdSession } from "../sessions/hold.ts";
import { endOtherSessions } from "../sessions/store.ts";
import { isOwn, phoneOf, spend, wasSpent } from "../sign-in/code.ts";
import { tellOld } from "./tell-old.ts";

/**
 * The phone of this account becomes another one, which the person proves to have by a code that was sent to it. A verified
 * villager stays one, and so do offices: both are the person's. Whoever has the old phone has nothing of this account any more:
 * every other session ends, and no platform account that vouched for the old phone is a strong factor. The old number is told,
 * for one who did not do this. PHONE_OTHERS when the number is somebody else's: two who have a phone stay two. PHONE_OWN when
 * it is the person's already; only who comes again with the code that made it so is told that it is done.
 */
export async function changePhone(
  deps: IdentityDeps,
  ctx: Ctx,
  input: { phone: string; code: string },
): Promise<{ ok: true }> {
  const caller = signedIn(ctx);
  const phone = phoneOf(input.phone);
  const index = phoneIndex(deps.seal, phone);
  if (await isOwn(ctx.db.read, caller.personId, index)) {
    if (await wasSpent(ctx.db.read, deps.seal, phone, input.code)) return { ok: true };
    throw refuse("PHONE_OWN");
  }
  const no = await makingOnce(ctx.db, async (tx): Promise<RefusalWord | null> => {
    const wrong = await spend(tx, deps.seal, ctx.clock.now(), phone, input.code);
    if (wrong !== null) return wrong;
    // An open session of staff alone must not carry an office away. Thrown: the right code is not used up by it.
    if (caller.grants.length > 0 && !caller.strong) throw refuse("SECOND_FACTOR_FIRST");
    await holdSession(tx, caller);
    if (await isOthers(tx, index, caller.personId)) return "PHONE_OTHERS";
    const old = await people.personById(tx, caller.personId);
    if (old) await tellOld(tx, ctx.clock, deps, old);
    await people.replacePhone(tx, caller.personId, sealPhone(deps.seal, caller.personId, phone), index);
    await people.unbindIdentities(tx, caller.personId);
    const sessions = await endOtherSessions(tx, caller, ctx.clock.now());
    await bump(tx, callerScope(caller.personId));
    await record(tx, ctx, { act: "phone.change", onWhom: caller.personId, detail: { sessions } });
    return null;
  });
  if (no !== null) throw refuse(no);
  return { ok: true };
}

/** Whoever takes the number at this moment is told by its index: the slower one runs again and finds it here. */
async function isOthers(tx: Tx, index: string, personId: string): Promise<boolean> {
  const owner = await people.personByPhone(tx, index);
  return owner !== null && owner.id !== personId;
}
