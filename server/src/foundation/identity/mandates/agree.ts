import type { Contract } from "@weimenhu/contract";
import { dayMs } from "@weimenhu/domain/base/workday";
import { agreeCode, type MandateMove, mandateTable, moveMandate } from "@weimenhu/domain/identity/mandate";
import type * as z from "zod/mini";
import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import type { Ctx } from "../../../kernel/ctx.ts";
import { newCode, newId } from "../../../kernel/id.ts";
import { enqueue } from "../../../kernel/outbox.ts";
import { type RefusalWord, refuse } from "../../../kernel/refuse.ts";
import { bump, inTx, type Tx } from "../../../kernel/tx.ts";
import { asPerson } from "../people/hold.ts";
import { openPhone } from "../people/phone.ts";
import { personById } from "../people/store.ts";
import { countWithin } from "../sign-in/store.ts";
import { accountOf, actorsOn, type MandateDeps, oneSeenBy, seenBy } from "./deps.ts";
import { agreeJob, sealAgree } from "./jobs.ts";
import * as store from "./store.ts";
import { factsOf, type Mandate } from "./view.ts";

type In<K extends keyof Contract["mandates"]> = z.output<Contract["mandates"][K]["input"]>;
const shown = 50;

/** For whom I act, and who acts for me. */
export async function mine(deps: MandateDeps, ctx: Ctx): Promise<{ held: Mandate[]; given: Mandate[] }> {
  const { personId } = signedIn(ctx);
  const index = await store.indexOfAccount(ctx.db.read, personId);
  const [held, about] = await Promise.all([
    store.heldBy(ctx.db, personId, shown),
    index === null ? [] : store.givenBy(ctx.db, index, shown),
  ]);
  const given: store.MandateRow[] = [];
  // By another name it is not this person who was meant.
  for (const row of about) if ((await accountOf(deps, ctx, row)) === personId) given.push(row);
  const [h, g] = await Promise.all([seenBy(deps, ctx, held), seenBy(deps, ctx, given)]);
  return { held: h, given: g };
}

const hashOf = ({ seal }: MandateDeps, codeId: string, code: string): string =>
  seal.blindIndex(`${codeId} ${code}`, "mandate.code");

/**
 * Sends the code to the phone of the principal's own account. The answer is the same where there is none. CODE_TOO_SOON,
 * CODE_TOO_MANY; NOT_ALLOWED where the county sends none, or for a minor.
 */
export async function sendCode(deps: MandateDeps, ctx: Ctx, { id }: In<"sendCode">): Promise<{ seconds: number }> {
  const row = await mustBeMine(ctx, id);
  const facts = factsOf(deps.seal, row, { now: ctx.clock.now(), own: true, byCode: deps.sms.agree !== undefined });
  const moved = moveMandate(facts, ["holder"], "agreeByCode", { code: true });
  if ("no" in moved) throw refuse(moved.no);
  const principal = await accountOf(deps, ctx, row);
  const person = principal === null ? null : await personById(ctx.db.read, principal);
  const phone = person ? openPhone(deps.seal, person) : null;
  const now = ctx.clock.now();
  await asPerson(ctx, async (tx) => {
    const gap = { most: 1, windowMs: agreeCode.gapMs };
    if (!(await countWithin(tx, `mandate-gap:${id}`, gap, now))) throw refuse("CODE_TOO_SOON");
    const day = { most: agreeCode.perDay, windowMs: dayMs };
    if (!(await countWithin(tx, `mandate-code:${id}`, day, now))) throw refuse("CODE_TOO_MANY");
    const codeId = newId(ctx.clock);
    const code = newCode(agreeCode.digits);
    await store.setMandate(tx, id, {
      codeId,
      codeHash: hashOf(deps, codeId, code),
      codeSealed: phone === null ? null : sealAgree(deps.seal, id, { phone, code }),
      codeUntil: now + agreeCode.lifeMs,
      codeTries: 0,
    });
    if (phone !== null) await enqueue(tx, { kind: agreeJob, key: codeId, payload: { id, codeId } });
    await record(tx, ctx, { act: "mandate.code", onWhom: principal ?? undefined, region: row.region, detail: { id } });
  });
  return { seconds: agreeCode.gapMs / 1000 };
}

async function mustBeMine(ctx: Ctx, id: string): Promise<store.MandateRow> {
  const found = await store.mandateById(ctx.db.read, id);
  if (found?.personId !== signedIn(ctx).personId) throw refuse("NOT_FOUND");
  return found;
}

