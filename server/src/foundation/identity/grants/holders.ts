import type { RegionCode } from "@weimenhu/domain/base/region";
import { type GrantedRole, type Permission, permissions } from "@weimenhu/domain/permissions";
import type { Db } from "../../../kernel/db.ts";
import { type Column, holdersOn, holdsOneOn } from "./store.ts";

export type Cadre = { person: string; role: GrantedRole; region: RegionCode };

/** Who holds an office with this permission on one of these places now (nearest first), each person once. */
export async function cadresOn(
  db: Pick<Db, "read">,
  regions: readonly RegionCode[],
  permission: Permission,
  now: number,
): Promise<Cadre[]> {
  const rows = await holdersOn(db, regions, permissions[permission], now);
  return rows.map(({ personId, role, region }) => ({ person: personId, role, region }));
}

/** The same of one person, for the statement of another room, which names its columns. Never NULL. */
export const isCadreOn = (person: Column, places: readonly Column[], permission: Permission, now: number) =>
  holdsOneOn(person, places, permissions[permission], now);
