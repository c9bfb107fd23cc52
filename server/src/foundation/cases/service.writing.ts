import { lineage, parentOf, type RegionCode } from "@weimenhu/domain/base/region";
import { type Office, officeIn, officeTitle } from "@weimenhu/domain/cases/office";
import type { Caller, Permission } from "@weimenhu/domain/permissions";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { regionNames } from "../regions/index.ts";
import type { By } from "./service.ts";

/** With which mark a caller writes about a village. Made before the transaction: it reads the names of the places. */
export type Writing = {
  /** As oneself: a verified villager of this village, or without a mark. */
  own: By;
  /** In the office that stands nearest to the place; null for one who has none there. */
  inOffice(region: RegionCode, permission?: Permission): By | null;
};

/** `竹溪村书记`, `清溪镇工作人员`: the office as it is held now; what is written keeps it for ever. */
export async function writingIn(ctx: Ctx, village: RegionCode): Promise<Writing> {
  const caller: Caller = signedIn(ctx);
  const names = await regionNames(ctx.db, lineage(village));
  const own: By = { caller, mark: caller.villager.includes(village) ? "villager" : "none", title: null };
  const by = (office: Office | null): By | null =>
    office && { caller, mark: "official", title: officeTitle(office.role, names.get(office.region) ?? "") };
  return {
    own,
    inOffice: (region, permission = "cases.handle") =>
      caller.strong ? by(officeIn(caller.grants, permission, region)) : null,
  };
}

/** The writer of a move by its actor; null for one who is not that. */
export function byActor(writing: Writing, actor: "handler" | "upper" | "author" | "system", region: RegionCode) {
  switch (actor) {
    case "author":
      return writing.own;
    case "handler":
      return writing.inOffice(region);
    case "upper":
      return writing.inOffice(parentOf(region) ?? region, "cases.watch");
    case "system":
      return null;
  }
}
