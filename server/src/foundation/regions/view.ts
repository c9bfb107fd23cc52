import { levelOf, parentOf, type RegionLevel } from "@weimenhu/domain/base/region";
import type { RegionRow } from "./store.ts";

export type RegionNode = { code: string; name: string; level: RegionLevel; parent: string | null };

/** Nothing personal is in a place. */
export const regionNode = (row: RegionRow): RegionNode => ({
  code: row.code,
  name: row.name,
  level: levelOf(row.code),
  parent: parentOf(row.code),
});
