/** Who may do what, where. Pure: the server asks here, the clients only see the answers. */
import { covers, type RegionCode, type RegionLevel } from "./base/region.ts";

/** Roles that are given by a grant on a region. Followers and verified villagers are facts of their own. */
export const grantedRoles = [
  "agent",
  "committee",
  "secretary",
  "supervisor",
  "clerk",
  "sysadmin",
  "secadmin",
  "auditadmin",
] as const;
export type GrantedRole = (typeof grantedRoles)[number];

/** Where a role can be held: village offices in a village, the three administrators for the county, the others anywhere. */
export function heldAt(role: GrantedRole, level: RegionLevel): boolean {
  if (role === "committee" || role === "secretary" || role === "supervisor") return level === "village";
  return !isAdmin(role) || level === "county";
}
export type Role = "follower" | "villager" | GrantedRole;

export const permissions = {
  "notices.desk": ["committee", "secretary", "supervisor", "clerk"],
  "notices.write": ["committee", "secretary", "clerk"],
  "notices.review": ["secretary", "supervisor", "clerk"],
  "notices.publish": ["secretary", "clerk"],
  "portals.manage": ["clerk"],
  "media.upload": ["committee", "secretary", "supervisor", "clerk"],
  "cases.handle": ["committee", "secretary", "clerk"],
  "cases.watch": ["clerk"],
  "circle.cadres": ["committee", "secretary", "supervisor", "clerk"],
  "circle.moderate": ["secretary", "clerk"],
  "circle.unmask": ["clerk"],
  "appointments.manage": ["secretary", "clerk"],
  "appointments.serve": ["committee", "secretary", "clerk"],
  "villagers.decide": ["secretary"],
  "roster.import": ["secretary", "clerk"],
  "desk.open": ["committee", "secretary", "supervisor", "clerk", "sysadmin", "secadmin", "auditadmin"],
  "regions.manage": ["sysadmin"],
  "ops.manage": ["sysadmin"],
  "grants.manage": ["secadmin"],
  "audit.read": ["auditadmin"],
} as const satisfies Record<string, readonly GrantedRole[]>;

export type Permission = keyof typeof permissions;
/** `agreed`: a phone, and the privacy text of now agreed to; for what keeps something new about the person. */
export type Who = "anyone" | "person" | "phone" | "agreed" | Permission;
export type Grant = { role: GrantedRole; region: RegionCode };

/** One who calls: what the session knows of the person. `strong`: a second factor was shown, or a platform sign-in bound to the phone. */
export type Caller = {
  personId: string;
  sessionId: string;
  phoneVerified: boolean;
  /** Was the privacy text of now agreed to? */
  consented: boolean;
  strong: boolean;
  grants: readonly Grant[];
  /** Villages where the person is a verified villager. */
  villager: readonly RegionCode[];
  /** Villages that the person follows. */
  follows: readonly RegionCode[];
};

export type CallRefusal = "SIGN_IN_FIRST" | "PHONE_FIRST" | "CONSENT_FIRST" | "SECOND_FACTOR_FIRST" | "NOT_ALLOWED";

const holds = (role: GrantedRole, permission: Permission): boolean =>
  (permissions[permission] as readonly GrantedRole[]).includes(role);

/** Has the caller this permission on this region? A grant reaches down its subtree only. */
export function hasPermission(caller: Caller | null, permission: Permission, region: RegionCode): boolean {
  return caller?.grants.some((grant) => holds(grant.role, permission) && covers(grant.region, region)) ?? false;
}

/** The regions on which the caller holds a permission; each stands for its subtree. */
export function regionsWith(caller: Caller, permission: Permission): RegionCode[] {
  return [...new Set(caller.grants.filter((grant) => holds(grant.role, permission)).map((grant) => grant.region))];
}

/** The gate on every procedure: null lets the call in, a word keeps it out. The region is asked in the service. */
export function callRefusal(caller: Caller | null, who: Who): CallRefusal | null {
  if (who === "anyone") return null;
  if (!caller) return "SIGN_IN_FIRST";
  if (who === "person") return null;
  if (!caller.phoneVerified) return "PHONE_FIRST";
  if (who === "phone") return null;
  if (who === "agreed") return caller.consented ? null : "CONSENT_FIRST";
  if (!caller.grants.some((grant) => holds(grant.role, who))) return "NOT_ALLOWED";
  return caller.strong ? null : "SECOND_FACTOR_FIRST";
}

/** All permissions that the caller holds anywhere: the clients show only what can be done. */
export function permissionsOf(grants: readonly Grant[]): Permission[] {
  return (Object.keys(permissions) as Permission[]).filter((permission) =>
    grants.some((grant) => holds(grant.role, permission)),
  );
}

const admins: readonly GrantedRole[] = ["sysadmin", "secadmin", "auditadmin"];
/** System, security and audit: offices that the county always has somebody in. */
export const isAdmin = (role: GrantedRole): boolean => admins.includes(role);
const committee: readonly GrantedRole[] = ["committee", "secretary"];

/**
 * Roles that one person may not hold together: supervisors are never of the committee they watch
 * (村民委员会组织法), and the three administrators are three people (GB/T 22239 level 3).
 */
export function grantConflict(held: readonly Grant[], wanted: Grant): Grant | null {
  const clash = held.find((grant) => {
    if (grant.role !== wanted.role && admins.includes(grant.role) && admins.includes(wanted.role)) return true;
    const watches = grant.role === "supervisor" && committee.includes(wanted.role);
    const watched = committee.includes(grant.role) && wanted.role === "supervisor";
    return (watches || watched) && (covers(grant.region, wanted.region) || covers(wanted.region, grant.region));
  });
  return clash ?? null;
}
