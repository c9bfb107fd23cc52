import { normalPhone } from "@weimenhu/domain/base/phone";
import type { RegionCode } from "@weimenhu/domain/base/region";
import { hasPermission } from "@weimenhu/domain/permissions";
import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump } from "../../../kernel/tx.ts";
import { placeScope } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { asPerson } from "../people/hold.ts";
import { namesScope } from "../people/names.ts";
import { phoneIndex } from "../people/phone.ts";
import { after, lookAt, lookedInVain, regionsAsked, usualPage } from "./look.ts";
import * as store from "./store.ts";
import type { Waiting } from "./view.ts";

type Verified = {
  region?: RegionCode | undefined;
  phone?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** Who is verified in the caller's own villages, the newest first; with a phone, whether it is one of them. */
export async function verified(
  deps: IdentityDeps,
  ctx: Ctx,
  input: Verified,
): Promise<{ items: Waiting[]; next: string | null }> {
  const { region, limit = usualPage } = input;
  const regions = regionsAsked(signedIn(ctx), region);
  const phone = input.phone === undefined ? undefined : normalPhone(input.phone);
  if (phone === null) throw refuse("PHONE_BAD");
  const who = phone === undefined ? null : phoneIndex(deps.seal, phone);
  const rows = await store.verifiedIn(ctx.db, regions, who, after(input.cursor), limit + 1);
  if (who !== null && rows.length === 0) await lookedInVain(ctx, regions);
  return lookAt(deps, ctx, rows, limit, (row) => row.decidedAt ?? 0);
}

/**
 * Ends a verification that was wrong or is over: name and ID number go, the rights of a villager end at once, and the person
 * reads why and may apply again. Another village's is not found, the own one is for somebody else. Offices stay: they are
 * given and ended apart.
 */
export async function end(deps: IdentityDeps, ctx: Ctx, input: { id: string; reason: string }): Promise<{ ok: true }> {
  const caller = signedIn(ctx);
  const row = await store.applicationById(ctx.db.read, input.id);
  if (!row || !hasPermission(caller, "villagers.decide", row.region)) throw refuse("NOT_FOUND");
  if (row.personId === caller.personId) throw refuse("NOT_ALLOWED", { why: "the own verification" });
  const ending = { by: caller.personId, at: ctx.clock.now(), note: input.reason };
  await asPerson(ctx, async (tx) => {
    if (!(await store.endVillagerIn(tx, row, ending))) throw refuse("WRONG_STATE");
    await bump(tx, callerScope(row.personId), placeScope(row.region), namesScope);
    await record(tx, ctx, { act: "villager.end", onWhom: row.personId, region: row.region, detail: { id: row.id } });
    await deps.tellEnded?.(tx, ctx.clock, { id: row.id, person: row.personId, region: row.region });
  });
  return { ok: true };
}
