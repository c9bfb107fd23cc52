import type { RegionCode } from "@weimenhu/domain/base/region";
import { type GrantedRole, type Permission, permissions } from "@weimenhu/domain/permissions";
import type { Db } from "../../../kernel/db.ts";
import { type Column, heldPlaces, holdersOn, holdsAnyOn, holdsOneOn } from "./store.ts";

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

/** Those of these places where anybody holds an office with this permission now. */
export const staffedOf = (
  db: Pick<Db, "read">,
  regions: readonly RegionCode[],
  permission: Permission,
  now: number,
): Promise<Set<RegionCode>> => heldPlaces(db, regions, permissions[permission], now);

/** The same of the places of a statement: is anybody on any of them? Never NULL. */
export const isStaffed = (places: readonly Column[], permission: Permission, now: number) =>
  holdsAnyOn(places, permissions[permission], now);
