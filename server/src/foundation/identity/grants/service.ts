import type { Contract } from "@weimenhu/contract";
import { maskPhone } from "@weimenhu/domain/base/mask";
import { normalPhone } from "@weimenhu/domain/base/phone";
import { levelOf, type RegionCode } from "@weimenhu/domain/base/region";
import { type GrantedRole, hasPermission, heldAt, regionsWith } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { record } from "../../../kernel/audit.ts";
import { callerScope, signedIn } from "../../../kernel/caller.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump } from "../../../kernel/tx.ts";
import { regionNames, requireRegion } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { asPerson } from "../people/hold.ts";
import { displayNames } from "../people/names.ts";
import { openPhone, phoneIndex } from "../people/phone.ts";
import { personByPhone, personsById } from "../people/store.ts";
import { withTotp } from "../sign-in/store.ts";
import { give as giveGrant, needOtherHolder } from "./rules.ts";
import { needStaffName, setStaffName } from "./staff-name.ts";
import * as store from "./store.ts";

type List = z.output<Contract["grants"]["list"]["output"]>;

/** Who holds which role, in the regions of the security administrator. */
export async function list(deps: IdentityDeps, ctx: Ctx, input: { region?: RegionCode | undefined }): Promise<List> {
  const caller = signedIn(ctx);
  const { region } = input;
  if (region !== undefined && !hasPermission(caller, "grants.manage", region)) throw refuse("NOT_ALLOWED");
  const regions = region === undefined ? regionsWith(caller, "grants.manage") : [region];
  const rows = await store.standingIn(ctx.db, regions, ctx.clock.now());
  const ids = [...new Set(rows.map((row) => row.personId))];
  const [names, places, people, second] = await Promise.all([
    displayNames(deps)(ctx.db, ids),
    regionNames(
      ctx.db,
      rows.map((row) => row.region),
    ),
    personsById(ctx.db, ids),
    withTotp(ctx.db, ids),
  ]);
  const phones = new Map(people.map((row) => [row.id, openPhone(deps.seal, row)]));
  return {
    items: rows.map((row) => ({
      id: row.id,
      person: names.get(row.personId) ?? "",
      phone: maskPhone(phones.get(row.personId) ?? ""),
      role: row.role,
      region: row.region,
      regionName: places.get(row.region) ?? "",
      since: row.since,
      until: row.untilAt,
      mine: row.personId === caller.personId,
      second: second.has(row.personId),
    })),
  };
}

type Give = {
  phone: string;
  name?: string | undefined;
  role: GrantedRole;
  region: RegionCode;
  until?: number | undefined;
};

/**
 * To somebody who signed in with this phone before, never to oneself. Given again, what stands gets the end and the name that
 * are named now: so an office is made longer or shorter, and a name is put right.
 */
export async function give(deps: IdentityDeps, ctx: Ctx, input: Give): Promise<{ id: string }> {
  const caller = signedIn(ctx);
  const { role, region, until } = input;
  if (!hasPermission(caller, "grants.manage", region)) throw refuse("NOT_ALLOWED");
  await requireRegion(ctx.db, region);
  if (!heldAt(role, levelOf(region))) throw refuse("PLACE_LEVEL");
  if (until !== undefined && until <= ctx.clock.now()) throw refuse("TIME_NEEDED");
  if (input.name !== undefined) needStaffName(input.name);
  const phone = normalPhone(input.phone);
  if (phone === null) throw refuse("PHONE_BAD");
  const person = await personByPhone(ctx.db.read, phoneIndex(deps.seal, phone));
  if (!person) throw refuse("NO_SUCH_PERSON");
  if (person.id === caller.personId) throw refuse("OWN_GRANT");
  return asPerson(ctx, async (tx) => {
    const given = { personId: person.id, role, region, until, givenBy: caller.personId };
    const { id, changed } = await giveGrant(tx, ctx.clock, given);
    if (changed) await record(tx, ctx, { act: "grant.give", onWhom: person.id, region, detail: { role, until, id } });
    const named = { personId: person.id, givenBy: caller.personId };
    const { name } = input;
    if (name !== undefined && (await setStaffName(tx, { seal: deps.seal, clock: ctx.clock }, { ...named, name })))
      await record(tx, ctx, { act: "staff.name", onWhom: person.id, region });
    return { id };
  });
}

/** Another region's grant is not found. LAST_HOLDER for the last administrator of a kind. */
export async function end(ctx: Ctx, input: { id: string; reason: string }): Promise<{ ok: true }> {
  const caller = signedIn(ctx);
  const now = ctx.clock.now();
  await asPerson(ctx, async (tx) => {
    const row = await store.grantById(tx, input.id);
    if (!row || !hasPermission(caller, "grants.manage", row.region)) throw refuse("NOT_FOUND");
    await needOtherHolder(tx, row, now);
    const ended = await store.endGrant(tx, row.id, { by: caller.personId, at: now, reason: input.reason });
    if (!ended) throw refuse("WRONG_STATE");
    await bump(tx, callerScope(row.personId));
    await record(tx, ctx, {
      act: "grant.end",
      onWhom: row.personId,
      region: row.region,
      detail: { role: row.role, id: row.id },
    });
  });
  return { ok: true };
}
