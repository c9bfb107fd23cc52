import { maskPhone } from "@weimenhu/domain/base/mask";
import { sessionRule } from "@weimenhu/domain/identity/privacy";
import { generateSecret, generateURI, verifySync } from "otplib";
import { record } from "../../../kernel/audit.ts";
import { signedIn } from "../../../kernel/caller.ts";
import { type RefusalWord, refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { inTx } from "../../../kernel/tx.ts";
import type { IdentityDeps } from "../deps.ts";
import { openPhone } from "../people/phone.ts";
import { personById } from "../people/store.ts";
import { holdSession } from "../sessions/hold.ts";
import { openSession } from "../sessions/service.ts";
import { type SignedIn, welcome } from "./admit.ts";
import * as store from "./store.ts";

/** Tries of the second factor: the right digits set the count back. */
const wrong = { most: 5, windowMs: 15 * 60_000 };
const stepSeconds = 30;
const place = (personId: string): string => `totp.secret.${personId}`;

/**
 * For staff only. The secret is shown this once; a secret that was never confirmed may be made anew. After a removal only
 * in a session that began with a code (ENROL_BY_CODE): the lost phone still is its owner to the platform.
 */
export async function enrol(deps: IdentityDeps, ctx: Ctx): Promise<{ secret: string; uri: string }> {
  const caller = signedIn(ctx);
  const { personId, grants } = caller;
  if (grants.length === 0) throw refuse("NOT_ALLOWED");
  const row = await personById(ctx.db.read, personId);
  const phone = row ? openPhone(deps.seal, row) : null;
  const secret = generateSecret({ length: 20 });
  await inTx(ctx.db, async (tx) => {
    // Looked at under the lock that a removal takes: it may have ended this session a moment ago.
    const session = await holdSession(tx, caller);
    const sealed = deps.seal.seal(secret, place(personId));
    if (!(await store.enrolTotp(tx, personId, sealed, ctx.clock.now()))) throw refuse("TOTP_ALREADY");
    if (session.provider !== null && (await store.wasRemoved(tx, personId))) throw refuse("ENROL_BY_CODE");
    await record(tx, ctx, { act: "second.enrol", onWhom: personId });
  });
  return { secret, uri: generateURI({ issuer: deps.siteName, label: maskPhone(phone ?? ""), secret }) };
}

/** Six digits of now, or of the half minute before or after. Makes this session strong and its token a new one. */
export async function second(deps: IdentityDeps, ctx: Ctx, input: { digits: string }): Promise<SignedIn> {
  const caller = signedIn(ctx);
  const { personId } = caller;
  const now = ctx.clock.now();
  const tries = store.secondTries(personId);
  const outcome = await inTx(ctx.db, async (tx) => {
    const session = await holdSession(tx, caller);
    const factor = await store.totpOf(tx, personId);
    if (!factor || factor.secret === "") throw refuse("TOTP_ENROL_FIRST");
    if (!(await store.countWithin(tx, tries, wrong, now))) throw refuse("TOO_MANY");
    const secret = deps.seal.open(factor.secret, place(personId));
    const step = stepOf(secret, input.digits, now);
    // Returned, not thrown: the counted try must be kept.
    if (step === null || !(await store.useStep(tx, factor, step, now))) return { no: "TOTP_WRONG" as RefusalWord };
    await store.forgetTries(tx, tries);
    const token = await openSession(tx, ctx, {
      personId,
      channel: session.channel,
      platform:
        session.provider !== null && session.subject !== null
          ? { provider: session.provider, subject: session.subject }
          : null,
      bound: session.bound === 1,
      strongUntil: now + sessionRule.strongMs,
      since: session.createdAt,
    });
    await record(tx, ctx, { act: "second.shown", onWhom: personId });
    return { token, channel: session.channel };
  });
  if ("no" in outcome) throw refuse(outcome.no);
  return welcome(deps, ctx, outcome.channel, outcome.token);
}

function stepOf(secret: string, digits: string, now: number): number | null {
  const epoch = Math.floor(now / 1000);
  const result = verifySync({ secret, token: digits, epoch, epochTolerance: stepSeconds, period: stepSeconds });
  return result.valid ? Math.floor(epoch / stepSeconds) + (result.delta ?? 0) : null;
}
