import { normalPhone } from "@weimenhu/domain/base/phone";
import { type GrantedRole, isAdmin } from "@weimenhu/domain/permissions";
import { bySystem, record } from "../../../kernel/audit.ts";
import { type Clock, sqlTime } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import type { IdentityDeps } from "../deps.ts";
import { makingOnce, personOfPhone } from "../people/join.ts";
import { give } from "./rules.ts";
import { isStaffName, setStaffName } from "./staff-name.ts";
import { lockFirstAdmins, lockHolders } from "./store.ts";

export type FirstAdmin = { phone: string; role: GrantedRole; name?: string };
export type FirstAdminsDeps = Pick<IdentityDeps, "seal" | "homeCounty"> & { db: Db; clock: Clock };

/**
 * The first administrators of the county, named by the operator; everybody after them is named by the security
 * administrator. Works for a role only while nobody holds it, all or nothing. The person need not have signed in: the
 * account is whoever proves that phone by a one-time code. Throws a plain error that the operator can read.
 */
export async function bootstrapAdmins(deps: FirstAdminsDeps, wanted: readonly FirstAdmin[]): Promise<void> {
  const by = bySystem(deps.clock);
  const now = deps.clock.now();
  await makingOnce(deps.db, async (tx) => {
    await lockFirstAdmins(tx, sqlTime(now));
    for (const { phone: typed, role, name } of wanted) {
      const phone = normalPhone(typed);
      if (phone === null) throw new Error(`${role}: not a mobile phone number of 11 digits`);
      if (!isAdmin(role)) throw new Error(`${role}: only sysadmin, secadmin and auditadmin are named this way`);
      if (name !== undefined && !isStaffName(name))
        throw new Error(`${role}: the name must be 2 to 20 Chinese characters`);
      const region = deps.homeCounty;
      const holders = await lockHolders(tx, role, now);
      if (holders.some((held) => held.region === region)) {
        throw new Error(`${role}: somebody holds this role already; the security administrator names further ones`);
      }
      const personId = await personOfPhone(tx, by, deps.seal, phone);
      await give(tx, deps.clock, { personId, role, region, until: null, givenBy: null });
      if (name !== undefined) await setStaffName(tx, deps, { personId, name, givenBy: null });
      await record(tx, by, { act: "grant.first", onWhom: personId, region, detail: { role } });
    }
  });
}
