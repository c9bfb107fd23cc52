import type { RegionCode } from "@weimenhu/domain/base/region";
import { type Grant, type GrantedRole, grantConflict, isAdmin } from "@weimenhu/domain/permissions";
import { callerScope } from "../../../kernel/caller.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { refuse } from "../../../kernel/refuse.ts";
import { bump, type Tx } from "../../../kernel/tx.ts";
import { lockPersons } from "../people/store.ts";
import * as store from "./store.ts";

/**
 * The county must never be without one of its three administrators: LAST_HOLDER. Only who holds the office without an end
 * counts: one given for a minute would leave the county without anybody when the minute is over.
 */
export async function needOtherHolder(tx: Tx, grant: store.GrantRow, now: number): Promise<void> {
  if (!isAdmin(grant.role)) return;
  const holders = await store.lockHolders(tx, grant.role, now);
  const others = holders.filter(
    (held) => held.untilAt === null && held.region === grant.region && held.personId !== grant.personId,
  );
  if (others.length === 0) throw refuse("LAST_HOLDER", { details: { role: grant.role } });
}

/** For one who leaves altogether. */
export async function needOtherHolders(tx: Tx, personId: string, now: number): Promise<void> {
  for (const grant of await store.standingOf(tx, personId, now)) await needOtherHolder(tx, grant, now);
}

export type NewGrant = Grant & { personId: string; until: number | null | undefined; givenBy: string | null };

/**
 * Gives a role, once: the same role again gives the grant that stands the end that is asked for now, and leaves the one it has
 * where none is named. ROLE_CONFLICT where one person may not hold both. The person is locked, so two grants at once cannot pass each other.
 */
export async function give(tx: Tx, clock: Clock, wanted: NewGrant): Promise<{ id: string; changed: boolean }> {
  const { personId, role, region, until, givenBy } = wanted;
  const now = clock.now();
  const [person] = await lockPersons(tx, [personId]);
  if (person?.state !== "open") throw refuse("NO_SUCH_PERSON");
  await store.endRunOut(tx, personId, now);
  const held = await store.standingOf(tx, personId, now);
  const same = held.find((grant) => grant.role === role && grant.region === region);
  if (same) return { id: same.id, changed: await setEnd(tx, same, until, now) };
  const clash = grantConflict(held, { role, region });
  if (clash) throw refuse("ROLE_CONFLICT", { details: { role: clash.role, region: clash.region } });
  const id = newId(clock);
  await store.insertGrant(tx, {
    id,
    personId,
    region,
    role,
    since: now,
    untilAt: until ?? null,
    givenBy,
    endedAt: null,
    endedBy: null,
    reason: null,
    openKey: openKeyOf(personId, region, role),
  });
  await bump(tx, callerScope(personId));
  return { id, changed: true };
}

async function setEnd(tx: Tx, standing: store.GrantRow, until: NewGrant["until"], now: number): Promise<boolean> {
  if (until === undefined || standing.untilAt === until) return false;
  if (until !== null) await needOtherHolder(tx, standing, now);
  await store.setUntil(tx, standing.id, until);
  await bump(tx, callerScope(standing.personId));
  return true;
}

const openKeyOf = (personId: string, region: RegionCode, role: GrantedRole): string => `${personId}:${region}:${role}`;
