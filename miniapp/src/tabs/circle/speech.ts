import type { Me, OutputOf } from "../../wire.ts";

/** May this person write here? Else what must come first. */
export type Speech = NonNullable<OutputOf<"circle.feed">["mayPost"]>;

const cadres: readonly Me["roles"][number]["role"][] = ["secretary", "committee", "supervisor"];

/** What can be told before the server was asked. */
export function speechOf(me: Me, village: string): Speech {
  if (me.phone === null) return "PHONE_FIRST";
  const verified = me.villages.some(({ code, verification }) => code === village && verification === "verified");
  const office = me.roles.some(({ role, region }) => region === village && cadres.includes(role));
  return verified || office ? "ok" : "VERIFY_FIRST";
}
