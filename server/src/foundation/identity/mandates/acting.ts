import { maskName } from "@weimenhu/domain/base/mask";
import { covers, type RegionCode } from "@weimenhu/domain/base/region";
import { type MandateScope, stateNow } from "@weimenhu/domain/identity/mandate";
import { signedIn } from "../../../kernel/caller.ts";
import type { Ctx } from "../../../kernel/ctx.ts";
import type { Db } from "../../../kernel/db.ts";
import type { IdentityDeps } from "../deps.ts";
import { openPhone } from "../people/phone.ts";
import { personById } from "../people/store.ts";
import { accountOf } from "./deps.ts";
import * as store from "./store.ts";
import { openPrincipalIdCard, openPrincipalName, openPrincipalPhone, scopesOf } from "./view.ts";

/** Whom somebody acts for. `index`: of the ID number; `person`: the principal's own account, where there is one. */
export type Principal = { index: string; villages: readonly RegionCode[]; person: string | null };

type Deps = Pick<IdentityDeps, "seal">;

/**
 * By a mandate of the caller's that stands and covers this. `none`: there is no such one; `ended`: it is over, or was never agreed
 * to, or the office of an agent is.
 */
export const principalOf =
  (deps: Deps) =>
  async (ctx: Ctx, id: string, scope: MandateScope): Promise<Principal | "none" | "ended"> => {
    const { personId, grants } = signedIn(ctx);
    const row = await store.mandateById(ctx.db.read, id);
    if (row?.personId !== personId || !scopesOf(row).includes(scope)) return "none";
    const { region, askedAt, untilAt: until } = row;
    if (stateNow({ state: row.state, askedAt, until }, ctx.clock.now()) !== "standing") return "ended";
    const agent = grants.some((grant) => grant.role === "agent" && covers(grant.region, region));
    if (row.kind === "agent" && !agent) return "ended";
    return { index: row.idIndex, villages: [region], person: await accountOf(deps, ctx, row) };
  };

/** Masked, by mandate; none once the name is deleted. */
export const principalNames =
  ({ seal }: Deps) =>
  async (db: Db, ids: readonly string[]): Promise<Map<string, string>> =>
    new Map(
      (await store.mandatesById(db, ids)).flatMap((row) => {
        const name = openPrincipalName(seal, row);
        return name === null ? [] : [[row.id, maskName(name)] as const];
      }),
    );

/** Where a principal reads text messages: on the phone of their own account, else on the one that was named; null for none. */
export const principalPhone =
  ({ seal }: Deps) =>
  async (db: Db, id: string): Promise<string | null> => {
    const row = await store.mandateById(db.read, id);
    if (!row) return null;
    const person = await accountOf({ seal }, { db }, row);
    const found = person === null ? null : await personById(db.read, person);
    return (found ? openPhone(seal, found) : null) ?? openPrincipalPhone(seal, row);
  };

/**
 * Name and ID number of a principal in full, for a system outside that they were to be named to, with the phone of their own
 * account, else of whoever acts for them. Null once it is over.
 */
export async function patientByMandate(
  { seal }: Deps,
  db: Db,
  id: string,
): Promise<{ name: string; idNumber: string; phone: string } | null> {
  const row = await store.mandateById(db.read, id);
  const [name, idNumber] = row ? [openPrincipalName(seal, row), openPrincipalIdCard(seal, row)] : [null, null];
  if (!row || name === null || idNumber === null) return null;
  for (const person of [await accountOf({ seal }, { db }, row), row.personId]) {
    const found = person === null ? null : await personById(db.read, person);
    const phone = found ? openPhone(seal, found) : null;
    if (phone !== null) return { name, idNumber, phone };
  }
  return null;
}
