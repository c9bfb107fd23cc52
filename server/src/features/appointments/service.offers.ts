import type { Contract } from "@weimenhu/contract";
import { lastOpenDay, opensAt, type Release } from "@weimenhu/domain/appointments/schedule";
import { lineage, type RegionCode } from "@weimenhu/domain/base/region";
import { type Day, dayMs, dayOf, nextDay, startOf } from "@weimenhu/domain/base/workday";
import type * as z from "zod/mini";
import { regionNames } from "../../foundation/regions/index.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { refuse } from "../../kernel/refuse.ts";
import { type AppointmentsDeps, offersScope, slotsScope } from "./deps.ts";
import { doctorsByRef } from "./store.hospital.ts";
import * as store from "./store.ts";
import { doctorOut, type OfferCard, offerOut } from "./view.ts";

type In<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["input"]>;
type Out<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["output"]>;

export const offersScopes = (region: RegionCode): string[] => lineage(region).map(offersScope);

/** What one may book here: of this place and of those above it, the nearest first. A hospital's departments where they are asked for. */
export async function offers(
  { home, joined }: AppointmentsDeps,
  ctx: Ctx,
  { region = home, sort }: In<"offers">,
): Promise<Out<"offers">> {
  const places = lineage(region);
  const rows = (await store.offersIn(ctx.db.read, places)).filter((row) =>
    sort === undefined ? row.source === null : row.sort === sort && (row.source === null || joined),
  );
  const names = await regionNames(ctx.db, places);
  const near = places.flatMap((place) => rows.filter((row) => row.region === place));
  return { items: near.map((row) => offerOut(row, names.get(row.region) ?? "")) };
}

export const slotsScopes = (offer: string): string[] => [slotsScope(offer)];

export const releaseOf = ({ releaseDays, releaseAt }: store.OfferRow): Release => ({
  days: releaseDays,
  at: releaseAt,
});

/** The last day that a client shows: one more than may be booked, so that it can say when that one opens. */
export const lastShown = (release: Release, now: number): Day => nextDay(lastOpenDay(release, now));

/** The days ahead, and the slots of one of them. NOT_FOUND: there is no such offer, or it has ended. */
export async function slots(
  { joined }: Pick<AppointmentsDeps, "joined">,
  ctx: Ctx,
  { offer: id, day }: In<"slots">,
): Promise<Out<"slots">> {
  const now = ctx.clock.now();
  const offer = await store.offerById(ctx.db.read, id);
  if (!offer || offer.state === "ended" || (offer.source !== null && !joined)) throw refuse("NOT_FOUND");
  const release = releaseOf(offer);
  const [today, last] = [dayOf(now), lastShown(release, now)];
  const [rows, closures, names] = await Promise.all([
    store.slotsBetween(ctx.db.read, id, today, last),
    store.closuresFrom(ctx.db.read, id, today),
    regionNames(ctx.db, [offer.region]),
  ]);
  const days = daysFrom(today, last).map((one) => dayFace(one, rows, closures, release, now));
  const chosen = days.find((one) => one.day === day) ?? days.find(({ free }) => free > 0) ?? days[0];
  const shown = rows.filter((row) => row.day === chosen?.day && row.closed === 0 && row.startAt > now);
  const doctors = await doctorsByRef(
    ctx.db.read,
    shown.flatMap(({ doctor }) => doctor || []),
  );
  return {
    offer: cardOf(offer, names),
    days,
    day: chosen?.day ?? null,
    slots: shown.map((row) => ({
      ...{ id: row.id, start: row.startAt, end: row.endAt, free: freeOf(row, now) },
      ...doctorOut(row, doctors),
    })),
  };
}

export const cardOf = (row: store.OfferRow, names: ReadonlyMap<RegionCode, string>): OfferCard =>
  offerOut(row, names.get(row.region) ?? "");

/** Places that can be had now. */
export const freeOf = ({ closed, startAt, opensAt: opens, capacity, taken }: store.SlotRow, now: number): number =>
  closed === 1 || startAt <= now || opens > now ? 0 : Math.max(0, capacity - taken);

export function daysFrom(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let at = startOf(from); at <= startOf(to); at += dayMs) days.push(dayOf(at));
  return days;
}

type DayFace = Out<"slots">["days"][number];

function dayFace(
  day: Day,
  all: readonly store.SlotRow[],
  closures: readonly store.ClosureRow[],
  release: Release,
  now: number,
): DayFace {
  const rows = all.filter((row) => row.day === day && row.closed === 0 && row.startAt > now);
  const free = rows.reduce((sum, row) => sum + freeOf(row, now), 0);
  const opens = opensAt(release, day);
  const why = closures.find((one) => one.day === day)?.why ?? null;
  if (rows.length === 0) return { day, free: 0, opensAt: null, state: "closed", why };
  if (opens > now) return { day, free: 0, opensAt: opens, state: "notYet", why: null };
  return { day, free, opensAt: null, state: free > 0 ? "free" : "full", why: null };
}

/** The next slot of this offer in which a place can be had; what a refusal offers instead. */
export async function nextFree(ctx: Ctx, offer: store.OfferRow): Promise<{ slot: string; start: number } | null> {
  const now = ctx.clock.now();
  const rows = await store.slotsBetween(ctx.db.read, offer.id, dayOf(now), lastShown(releaseOf(offer), now));
  const row = rows.find((one) => freeOf(one, now) > 0);
  return row ? { slot: row.id, start: row.startAt } : null;
}
