import { normalPhone } from "@weimenhu/domain/base/phone";
import { codeRule } from "@weimenhu/domain/identity/privacy";
import { shanghaiDay } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import { newCode, newId } from "../../../kernel/id.ts";
import { enqueue } from "../../../kernel/outbox.ts";
import { type RefusalWord, refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import type { Seal } from "../../../kernel/seal.ts";
import { inTx, type Tx } from "../../../kernel/tx.ts";
import type { IdentityDeps } from "../deps.ts";
import { attachPhone, makingOnce, personOfPhone } from "../people/join.ts";
import { phoneIndex } from "../people/phone.ts";
import * as people from "../people/store.ts";
import { holdSession } from "../sessions/hold.ts";
import { admit, needConsent, type SignedIn, welcome } from "./admit.ts";
import { codeJob, sealCode } from "./jobs.ts";
import * as store from "./store.ts";

const perAddress = (deps: IdentityDeps) => ({ most: deps.codesPerAddress ?? 300, windowMs: 3_600_000 });

const hashOfCode = (seal: Seal, codeId: string, code: string): string =>
  seal.blindIndex(`${codeId} ${code}`, "login.code");

export function phoneOf(typed: string): string {
  const phone = normalPhone(typed);
  if (phone === null) throw refuse("PHONE_BAD");
  return phone;
}

type ForCode = { phone: string; consent: string; change?: boolean | undefined };

/**
 * Sends a one-time code. The answer never tells whether anybody is known by that phone; only to whoever would change the
 * own number for the very same one it says so, and sends nothing.
 */
export async function requestCode(deps: IdentityDeps, ctx: Ctx, input: ForCode) {
  needConsent(input.consent);
  const phone = phoneOf(input.phone);
  const index = phoneIndex(deps.seal, phone);
  if (input.change === true && ctx.caller && (await isOwn(ctx.db.read, ctx.caller.personId, index)))
    throw refuse("PHONE_OWN");
  const now = ctx.clock.now();
  await inTx(ctx.db, async (tx) => {
    const address = deps.seal.blindIndex(ctx.ip, "login.address");
    if (!(await store.countWithin(tx, `code-ip:${address}`, perAddress(deps), now))) throw refuse("TOO_MANY");
    const codeId = newId(ctx.clock);
    const code = newCode(codeRule.digits);
    const claimed = await store.claimCode(tx, {
      phoneIndex: index,
      codeId,
      codeHash: hashOfCode(deps.seal, codeId, code),
      sealed: sealCode(deps.seal, index, { phone, code }),
      day: shanghaiDay(now),
      now,
    });
    if (!claimed) throw await tooMany(tx, index, now);
    await enqueue(tx, { kind: codeJob, key: codeId, payload: { phoneIndex: index, codeId } });
  });
  return { seconds: codeRule.gapMs / 1000 };
}

/** Is this the phone that the person has now? */
export const isOwn = async (on: Db["read"], personId: string, index: string): Promise<boolean> =>
  (await people.personById(on, personId))?.phoneIndex === index;

async function tooMany(tx: Tx, index: string, now: number) {
  const last = await store.codeOf(tx, index);
  const wait = last ? Math.ceil((last.sentAt + codeRule.gapMs - now) / 1000) : 0;
  return wait > 0 ? refuse("CODE_TOO_SOON", { details: { seconds: wait } }) : refuse("CODE_TOO_MANY");
}

type WithCode = { phone: string; code: string; consent: string; desk?: boolean | undefined };

/**
 * Signs in by phone and code. One who is signed in without a phone keeps the account, and the phone joins it; on the desk
 * it is always a sign-in of its own, since the browser may be another person's.
 */
export async function withCode(deps: IdentityDeps, ctx: Ctx, input: WithCode): Promise<SignedIn> {
  needConsent(input.consent);
  const phone = phoneOf(input.phone);
  const channel = input.desk === true ? "desk" : ctx.channel;
  const joins = input.desk === true || channel === "desk" ? null : ctx.caller;
  const outcome = await makingOnce(ctx.db, async (tx) => {
    const no = await spend(tx, deps.seal, ctx.clock.now(), phone, input.code);
    // Returned, not thrown: the counted try must be kept.
    if (no !== null) return { no };
    if (joins) await holdSession(tx, joins);
    const personId = joins
      ? await attachPhone(tx, ctx, deps.seal, joins.personId, phone)
      : await personOfPhone(tx, ctx, deps.seal, phone);
    const opening = { personId, channel, platform: null, bound: false, strongUntil: null };
    return { token: await admit(tx, ctx, "code", opening) };
  });
  if ("no" in outcome) throw refuse(outcome.no);
  return welcome(deps, ctx, channel, outcome.token);
}

/** Uses a code up; the word that it is refused with, to be returned and not thrown: the counted try must be kept. */
export async function spend(tx: Tx, seal: Seal, now: number, phone: string, code: string): Promise<RefusalWord | null> {
  const index = phoneIndex(seal, phone);
  const counted = await store.countTry(tx, index, now);
  const row = await store.codeOf(tx, index);
  if (!row || row.usedAt !== null || row.expiresAt <= now) return "CODE_EXPIRED";
  if (!counted) return "CODE_TRIES";
  return (await store.useCode(tx, index, hashOfCode(seal, row.codeId, code), now)) ? null : "CODE_WRONG";
}

/** Is this the code that was used up last for this number? So one whose answer was lost may ask again. */
export async function wasSpent(on: Db["read"], seal: Seal, phone: string, code: string): Promise<boolean> {
  const row = await store.codeOf(on, phoneIndex(seal, phone));
  return row !== null && row.usedAt !== null && row.codeHash === hashOfCode(seal, row.codeId, code);
}
