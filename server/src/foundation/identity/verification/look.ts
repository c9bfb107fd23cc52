import type { RegionCode } from "@weimenhu/domain/base/region";
import { type Caller, hasPermission, regionsWith } from "@weimenhu/domain/permissions";
import { record } from "../../../kernel/audit.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { regionNames } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { asPerson } from "../people/hold.ts";
import { openPhone } from "../people/phone.ts";
import * as store from "./store.ts";
import { type Waiting, waiting } from "./view.ts";

export const usualPage = 20;

/** One village that the caller may decide for, or all of them. */
export function regionsAsked(caller: Caller, region: RegionCode | undefined): RegionCode[] {
  if (region === undefined) return regionsWith(caller, "villagers.decide");
  if (!hasPermission(caller, "villagers.decide", region)) throw refuse("NOT_ALLOWED");
  return [region];
}

type Found = { application: store.VillagerRow; phone: string | null };

/** A page of applications beside the roster, one row more found than shown. Each look at them is on the record. */
export async function lookAt(
  deps: IdentityDeps,
  ctx: Ctx,
  found: readonly Found[],
  limit: number,
  timeOf: (row: store.VillagerRow) => number,
): Promise<{ items: Waiting[]; next: string | null }> {
  const rows = found.slice(0, limit);
  const [names, entries] = await Promise.all([
    regionNames(
      ctx.db,
      rows.map((row) => row.application.region),
    ),
    store.rosterEntries(
      ctx.db,
      rows.flatMap((row) => row.application.idIndex ?? []),
    ),
  ]);
  const items = rows.map(({ application: row, phone }) =>
    waiting(deps.seal, row, {
      regionName: names.get(row.region) ?? "",
      phone: openPhone(deps.seal, { id: row.personId, phone }),
      entry: entries.find((entry) => entry.region === row.region && entry.idIndex === row.idIndex) ?? null,
    }),
  );
  await looked(ctx, rows);
  const last = rows.at(-1)?.application;
  return { items, next: found.length > limit && last ? `${timeOf(last)}.${last.id}` : null };
}

async function looked(ctx: Ctx, rows: readonly Found[]): Promise<void> {
  if (rows.length === 0) return;
  await asPerson(ctx, async (tx) => {
    for (const region of new Set(rows.map((row) => row.application.region))) {
      const ids = rows.flatMap(({ application: { id, region: at } }) => (at === region ? [id] : []));
      await record(tx, ctx, { act: "villager.look", region, detail: { ids } });
    }
  });
}

/** That a number is nobody's here is an answer too. */
export async function lookedInVain(ctx: Ctx, regions: readonly RegionCode[]): Promise<void> {
  await asPerson(ctx, async (tx) => {
    for (const region of regions) await record(tx, ctx, { act: "villager.look", region, detail: { ids: [] } });
  });
}

export function after(cursor: string | undefined): { at: number; id: string } | null {
  if (cursor === undefined) return null;
  const [, at, id] = /^(\d{1,15})\.([0-9A-Z]{26})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw refuse("CURSOR_BAD");
  return { at: Number(at), id };
}
