import { covers, levelOf, type RegionCode } from "../base/region.ts";
import type { Caller, GrantedRole } from "../permissions.ts";

/** As what somebody speaks in a village; it stands beside the words for ever. */
export type Mark = "official" | "villager" | "none";

const titles: Partial<Record<GrantedRole, string>> = {
  secretary: "村书记",
  committee: "村委会委员",
  supervisor: "村务监督委员会",
};
const above = { county: "县工作人员", town: "镇工作人员", village: "村工作人员" } as const;

/**
 * The mark and office of the caller in a village. Office counts only after a second factor, so a stolen password speaks for
 * nobody; the highest duty in the village itself goes first, then those above it.
 */
export function speakerIn(caller: Caller, village: RegionCode): { mark: Mark; title: string | null } {
  if (caller.strong) {
    const here = caller.grants.filter((grant) => covers(grant.region, village));
    for (const role of ["secretary", "committee", "supervisor"] as const)
      if (here.some((grant) => grant.role === role)) return { mark: "official", title: titles[role] ?? null };
    const clerk = here.find((grant) => grant.role === "clerk");
    if (clerk) return { mark: "official", title: above[levelOf(clerk.region)] };
  }
  return { mark: caller.villager.includes(village) ? "villager" : "none", title: null };
}
