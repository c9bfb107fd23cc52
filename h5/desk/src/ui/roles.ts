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
