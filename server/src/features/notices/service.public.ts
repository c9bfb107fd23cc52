import type { Contract } from "@weimenhu/contract";
import { lineage, type RegionCode } from "@weimenhu/domain/base/region";
import type * as z from "zod/mini";
import { requireRegion } from "../../foundation/regions/index.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import * as store from "./store.public.ts";
import { pageOf, placeOf } from "./view.cursor.ts";
import { notice, noticeCard } from "./view.ts";

type ListIn = z.output<Contract["notices"]["list"]["input"]>;
type ListOut = z.output<Contract["notices"]["list"]["output"]>;
type GetOut = z.output<Contract["notices"]["get"]["output"]>;

/** Raised when what a place shows of its own changes; a list depends on those of the place and of all above it. */
export const listScope = (region: RegionCode): string => `notices:${region}`;
export const noticeScope = (id: string): string => `notice:${id}`;
export const listScopes = (region: RegionCode): string[] => lineage(region).map(listScope);

/** Public: pinned ones first, then the newest. Without a region, the home county's. */
export async function list(home: RegionCode, ctx: Ctx, input: ListIn): Promise<ListOut> {
  const region = input.region ?? home;
  const limit = input.limit ?? 20;
  const after = input.cursor === undefined ? null : placeOf(input.cursor);
  const found = await store.list(ctx.db, { region, category: input.category ?? null, after, limit: limit + 1 });
  // A place that shows something exists; only silence is looked into.
  if (found.length === 0) await requireRegion(ctx.db, region);
  const { rows, next } = pageOf(found, limit, (row) => ({ rank: row.pinned, at: row.publishedAt, id: row.id }));
  return { items: rows.map(noticeCard), next };
}

/** Public: what was published, or that it was taken back and why. Drafts do not exist here. */
export async function get(ctx: Ctx, input: { id: string }): Promise<GetOut> {
  const row = await store.full(ctx.db, input.id);
  if (!row) throw refuse("NOT_FOUND");
  return notice(row);
}
