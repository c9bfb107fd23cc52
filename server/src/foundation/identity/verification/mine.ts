import type { RegionCode } from "@weimenhu/domain/base/region";
import { signedIn } from "../../../kernel/caller.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { regionNames, requireVillage } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { standingNote } from "./store.guardian.ts";
import * as store from "./store.ts";
import { type Application, application } from "./view.ts";

/** My applications, the newest first. */
export async function mine(deps: IdentityDeps, ctx: Ctx): Promise<{ items: Application[] }> {
  const rows = (await store.applicationsOf(ctx.db, signedIn(ctx).personId)).reverse();
  const names = await regionNames(
    ctx.db,
    rows.map((row) => row.region),
  );
  return { items: rows.map((row) => application(deps.seal, row, names.get(row.region) ?? "")) };
}

/** For the form: groups, none when the village has not given its roster yet, and whether a guardian has agreed for the caller. */
export async function groups(
  ctx: Ctx,
  { region }: { region: RegionCode },
): Promise<{ groups: string[]; guardian: boolean }> {
  await requireVillage(ctx.db, region);
  const note = await standingNote(ctx.db.read, signedIn(ctx).personId, region);
  return { groups: await store.groupsOf(ctx.db, region), guardian: note !== null };
}
