import type { RegionCode } from "@weimenhu/domain/base/region";
import type { Calendar } from "@weimenhu/domain/base/workday";
import type { Db } from "../../kernel/db.ts";
import type { Seal } from "../../kernel/seal.ts";

/** Whoever is verified: the blind index of the ID number, and the villages that know them. */
export type RealPerson = { index: string; villages: readonly RegionCode[] };

/** As a hospital must know whoever comes: in full, for its own desk alone. */
export type Patient = { name: string; idNumber: string; phone: string };

export type AppointmentsDeps = {
  /** The county that is shown when no place is asked for. */
  home: RegionCode;
  calendar: () => Calendar;
  realPerson: (db: Db, person: string) => Promise<RealPerson | null>;
  /** Has the county joined a hospital? Without one nothing of a hospital's can be booked or given back here. */
  joined: boolean;
  /** As a hospital must know them; null when that is not known. */
  patientOf: (db: Db, person: string) => Promise<Patient | null>;
  /** Masked, by person id. */
  displayNames: (db: Db, ids: readonly string[]) => Promise<Map<string, string>>;
  seal: Pick<Seal, "blindIndex">;
};

/** Answers about what can be booked in a place stand until staff change it. */
export const offersScope = (region: RegionCode): string => `offers:${region}`;
/** Answers about the places of one offer stand until one of them is taken or freed. */
export const slotsScope = (offer: string): string => `slots:${offer}`;
