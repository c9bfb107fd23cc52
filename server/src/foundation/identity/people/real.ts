import type { RegionCode } from "@weimenhu/domain/base/region";
import type { Db } from "../../../kernel/db.ts";
import type { IdentityDeps } from "../deps.ts";
import { patientByMandate } from "../mandates/acting.ts";
import { openIdCard, openName } from "../verification/sealed.ts";
import { applicationsOf } from "../verification/store.ts";
import { openPhone } from "./phone.ts";
import { personsById } from "./store.ts";

/** Whoever a village has verified: the blind index of the ID number, and where; null for everybody else. */
export async function realPerson(db: Db, person: string): Promise<{ index: string; villages: RegionCode[] } | null> {
  const verified = (await applicationsOf(db, person)).filter(({ state }) => state === "verified");
  const index = verified.findLast(({ idIndex }) => idIndex !== null)?.idIndex ?? null;
  return index === null ? null : { index, villages: verified.map(({ region }) => region) };
}

/**
 * Name, ID number and phone in full of whoever a village has verified, or of the principal of a mandate, for a system outside that
 * they agreed to be named to; null for everybody else, and once the account is closed or the mandate over.
 */
export const patientOf =
  ({ seal }: Pick<IdentityDeps, "seal">) =>
  async (
    db: Db,
    id: string,
    mandate: string | null = null,
  ): Promise<{ name: string; idNumber: string; phone: string } | null> => {
    if (mandate !== null) return patientByMandate({ seal }, db, mandate);
    const [[person], rows] = await Promise.all([personsById(db, [id]), applicationsOf(db, id)]);
    const row = rows.findLast(({ state, idCard }) => state === "verified" && idCard !== null);
    const [name, idNumber] = row ? [openName(seal, row), openIdCard(seal, row)] : [null, null];
    const phone = person ? openPhone(seal, person) : null;
    return name === null || idNumber === null || phone === null ? null : { name, idNumber, phone };
  };
