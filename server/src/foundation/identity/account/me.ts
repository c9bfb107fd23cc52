import type { Contract } from "@weimenhu/contract";
import { maskName, maskPhone } from "@weimenhu/domain/base/mask";
import { parentOf, type RegionCode } from "@weimenhu/domain/base/region";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { type Caller, permissionsOf } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import type { Ctx } from "../../../kernel/rpc.ts";
import { followsOf, regionNames } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { officeNames } from "../people/names.ts";
import { openPhone } from "../people/phone.ts";
import * as people from "../people/store.ts";
import { hasTotp } from "../sign-in/store.ts";
import { openName } from "../verification/sealed.ts";
import { applicationsOf } from "../verification/store.ts";

export type Me = NonNullable<z.output<Contract["account"]["me"]["output"]>["me"]>;
type Elder = Me["elder"];

const elderOf = (stored: number): Elder => (stored === 1 || stored === 2 ? stored : 0);

/** Me, as I may see myself: phone and name masked. */
export async function meOf(deps: IdentityDeps, { db }: Pick<Ctx, "db">, caller: Caller): Promise<Me> {
  const { personId } = caller;
  const [row, follows, applications, identities, consents, enrolled] = await Promise.all([
    people.personById(db.read, personId),
    followsOf(db, personId),
    applicationsOf(db, personId),
    people.identitiesOf(db, personId),
    people.consentsOf(db, personId),
    hasTotp(db, personId),
  ]);
  if (!row) throw new Error("a session without a person");
  const phone = openPhone(deps.seal, row);
  // The newest word on each village; the list comes oldest first.
  const latest = new Map(applications.map((application) => [application.region, application]));
  const verified = applications.findLast((application) => application.state === "verified");
  const name = verified ? openName(deps.seal, verified) : null;
  const stands = applications.filter(({ state }) => state === "verified" || state === "pending");
  const codes = [...new Set([...follows.map((row) => row.region), ...stands.map((row) => row.region)])];
  const home = follows.find((follow) => follow.home)?.region;
  const names = await regionNames(db, withParents([...codes, ...caller.grants.map((grant) => grant.region)]));
  const staffName = caller.grants.length > 0 ? (await officeNames(deps)(db, [personId])).get(personId) : undefined;
  const nameOf = (code: RegionCode | null) => (code === null ? "" : (names.get(code) ?? ""));
  const uses = (vendor: "wechat" | "alipay") => identities.some(({ provider }) => provider.startsWith(vendor));
  return {
    id: personId,
    phone: phone === null ? null : maskPhone(phone),
    name: name === null ? null : maskName(name),
    ...(staffName === undefined ? {} : { staffName }),
    elder: elderOf(row.elder),
    villages: codes.map((code) => ({
      code,
      name: nameOf(code),
      town: nameOf(parentOf(code)),
      home: code === home,
      verification: latest.get(code)?.state ?? "none",
      group: latest.get(code)?.groupName || null,
    })),
    roles: caller.grants.map(({ role, region }) => ({ role, region, regionName: nameOf(region) })),
    may: permissionsOf(caller.grants),
    strong: caller.strong,
    enrolled,
    channels: [
      ...(uses("wechat") ? (["wechat"] as const) : []),
      ...(uses("alipay") ? (["alipay"] as const) : []),
      ...(phone === null ? [] : (["phone"] as const)),
    ],
    consented: consents.some(({ what, version }) => what === "privacy" && version === privacyVersion),
  };
}

const withParents = (codes: readonly RegionCode[]): RegionCode[] =>
  codes.flatMap((code) => [code, parentOf(code) ?? code]);
