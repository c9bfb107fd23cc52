import { isIdCard, normalIdCard } from "@weimenhu/domain/base/id-card";
import { maskIdCard, maskName } from "@weimenhu/domain/base/mask";
import type { RegionCode } from "@weimenhu/domain/base/region";
import { hasPermission } from "@weimenhu/domain/permissions";
import { record } from "../../../kernel/audit.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { requireVillage } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { asPerson } from "../people/hold.ts";
import { idCardIndex, openRosterName } from "./sealed.ts";
import * as store from "./store.ts";

type Asked = { region: RegionCode; idCard: string };
type Line = { name: string; idCard: string; group: string; household: string; verified: boolean };

/** The whole ID number names the line: a roster is never read through. */
async function indexOf(deps: IdentityDeps, ctx: Ctx, { region, idCard }: Asked): Promise<string> {
  if (!hasPermission(ctx.caller, "roster.import", region)) throw refuse("NOT_ALLOWED");
  await requireVillage(ctx.db, region);
  const normal = normalIdCard(idCard);
  if (!isIdCard(normal)) throw refuse("ID_CARD_BAD");
  return idCardIndex(deps.seal, normal);
}

/**
 * The line of one ID number, masked, and whether somebody is a verified villager by it. Each look is on the record: by the
 * number's index, so that whose line it was can be told later by the number alone.
 */
export async function rosterLine(deps: IdentityDeps, ctx: Ctx, asked: Asked): Promise<{ line: Line | null }> {
  const { region } = asked;
  const index = await indexOf(deps, ctx, asked);
  const [row, verified] = await Promise.all([
    store.rosterEntry(ctx.db.read, region, index),
    store.verifiedBy(ctx.db.read, region, index),
  ]);
  const entry = {
    act: "roster.look",
    onWhom: verified ?? undefined,
    region,
    detail: { line: index, found: row !== null },
  };
  await asPerson(ctx, (tx) => record(tx, ctx, entry));
  if (row === null) return { line: null };
  const { groupName: group, household } = row;
  const idCard = maskIdCard(normalIdCard(asked.idCard));
  return {
    line: { name: maskName(openRosterName(deps.seal, row)), idCard, group, household, verified: verified !== null },
  };
}

/**
 * Takes one line out of the roster: from now on nobody is verified by it at once. Whoever was stays a verified villager until
 * that is ended (`verification.end`): the roster says who may be let in, not who is. False when it was gone already.
 */
export async function removeRosterLine(
  deps: IdentityDeps,
  ctx: Ctx,
  asked: Asked & { reason: string },
): Promise<{ removed: boolean }> {
  const { region, reason } = asked;
  const index = await indexOf(deps, ctx, asked);
  return asPerson(ctx, async (tx) => {
    const removed = await store.deleteRosterLine(tx, region, index);
    if (!removed) return { removed };
    const onWhom = (await store.verifiedBy(tx, region, index)) ?? undefined;
    await record(tx, ctx, { act: "roster.remove", onWhom, region, detail: { line: index, reason } });
    return { removed };
  });
}
