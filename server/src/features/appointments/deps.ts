import type { RegionCode } from "@weimenhu/domain/base/region";
import type { Calendar } from "@weimenhu/domain/base/workday";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Db } from "../../kernel/db.ts";
import type { Seal } from "../../kernel/seal.ts";

/** Whoever is verified: the blind index of the ID number, and the villages that know them. */
export type RealPerson = { readonly index: string; villages: readonly RegionCode[] };

/** Whom the caller acts for; `person`: their own account, where there is one. */
export type Principal = RealPerson & { person: string | null };

/** As a hospital must know whoever comes: in full, for its own desk alone. */
export type Patient = { name: string; idNumber: string; phone: string };

export type AppointmentsDeps = {
  /** The county that is shown when no place is asked for. */
  home: RegionCode;
  calendar: () => Calendar;
  realPerson: (db: Db, person: string) => Promise<RealPerson | null>;
  /** By a mandate of the caller's; a word when it does not stand. */
  principalOf: (ctx: Ctx, mandate: string, scope: "appointments") => Promise<Principal | "none" | "ended">;
  /** Masked, by mandate. */
  principalNames: (db: Db, mandates: readonly string[]) => Promise<Map<string, string>>;
  /** Has the county joined a hospital? Without one nothing of a hospital's can be booked or given back here. */
  joined: boolean;
  /** As a hospital must know them, or the principal of this mandate; null when that is not known. */
  patientOf: (db: Db, person: string, mandate?: string | null) => Promise<Patient | null>;
  /** Masked, by person id. */
  displayNames: (db: Db, ids: readonly string[]) => Promise<Map<string, string>>;
  seal: Pick<Seal, "blindIndex">;
};

/** Answers about what can be booked in a place stand until staff change it. */
export const offersScope = (region: RegionCode): string => `offers:${region}`;
/** Answers about the places of one offer stand until one of them is taken or freed. */
export const slotsScope = (offer: string): string => `slots:${offer}`;
