import { describe, expect, test } from "vitest";
import {
  type Caller,
  callRefusal,
  type Grant,
  type GrantedRole,
  grantConflict,
  grantedRoles,
  hasPermission,
  permissions,
  permissionsOf,
} from "./permissions.ts";

const village = "990101103201";
const otherVillage = "990101103202";
const town = "990101103000";
const caller = (grants: Grant[], more: Partial<Caller> = {}): Caller => ({
  personId: "p",
  sessionId: "s",
  phoneVerified: true,
  consented: true,
  strong: true,
  grants,
  villager: [],
  follows: [],
  ...more,
});

describe("hasPermission", () => {
  test("a grant reaches its subtree, never a neighbour or the town above", () => {
    const secretary = caller([{ role: "secretary", region: village }]);
    expect(hasPermission(secretary, "notices.publish", village)).toBe(true);
    expect(hasPermission(secretary, "notices.publish", otherVillage)).toBe(false);
    expect(hasPermission(secretary, "notices.publish", town)).toBe(false);
    expect(hasPermission(caller([{ role: "clerk", region: town }]), "notices.publish", otherVillage)).toBe(true);
    expect(hasPermission(null, "notices.write", village)).toBe(false);
  });
  test("no administrator can do another's job or a village's", () => {
    for (const role of ["sysadmin", "secadmin", "auditadmin"] as const) {
      const may = permissionsOf([{ role, region: "990101000000" }]);
      expect(may).not.toContain("notices.write");
      expect(may.filter((x) => ["ops.manage", "grants.manage", "audit.read"].includes(x))).toHaveLength(1);
    }
  });
});

describe("callRefusal", () => {
  test("asks for one step at a time, in order", () => {
    expect(callRefusal(null, "anyone")).toBeNull();
    expect(callRefusal(null, "person")).toBe("SIGN_IN_FIRST");
    expect(callRefusal(caller([], { phoneVerified: false }), "phone")).toBe("PHONE_FIRST");
    expect(callRefusal(caller([], { phoneVerified: false, consented: false }), "agreed")).toBe("PHONE_FIRST");
    expect(callRefusal(caller([], { consented: false }), "agreed")).toBe("CONSENT_FIRST");
    expect(callRefusal(caller([], { consented: false }), "phone")).toBeNull();
    expect(callRefusal(caller([]), "agreed")).toBeNull();
    expect(callRefusal(caller([]), "notices.write")).toBe("NOT_ALLOWED");
    expect(callRefusal(caller([{ role: "secretary", region: village }], { strong: false }), "notices.write")).toBe(
      "SECOND_FACTOR_FIRST",
    );
    expect(callRefusal(caller([{ role: "secretary", region: village }]), "notices.write")).toBeNull();
  });
  test("every permission belongs to somebody", () => {
    for (const roles of Object.values(permissions)) expect(roles.length).toBeGreaterThan(0);
  });
});

describe("grantConflict", () => {
  const conflict = (a: GrantedRole, ra: string, b: GrantedRole, rb: string) =>
    grantConflict([{ role: a, region: ra }], { role: b, region: rb }) !== null;
  test("a supervisor is never of the committee they watch, in either order", () => {
    expect(conflict("secretary", village, "supervisor", village)).toBe(true);
    expect(conflict("supervisor", village, "committee", village)).toBe(true);
    expect(conflict("supervisor", town, "committee", village)).toBe(true);
    expect(conflict("supervisor", village, "committee", otherVillage)).toBe(false);
  });
  test("the three administrators are three people", () => {
    const admins = ["sysadmin", "secadmin", "auditadmin"] as const;
    for (const a of admins)
      for (const b of admins) expect(conflict(a, "990101000000", b, "990101000000")).toBe(a !== b);
  });
  test("nothing else conflicts", () => {
    for (const role of grantedRoles) expect(conflict("agent", village, role, village)).toBe(false);
  });
});
