import type { Contract } from "@weimenhu/contract";
import type { Channel } from "@weimenhu/domain/identity/channel";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import type * as z from "zod/mini";
import { type Actor, record } from "../../../kernel/audit.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { meOf } from "../account/me.ts";
import type { IdentityDeps } from "../deps.ts";
import { addConsent } from "../people/store.ts";
import { resolveCaller } from "../sessions/caller.ts";
import { isMini, lifeMs, type Opening, openSession, type Visitor } from "../sessions/service.ts";

export type SignedIn = z.output<Contract["signIn"]["wechat"]["output"]>;

export function needConsent(version: string): void {
  if (version !== privacyVersion) throw refuse("CONSENT_FIRST", { details: { version: privacyVersion } });
}

/** The audit's view of somebody who is just signing in. */
export const actingAs = (by: Actor, personId: string): Actor => ({
  clock: by.clock,
  caller: { personId },
  channel: by.channel,
  ip: by.ip,
});

/** The last step of every sign-in, in its transaction: consent, session, audit. Answers the token. */
export async function admit(tx: Tx, by: Actor & Visitor, how: string, opening: Opening): Promise<string> {
  await addConsent(tx, opening.personId, {
    what: "privacy",
    version: privacyVersion,
    channel: opening.channel,
    givenAt: by.clock.now(),
  });
  const token = await openSession(tx, by, opening);
  await record(tx, actingAs(by, opening.personId), {
    act: "session.open",
    onWhom: opening.personId,
    detail: { how, channel: opening.channel },
  });
  return token;
}

/** After the commit: the cookie or the token, and me as I now look. */
export async function welcome(deps: IdentityDeps, ctx: Ctx, channel: Channel, token: string): Promise<SignedIn> {
  const caller = await resolveCaller(ctx.db, ctx.clock, token, deps.sessionDays);
  if (!caller) throw refuse("SIGN_IN_FIRST", { why: "the session ended while it began" });
  const mini = isMini(channel);
  // The cookie is set once, so it lives as long as the session may; that it was not used for long is the server's to see.
  if (!mini) ctx.setSession(token, lifeMs(channel, deps.sessionDays) / 1000);
  return {
    token: mini ? token : null,
    needs: caller.phoneVerified ? "nothing" : "phone",
    me: await meOf(deps, ctx, caller),
  };
}
