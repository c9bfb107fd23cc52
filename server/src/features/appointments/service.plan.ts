import type { Contract } from "@weimenhu/contract";
import {
  type Closure,
  type KeptSlot,
  opensAt,
  type SlotChanges,
  slotChanges,
  slotsOn,
  type Window,
  weekNo,
} from "@weimenhu/domain/appointments/schedule";
import { levelOf } from "@weimenhu/domain/base/region";
import { type Calendar, type Day, dayMs, dayOf } from "@weimenhu/domain/base/workday";
import { hasPermission, regionsWith } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { regionNames, requireRegion } from "../../foundation/regions/index.ts";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Db } from "../../kernel/db.ts";
import { refuse } from "../../kernel/refuse.ts";
import { bump, inTx, type Tx } from "../../kernel/tx.ts";
import { type AppointmentsDeps, offersScope, slotsScope } from "./deps.ts";
import { daysFrom } from "./service.offers.ts";
import * as plans from "./store.plan.ts";
import * as store from "./store.ts";
import { type DeskOffer, deskOut, weekOf, windowIn } from "./view.ts";

type In<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["input"]>;
type Out<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["output"]>;

/** Slots stand for so many days more than may be booked. */
const aheadDays = 7;

type Schedule = { week: readonly Window[]; closures: readonly Closure[]; release: { days: number; at: number } };
type Worked = { changes: SlotChanges; days: { day: string; places: number }[] };

/** What would become of the slots from now on. */
function work(
  calendar: Calendar,
  rows: readonly store.SlotRow[],
  { week, closures, release }: Schedule,
  now: number,
): Worked {
  const days = daysFrom(dayOf(now), dayOf(now + (release.days + aheadDays) * dayMs));
  const kept: KeptSlot[] = rows
    .filter((row) => row.startAt > now && row.closed === 0)
    .map(({ id, startAt, endAt, capacity, taken }) => ({ id, start: startAt, end: endAt, capacity, taken, waits: 0 }));
  const wanted = days.map((day) => ({
    day,
    slots: slotsOn(calendar, week, closures, day).filter(({ start }) => start > now),
  }));
  return {
    changes: slotChanges(
      kept,
      wanted.flatMap(({ slots }) => slots),
    ),
    days: wanted.map(({ day, slots }) => ({ day, places: slots.reduce((sum, { capacity }) => sum + capacity, 0) })),
  };
}

const ahead = (now: number, release: { days: number }): [string, string] => [
  dayOf(now),
  dayOf(now + (Math.max(release.days, 60) + aheadDays) * dayMs),
];

function scheduleOf(input: Pick<In<"plan">, "week" | "closures" | "release">): Schedule {
  const week = input.week.map(windowIn);
  const no = weekNo(week);
  if (no !== null) throw refuse("WEEK_BAD", { details: { why: no } });
  if (input.closures.some(({ from, to }) => from >= to)) throw refuse("WEEK_BAD", { details: { why: "CLOSURE" } });
  return { week, closures: input.closures, release: input.release };
}

/** What a changed schedule would do, before anything is kept. WEEK_BAD: it cannot be kept at all. */
export async function plan({ calendar }: AppointmentsDeps, ctx: Ctx, input: In<"plan">): Promise<Out<"plan">> {
  const now = ctx.clock.now();
  if (input.id !== undefined) managed(ctx, (await store.offerById(ctx.db.read, input.id)) ?? null);
  const wanted = scheduleOf(input);
  const rows =
    input.id === undefined ? [] : await store.slotsBetween(ctx.db.read, input.id, ...ahead(now, wanted.release));
  const { changes, days } = work(calendar(), rows, wanted, now);
  return {
    added: changes.add.length,
    changed: changes.resize.length,
    dropped: changes.drop.length,
    orphans: changes.orphans.map(({ start, end, taken }) => ({ start, end, taken })),
    days,
  };
}

/** A hospital's departments are the hospital's. */
function managed(ctx: Ctx, offer: { region: string; source?: string | null } | null): void {
  if (offer === null || (offer.source ?? null) !== null) throw refuse("NOT_FOUND");
  if (!hasPermission(signedIn(ctx), "appointments.manage", offer.region)) throw refuse("NOT_ALLOWED");
}

/** What my office may change, also what has ended. */
export async function desk(ctx: Ctx, { region }: In<"desk">): Promise<Out<"desk">> {
  const mine = regionsWith(signedIn(ctx), "appointments.manage");
  const rows = (await store.offersBelow(ctx.db.read, mine)).filter(
    (row) => region === undefined || row.region === region,
  );
  return { items: await Promise.all(rows.map((row) => deskOf(ctx, row))) };
}