/** The principal agrees with the own account; whoever acts by the code. Twice is once. */
export async function agree(deps: MandateDeps, ctx: Ctx, { id, code }: In<"agree">): Promise<Mandate> {
  if (code === undefined) return move(deps, ctx, { id, as: "principal", move: "agree" });
  const first = await mustBeMine(ctx, id);
  if (first.state === "asked") {
    const no = await inTx(ctx.db, (tx) => tried(tx, deps, ctx, id, code));
    // Returned, not thrown: the counted try is kept.
    if (no !== null) throw refuse(no);
  }
  return move(deps, ctx, { id, as: "holder", move: "agreeByCode" });
}

async function tried(tx: Tx, deps: MandateDeps, ctx: Ctx, id: string, code: string): Promise<RefusalWord | null> {
  const counted = await store.countCodeTry(tx, id, agreeCode.tries, ctx.clock.now());
  const row = await store.lockMandate(tx, id);
  if (!row || row.codeId === null || (row.codeUntil ?? 0) <= ctx.clock.now()) return "CODE_EXPIRED";
  if (!counted) return "CODE_TRIES";
  return row.codeHash === hashOf(deps, row.codeId, code) ? null : "CODE_WRONG";
}

export const decline = (deps: MandateDeps, ctx: Ctx, { id }: In<"decline">): Promise<Mandate> =>
  move(deps, ctx, { id, as: "principal", move: "decline" });

/** Whoever acts takes back what was asked; either side ends what stands. What was booked stays. */
export async function end(deps: MandateDeps, ctx: Ctx, { id }: In<"end">): Promise<Mandate> {
  const row = await store.mandateById(ctx.db.read, id);
  const holds = row?.personId === signedIn(ctx).personId;
  if (holds && row.state === "asked") return move(deps, ctx, { id, as: "holder", move: "withdraw" });
  return move(deps, ctx, { id, as: holds ? "holder" : "principal", move: "end" });
}

type Moving = { id: string; as: "holder" | "principal"; move: MandateMove };

/** NOT_FOUND for everybody whom it is not about. What stands as wanted already stays as it is. */
async function move(deps: MandateDeps, ctx: Ctx, { id, as, move: which }: Moving): Promise<Mandate> {
  const caller = signedIn(ctx);
  const index = await store.indexOfAccount(ctx.db.read, caller.personId);
  const now = ctx.clock.now();
  const first = await store.mandateById(ctx.db.read, id);
  if (!first || !actorsOn(caller, index, first).includes(as)) throw refuse("NOT_FOUND");
  const principal = await accountOf(deps, ctx, first);
  if (as === "principal" && principal !== caller.personId) throw refuse("NOT_FOUND");
  await asPerson(ctx, async (tx) => {
    const row = await store.lockMandate(tx, id);
    if (!row) return;
    const facts = factsOf(deps.seal, row, { now, own: true, byCode: deps.sms.agree !== undefined });
    const moved = moveMandate(facts, [as], which, { code: true });
    if ("no" in moved) {
      if (moved.no === "WRONG_STATE" && facts.state === mandateTable[which].to) return;
      throw refuse(moved.no);
    }
    const yes = moved.to === "standing";
    await store.setMandate(tx, id, {
      state: moved.to,
      ...(yes ? standing(row, now, as === "principal" ? "self" : "code") : over(caller.personId, now)),
    });
    const other = as === "holder" ? principal : row.personId;
    const news = { id, key: `mandate:${id}:${moved.to}`, region: row.region };
    // Who agreed by a code learns of it too: a code may have been talked out of them.
    if (other !== null)
      await deps.tellMandate?.(tx, ctx.clock, { what: yes ? "answered" : "over", to: [other], ...news });
    await bump(tx, callerScope(row.personId), ...(principal === null ? [] : [callerScope(principal)]));
    await record(tx, ctx, { act: `mandate.${which}`, onWhom: other ?? undefined, region: row.region, detail: { id } });
  });
  return oneSeenBy(deps, ctx, id);
}

const noCode = { codeId: null, codeHash: null, codeSealed: null, codeUntil: null };
export const standing = (row: store.MandateRow, now: number, consent: "self" | "code" | "office") => ({
  ...{ consent, decidedAt: now, untilAt: now + row.days * dayMs },
  ...noCode,
});
export const over = (by: string, now: number) => ({ endedAt: now, endedBy: by, ...store.overNow });
