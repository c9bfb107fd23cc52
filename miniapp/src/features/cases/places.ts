import { covers } from "@weimenhu/domain/base/region";
import type { Me, RegionNode } from "../../wire.ts";

export type PlaceChoice = { code: string | null; name: string };

const handlers: readonly Me["roles"][number]["role"][] = ["committee", "secretary", "clerk"];

/** Where this person handles cases: the regions of the offices themselves. */
export const officesOf = (me: Me) => me.roles.filter(({ role }) => handlers.includes(role));

/** Does this person handle a village's cases from a place above it only? */
export const isFromAbove = (me: Me, village: string): boolean =>
  !officesOf(me).some(({ region }) => region === village);

/** What the desk may be narrowed to: every place below one's offices, in the order of the county; first all of them. */
export function placesOf(me: Me, nodes: readonly RegionNode[]): PlaceChoice[] {
  const offices = officesOf(me).map(({ region }) => region);
  const below = nodes.filter(({ code }) => offices.some((office) => covers(office, code)));
  const named = below.map(({ code, name, level }) => ({ code, name: level === "village" ? name : `${name}（全部）` }));
  return [{ code: null, name: "我管的所有地方" }, ...named];
}