async function deskOf(ctx: Ctx, row: store.OfferRow): Promise<DeskOffer> {
  const [closures, names] = await Promise.all([
    store.closuresFrom(ctx.db.read, row.id, dayOf(ctx.clock.now())),
    regionNames(ctx.db, [row.region]),
  ]);
  return deskOut(row, closures, names.get(row.region) ?? "");
}

/**
 * Makes an offer or changes it, its slots with it. STALE_VERSION: somebody else changed it. ORPHANS: there are appointments for
 * which there would be no room (`details.orphans`). A hall stands in a county or town, a visit is made by any place.
 */
export async function saveOffer({ calendar }: AppointmentsDeps, ctx: Ctx, input: In<"saveOffer">): Promise<DeskOffer> {
  managed(ctx, input);
  await requireRegion(ctx.db, input.region);
  if (input.sort === "hall" && levelOf(input.region) === "village") throw refuse("PLACE_LEVEL");
  const wanted = scheduleOf(input);
  const { personId } = signedIn(ctx);
  const now = ctx.clock.now();
  const id = input.id ?? plans.idOf(personId, input.key);
  const row = await asPerson(ctx, async (tx) => {
    const before = await plans.lockOffer(tx, id);
    if (before && input.id === undefined) return before;
    if (!before && input.id !== undefined) throw refuse("NOT_FOUND");
    if (before) managed(ctx, before);
    if (before && before.version !== input.version) throw refuse("STALE_VERSION");
    const next = rowOf(id, input, before, now);
    await plans.putOffer(tx, next);
    await plans.putClosures(
      tx,
      id,
      input.closures.map((one) => ({ ...one, by: personId })),
      { at: now, from: dayOf(now) },
    );
    const open: Schedule = input.open ? wanted : { ...wanted, week: [] };
    const left = await fill(tx, calendar(), next, open, now);
    if (left.length > 0)
      throw refuse("ORPHANS", { details: { orphans: left.map(({ start, taken }) => ({ start, taken })) } });
    await record(tx, ctx, { act: "appointments.saveOffer", onWhom: id, region: next.region });
    await bump(tx, slotsScope(id), ...[...new Set([next.region, before?.region ?? next.region])].map(offersScope));
    return next;
  });
  return deskOf(ctx, row);
}

function rowOf(id: string, input: In<"saveOffer">, before: store.OfferRow | undefined, now: number): store.OfferRow {
  const { region, sort, name, house, address, phone, release, cancelAt } = input;
  return {
    ...{ id, region, sort, source: null, code: "", name, house, address, phone, cancelAt },
    bring: JSON.stringify(input.bring),
    week: JSON.stringify(input.week.map(windowIn)),
    releaseDays: release.days,
    releaseAt: release.at,
    sortOrder: before?.sortOrder ?? 0,
    state: input.open ? "open" : "ended",
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? now,
  };
}

/** Brings the slots in line with the schedule, under the lock of the offer; answers those that it left because of what they hold. */
async function fill(
  tx: Tx,
  calendar: Calendar,
  offer: store.OfferRow,
  schedule: Schedule,
  now: number,
): Promise<KeptSlot[]> {
  const rows = await plans.lockSlots(tx, offer.id, ...ahead(now, schedule.release));
  const { changes } = work(calendar, rows, schedule, now);
  const opens = (day: Day) => opensAt(schedule.release, day);
  await plans.apply(tx, offer.id, changes, opens);
  const moved = new Set(rows.filter((row) => row.opensAt !== opens(row.day)).map((row) => row.day));
  for (const day of moved) await plans.setOpens(tx, offer.id, day, opens(day));
  return changes.orphans;
}

/** Each hour: the days that come into sight get their slots. What appointments stand in the way of stays as it is. */
export async function fillAll({ calendar }: Pick<AppointmentsDeps, "calendar">, db: Db, clock: Clock): Promise<void> {
  for (const { id } of await store.openOffers(db.read)) {
    await inTx(db, async (tx) => {
      const offer = await plans.lockOffer(tx, id);
      if (!offer || offer.state === "ended") return;
      const now = clock.now();
      const closures = await store.closuresFrom(tx, id, dayOf(now));
      const release = { days: offer.releaseDays, at: offer.releaseAt };
      const days = closures.map(({ day, fromAt, toAt, why }) => ({ day, from: fromAt, to: toAt, why }));
      await fill(tx, calendar(), offer, { week: weekOf(offer), closures: days, release }, now);
      await bump(tx, slotsScope(id));
    });
  }
}
