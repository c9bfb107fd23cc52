import { levelOf } from "@weimenhu/domain/base/region";
import type { GrantedRole } from "@weimenhu/domain/permissions";

export const roleNames: Record<GrantedRole, string> = {
  agent: "代办员",
  committee: "村委委员",
  secretary: "村书记",
  supervisor: "村监委",
  clerk: "镇工作人员",
  sysadmin: "系统管理员",
  secadmin: "安全管理员",
  auditadmin: "审计管理员",
};

/** The office in a region: a clerk works for the county or for a town. */
export const roleName = ({ role, region }: { role: GrantedRole; region: string }): string =>
  role === "clerk" && levelOf(region) === "county" ? "县工作人员" : roleNames[role];
