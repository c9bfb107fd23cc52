import type { Contract } from "@weimenhu/contract";
import type * as z from "zod/mini";
import { regionNames } from "../../foundation/regions/index.ts";
import type { Ctx } from "../../kernel/ctx.ts";

type Item = z.output<Contract["desk"]["waiting"]["output"]>["items"][number];
/** What a room lets wait for somebody; the desk adds the names of the places. */
export type Waiting = Omit<Item, "regionName">;
/** Each room answers for itself, and only with what this caller may act on. */
export type DeskDeps = { sources: readonly ((ctx: Ctx) => Promise<Waiting[]>)[] };

/** More than a person can look through at once helps nobody. */
const most = 200;

/** What waits for me in all rooms, oldest first. */
export async function waiting(deps: DeskDeps, ctx: Ctx): Promise<{ items: Item[] }> {
  const found = (await Promise.all(deps.sources.map((source) => source(ctx)))).flat();
  const items = found.sort((a, b) => a.since - b.since || a.id.localeCompare(b.id)).slice(0, most);
  const names = await regionNames(
    ctx.db,
    items.flatMap((item) => item.region ?? []),
  );
  return { items: items.map((item) => ({ ...item, regionName: (item.region && names.get(item.region)) || "" })) };
}
