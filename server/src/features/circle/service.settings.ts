import type { Contract } from "@weimenhu/contract";
import { guardianAge, needsGuardian } from "@weimenhu/domain/circle/duty";
import { hasPermission } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { requireVillage } from "../../foundation/regions/index.ts";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { CircleDeps } from "./deps.ts";
import type { House } from "./service.feed.ts";
import { isCadre } from "./service.rules.ts";
import * as store from "./store.settings.ts";
import type { PostRow } from "./store.ts";

type Circle = Contract["circle"];

export const settings = async (ctx: Ctx): Promise<z.output<Circle["settings"]["output"]>> => ({
  knownOnly: await store.knownOnly(ctx.db.read, signedIn(ctx).personId),
});

export async function setSettings(ctx: Ctx, { knownOnly }: z.output<Circle["setSettings"]["input"]>) {
  const { personId } = signedIn(ctx);
  await asPerson(ctx, (tx) => store.setKnownOnly(tx, personId, knownOnly, ctx.clock.now()));
  return { knownOnly };
}

/** GUARDIAN_FIRST keeps a child under fourteen from speaking until a guardian has agreed. */
export async function needConsent(deps: Pick<CircleDeps, "ageOf">, ctx: Ctx): Promise<void> {
  const { personId } = signedIn(ctx);
  const age = await deps.ageOf(ctx.db, personId, ctx.clock.now());
  if (needsGuardian(age, false) && !(await store.hasGuardian(ctx.db.read, personId))) throw refuse("GUARDIAN_FIRST");
}

/**
 * STRANGERS_BLOCKED under the post of somebody who lets only those comment whom they know: whom they have answered or liked,
 * and cadres. A post that hides its author takes everybody: who may speak there would tell who hides.
 */
export async function needKnown(ctx: Ctx, row: PostRow): Promise<void> {
  const caller = signedIn(ctx);
  if (row.hidden === 1 || row.author === caller.personId || isCadre(caller, row.village)) return;
  if (!(await store.knownOnly(ctx.db.read, row.author))) return;
  if (!(await store.knows(ctx.db, row.author, caller.personId))) throw refuse("STRANGERS_BLOCKED");
}

/**
 * The secretary notes that a guardian has signed for a child under fourteen (or takes it back); the paper stays at the office.
 * Each note is on the record.
 */
export async function guardian(
  { deps }: House,
  ctx: Ctx,
  { village, phone, paper, on }: z.output<Circle["guardian"]["input"]>,
): Promise<{ ok: true }> {
  const { personId } = signedIn(ctx);
  if (!hasPermission(ctx.caller, "circle.moderate", village)) throw refuse("NOT_ALLOWED");
  await requireVillage(ctx.db, village);
  const child = await deps.villagerWith(ctx.db, village, phone);
  if (child === null) throw refuse("NO_SUCH_PERSON");
  const at = ctx.clock.now();
  const age = await deps.ageOf(ctx.db, child, at);
  if (age === null || age >= guardianAge) throw refuse("NOT_A_CHILD");
  await asPerson(ctx, async (tx) => {
    if (on) await store.putGuardian(tx, { person: child, village, paper, notedBy: personId, at, endedAt: null });
    else await store.endGuardian(tx, child, at);
    await record(tx, ctx, { act: "circle.guardian", onWhom: child, region: village, detail: { on, paper } });
  });
  return { ok: true };
}
