import type { Contract } from "@weimenhu/contract";
import type { RegionCode } from "@weimenhu/domain/base/region";
import { needsGuardian } from "@weimenhu/domain/circle/duty";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { CircleDeps } from "./deps.ts";
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

/** GUARDIAN_FIRST keeps a child under fourteen from speaking in a village until a guardian has agreed there. */
export async function needConsent(
  { ageOf, guardians }: Pick<CircleDeps, "ageOf" | "guardians">,
  ctx: Ctx,
  village: RegionCode,
): Promise<void> {
  const { personId } = signedIn(ctx);
  const age = await ageOf(ctx.db, personId, ctx.clock.now());
  if (needsGuardian(age, false) && !(await guardians.agreed(ctx.db, personId, village))) throw refuse("GUARDIAN_FIRST");
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
