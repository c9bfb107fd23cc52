import { levelOf, type RegionCode } from "../base/region.ts";
import type { GrantedRole } from "../permissions.ts";

/** The offices as they are called where one is given; a clerk is called by the place (`roleName`). */
export const roleNames: Record<GrantedRole, string> = {
  agent: "代办员",
  committee: "村委会委员",
  secretary: "村书记",
  supervisor: "村监委",
  clerk: "镇工作人员",
  sysadmin: "系统管理员",
  secadmin: "安全管理员",
  auditadmin: "审计管理员",
};

const clerkOf = { county: "县工作人员", town: "镇工作人员", village: "村工作人员" } as const;

/** The office as it is held in a region: a clerk works for the county, a town or a village. */
export const roleName = ({ role, region }: { role: GrantedRole; region: RegionCode }): string =>
  role === "clerk" ? clerkOf[levelOf(region)] : roleNames[role];
