/**
 * Region codes: 12 digits, county 6 + town 3 + village 3 (GB/T 2260 and 10114; a county ends in six zeros, a town in three).
 * A grant on a region reaches down its subtree, never up or sideways.
 */
export type RegionCode = string;
export type RegionLevel = "county" | "town" | "village";

/** True for 12 digits whose town part is not skipped (a village always stands in a town). */
export function isRegionCode(code: string): boolean {
  return (
    /^\d{12}$/.test(code) && !code.startsWith("000000") && !(code.slice(6, 9) === "000" && code.slice(9) !== "000")
  );
}

export function levelOf(code: RegionCode): RegionLevel {
  if (code.endsWith("000000")) return "county";
  return code.endsWith("000") ? "town" : "village";
}

export function parentOf(code: RegionCode): RegionCode | null {
  switch (levelOf(code)) {
    case "county":
      return null;
    case "town":
      return `${code.slice(0, 6)}000000`;
    case "village":
      return `${code.slice(0, 9)}000`;
  }
}

/** The region itself and everything above it, nearest first. */
export function lineage(code: RegionCode): RegionCode[] {
  const parent = parentOf(code);
  return parent === null ? [code] : [code, ...lineage(parent)];
}

/** The digits that every code of the subtree starts with. */
export function subtreePrefix(code: RegionCode): string {
  switch (levelOf(code)) {
    case "county":
      return code.slice(0, 6);
    case "town":
      return code.slice(0, 9);
    case "village":
      return code;
  }
}

/** Does `upper` contain `code` (or equal it)? */
export function covers(upper: RegionCode, code: RegionCode): boolean {
  return code.startsWith(subtreePrefix(upper));
}
