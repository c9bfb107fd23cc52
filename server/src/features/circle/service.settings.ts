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

type Ages = Pick<CircleDeps, "ageOf" | "guardians">;

const ageNow = ({ ageOf }: Ages, ctx: Ctx): Promise<number | null> =>
  ageOf(ctx.db, signedIn(ctx).personId, ctx.clock.now());

/** Of these villages those where this is a child under fourteen for whom no guardian has agreed. `age`: the caller's. */
export async function muteIn(
  { guardians }: Pick<Ages, "guardians">,
  ctx: Ctx,
  age: number | null,
  villages: readonly RegionCode[],
): Promise<ReadonlySet<RegionCode>> {
  if (!needsGuardian(age, false)) return new Set();
  const { personId } = signedIn(ctx);
  const all = [...new Set(villages)];
  const agreed = await Promise.all(all.map((village) => guardians.agreed(ctx.db, personId, village)));
  return new Set(all.filter((_, at) => !agreed[at]));
}

/** GUARDIAN_FIRST keeps a child under fourteen from speaking in a village until a guardian has agreed there. */
export async function needConsent(deps: Ages, ctx: Ctx, village: RegionCode): Promise<void> {
  if ((await muteIn(deps, ctx, await ageNow(deps, ctx), [village])).size > 0) throw refuse("GUARDIAN_FIRST");
}

/** The same for what is not yet for any village, a photo that is being sent: one where a guardian has agreed is enough. */
export async function needConsentSomewhere(deps: Ages, ctx: Ctx): Promise<void> {
  const { villager } = signedIn(ctx);
  if (villager.length === 0) return;
  const mute = await muteIn(deps, ctx, await ageNow(deps, ctx), villager);
  if (villager.every((village) => mute.has(village))) throw refuse("GUARDIAN_FIRST");
}

/**
 * STRANGERS_BLOCKED under the post of somebody who lets only those comment whom they know: whom they have answered or liked,
 * and cadres. A post that hides its author takes everybody: who may speak there would tell who hides.
 */
export async function needKnown(ctx: Ctx, row: PostRow): Promise<void> {
  if (await isStranger(ctx, row)) throw refuse("STRANGERS_BLOCKED");
}

export async function isStranger(ctx: Ctx, row: PostRow): Promise<boolean> {
  const caller = signedIn(ctx);
  if (row.hidden === 1 || row.author === caller.personId || isCadre(caller, row.village)) return false;
  if (!(await store.knownOnly(ctx.db.read, row.author))) return false;
  return !(await store.knows(ctx.db, row.author, caller.personId));
}
