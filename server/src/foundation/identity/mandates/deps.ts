import type { MandateActor } from "@weimenhu/domain/identity/mandate";
import type { Caller } from "@weimenhu/domain/permissions";
import { hasPermission } from "@weimenhu/domain/permissions";
import { signedIn } from "../../../kernel/caller.ts";
import type { Ctx } from "../../../kernel/ctx.ts";
import { regionNames } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { displayNames } from "../people/names.ts";
import { openName } from "../verification/sealed.ts";
import { applicationsOf } from "../verification/store.ts";
import * as store from "./store.ts";
import { factsOf, type Mandate, mandateOut, openPrincipalName } from "./view.ts";

export type MandateDeps = Pick<IdentityDeps, "seal" | "sms" | "tellMandate">;

/** As what somebody has to do with it; `index`: of the ID number that they proved. */
export function actorsOn(caller: Caller, index: string | null, row: store.MandateRow): MandateActor[] {
  return [
    ...(row.personId === caller.personId ? ["holder" as const] : []),
    ...(index !== null && row.idIndex === index ? ["principal" as const] : []),
    ...(hasPermission(caller, "villagers.decide", row.region) ? ["office" as const] : []),
  ];
}

/** With the facts and the moves of whoever asks. */
export async function seenBy(deps: MandateDeps, ctx: Ctx, rows: readonly store.MandateRow[]): Promise<Mandate[]> {
  if (rows.length === 0) return [];
  const caller = signedIn(ctx);
  const [index, regions, names] = await Promise.all([
    store.indexOfAccount(ctx.db.read, caller.personId),
    regionNames(
      ctx.db,
      rows.map(({ region }) => region),
    ),
    displayNames(deps)(
      ctx.db,
      rows.map(({ personId }) => personId),
    ),
  ]);
  return rows.map((row) => {
    const actors = actorsOn(caller, index, row);
    const own = actors.some((actor) => actor !== "office");
    const facts = factsOf(deps.seal, row, { now: ctx.clock.now(), own, byCode: deps.sms.agree !== undefined });
    const [regionName, holder] = [regions.get(row.region) ?? "", names.get(row.personId) ?? ""];
    return mandateOut(deps.seal, row, { facts, actors, regionName, holder });
  });
}

export async function oneSeenBy(deps: MandateDeps, ctx: Ctx, id: string): Promise<Mandate> {
  const row = await store.mandateById(ctx.db.read, id);
  const [one] = row ? await seenBy(deps, ctx, [row]) : [];
  if (!one) throw new Error("a mandate is gone");
  return one;
}

/** The account of the principal: by the ID number and the very name that a village has verified. */
export async function accountOf(
  { seal }: Pick<IdentityDeps, "seal">,
  ctx: Pick<Ctx, "db">,
  row: store.MandateRow,
): Promise<string | null> {
  const person = await store.accountOfIndex(ctx.db.read, row.idIndex);
  if (person === null) return null;
  const name = openPrincipalName(seal, row);
  const verified = (await applicationsOf(ctx.db, person)).filter(({ state }) => state === "verified");
  return verified.some((one) => openName(seal, one) === name) ? person : null;
}
