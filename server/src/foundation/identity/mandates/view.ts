import type { Contract } from "@weimenhu/contract";
import { maskIdCard, maskName } from "@weimenhu/domain/base/mask";
import {
  allowedMandateMoves,
  isAdult,
  type MandateActor,
  type MandateFacts,
  type MandateScope,
  mandateScopes,
  stateNow,
} from "@weimenhu/domain/identity/mandate";
import type * as z from "zod/mini";
import { shanghaiDay } from "../../../kernel/clock.ts";
import type { Seal } from "../../../kernel/seal.ts";
import { places } from "../verification/sealed.ts";
import type { MandateRow } from "./store.ts";

export type Mandate = z.output<Contract["mandates"]["ask"]["output"]>;

/** In full; null once it is deleted: mask it before it leaves. */
export const openPrincipalName = (seal: Seal, { id, name }: Pick<MandateRow, "id" | "name">): string | null =>
  name === null ? null : seal.open(name, places.mandateName(id));
export const openPrincipalIdCard = (seal: Seal, { id, idCard }: Pick<MandateRow, "id" | "idCard">): string | null =>
  idCard === null ? null : seal.open(idCard, places.mandateIdCard(id));

export const openPrincipalPhone = (seal: Seal, { id, phone }: Pick<MandateRow, "id" | "phone">): string | null =>
  phone === null ? null : seal.open(phone, places.mandatePhone(id));

export const scopesOf = ({ scopes }: Pick<MandateRow, "scopes">): MandateScope[] =>
  mandateScopes.filter((scope) => scopes.split(",").includes(scope));

/** `own`: who asks is one of the two that it is about, and no officer for it. */
export function factsOf(
  seal: Seal,
  row: MandateRow,
  { now, own, byCode }: { now: number; own: boolean; byCode: boolean },
): MandateFacts {
  const idCard = openPrincipalIdCard(seal, row);
  return {
    state: stateNow({ state: row.state, askedAt: row.askedAt, until: row.untilAt }, now),
    adult: idCard !== null && isAdult(idCard, shanghaiDay(now)),
    own,
    byCode,
  };
}

type Seen = {
  facts: MandateFacts;
  actors: readonly MandateActor[];
  regionName: string;
  /** Who acts, as the one who reads may see them. */
  holder: string;
};

const masked = (mask: (plain: string) => string, plain: string | null): string => (plain === null ? "" : mask(plain));

export const mandateOut = (seal: Seal, row: MandateRow, { facts, actors, regionName, holder }: Seen): Mandate => ({
  id: row.id,
  kind: row.kind,
  relation: row.relation,
  scopes: scopesOf(row),
  region: row.region,
  regionName,
  state: facts.state,
  name: masked(maskName, openPrincipalName(seal, row)),
  idCard: masked(maskIdCard, openPrincipalIdCard(seal, row)),
  holder,
  days: row.days,
  askedAt: row.askedAt,
  until: row.untilAt,
  consent: row.consent,
  note: row.note === "" ? null : row.note,
  may: allowedMandateMoves(facts, actors),
});
