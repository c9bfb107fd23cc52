import type { RegionCode } from "@weimenhu/domain/base/region";
import type { Db } from "../../../kernel/db.ts";
import { applicationsOf } from "../verification/store.ts";

/** Whoever a village has verified: the blind index of the ID number, and where; null for everybody else. */
export async function realPerson(db: Db, person: string): Promise<{ index: string; villages: RegionCode[] } | null> {
  const verified = (await applicationsOf(db, person)).filter(({ state }) => state === "verified");
  const index = verified.findLast(({ idIndex }) => idIndex !== null)?.idIndex ?? null;
  return index === null ? null : { index, villages: verified.map(({ region }) => region) };
}
