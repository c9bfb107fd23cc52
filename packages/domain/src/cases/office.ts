import { covers, type RegionCode, subtreePrefix } from "../base/region.ts";
import { type Grant, type GrantedRole, type Permission, permissions } from "../permissions.ts";

export type Office = { role: GrantedRole; region: RegionCode };

const titles: Partial<Record<GrantedRole, string>> = {
  secretary: "书记",
  committee: "村委会委员",
  supervisor: "村务监督委员会成员",
  agent: "代办员",
};
const longestTitle = 40;

/** How an office is named beside an answer: `竹溪村书记`, `清溪镇工作人员`; at most 40 characters. */
export const officeTitle = (role: GrantedRole, place: string): string => {
  const what = titles[role] ?? "工作人员";
  return [...place].slice(0, longestTitle - what.length).join("") + what;
};

const order: readonly GrantedRole[] = ["secretary", "committee", "supervisor", "agent", "clerk"];
const rank = (role: GrantedRole): number => (order.includes(role) ? order.indexOf(role) : order.length);

/** Of the grants that carry a permission on a place the nearest one, and of several there the highest office. */
export function officeIn(grants: readonly Grant[], permission: Permission, region: RegionCode): Office | null {
  const holds: readonly GrantedRole[] = permissions[permission];
  const found = grants.filter((grant) => holds.includes(grant.role) && covers(grant.region, region));
  const near = (grant: Grant): number => subtreePrefix(grant.region).length;
  const [first] = found.toSorted((a, b) => near(b) - near(a) || rank(a.role) - rank(b.role));
  return first ? { role: first.role, region: first.region } : null;
}
