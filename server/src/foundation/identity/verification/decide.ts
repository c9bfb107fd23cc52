import { maskName } from "@weimenhu/domain/base/mask";
import type { RegionCode } from "@weimenhu/domain/base/region";
import type { VerificationReason } from "@weimenhu/domain/identity/verification";
import { hasPermission, regionsWith } from "@weimenhu/domain/permissions";
import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump } from "../../../kernel/tx.ts";
import { placeScope, regionNames } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { asPerson } from "../people/hold.ts";
import { after, lookAt, regionsAsked, usualPage } from "./look.ts";
import { openName } from "./sealed.ts";
import * as store from "./store.ts";
import { type Application, application, type Waiting } from "./view.ts";

type Queue = { region?: RegionCode | undefined; cursor?: string | undefined; limit?: number | undefined };

/** Applications that wait in the caller's own villages, oldest first. Each look at them is on the record. */
export async function queue(
  deps: IdentityDeps,
  ctx: Ctx,
  input: Queue,
): Promise<{ items: Waiting[]; next: string | null }> {
  const caller = signedIn(ctx);
  const { region, limit = usualPage } = input;
  const rows = await store.pendingIn(ctx.db, regionsAsked(caller, region), after(input.cursor), limit + 1);
  return lookAt(deps, ctx, rows, limit, (row) => row.appliedAt);
}

type Decide = { id: string; accept: boolean; reason?: VerificationReason | undefined; note?: string | undefined };

/** Another village's application is not found; the own one is for somebody else; two secretaries decide once. */
export async function decide(deps: IdentityDeps, ctx: Ctx, input: Decide): Promise<Application> {
  const caller = signedIn(ctx);
  const row = await store.applicationById(ctx.db.read, input.id);
  if (!row || !hasPermission(caller, "villagers.decide", row.region)) throw refuse("NOT_FOUND");
  if (row.personId === caller.personId) throw refuse("NOT_ALLOWED", { why: "the own application" });
  const note = input.note?.trim() || null;
  const reason = input.accept ? null : (input.reason ?? null);
  if (!input.accept && (reason === null || (reason === "other" && note === null))) throw refuse("REASON_NEEDED");
  const at = ctx.clock.now();
  const state = input.accept ? "verified" : "refused";
  const decided = await asPerson(ctx, async (tx) => {
    if (!(await store.decide(tx, row.id, { state, by: caller.personId, at, reason, note })))
      throw refuse("WRONG_STATE");
    if (input.accept && !(await claim(tx, row))) throw refuse("ID_CARD_TAKEN");
    await bump(tx, callerScope(row.personId), ...(input.accept ? [placeScope(row.region)] : []));
    const detail = { id: row.id, state, reason };
    await record(tx, ctx, { act: "villager.decide", onWhom: row.personId, region: row.region, detail });
    return store.applicationById(tx, row.id);
  });
  if (!decided) throw new Error("a decided application is gone");
  const names = await regionNames(ctx.db, [row.region]);
  return application(deps.seal, decided, names.get(row.region) ?? "");
}

const claim = (tx: Parameters<typeof store.claimIdCard>[0], row: store.VillagerRow): Promise<boolean> =>
  row.idIndex === null ? Promise.resolve(false) : store.claimIdCard(tx, row.idIndex, row.personId);

/** For the desk: what this caller may decide. */
export const waitingVerifications =
  ({ seal }: Pick<IdentityDeps, "seal">) =>
  async (ctx: Ctx) => {
    const regions = ctx.caller ? regionsWith(ctx.caller, "villagers.decide") : [];
    if (regions.length === 0) return [];
    const rows = await store.pendingIn(ctx.db, regions, null, 50);
    return rows.map(({ application: row }) => ({
      kind: "verification" as const,
      id: row.id,
      title: `认证申请：${maskName(openName(seal, row) ?? "")}`,
      region: row.region,
      since: row.appliedAt,
    }));
  };
