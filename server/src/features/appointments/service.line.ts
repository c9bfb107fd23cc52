import type { Contract } from "@weimenhu/contract";
import { bookingSettings, pausedUntil, visitNo } from "@weimenhu/domain/appointments/rules";
import { type Day, dayMs, dayOf } from "@weimenhu/domain/base/workday";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { regionNames } from "../../foundation/regions/index.ts";
import { callerScope, signedIn } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Reads } from "../../kernel/db.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { type AppointmentsDeps, slotsScope } from "./deps.ts";
import { bothOf, realForWhom, tellBoth } from "./service.behalf.ts";
import { cardOf, freeOf, lastShown, releaseOf } from "./service.offers.ts";
import * as line from "./store.line.ts";
import * as place from "./store.place.ts";
import { lockSlots } from "./store.plan.ts";
import * as store from "./store.ts";

type In<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["input"]>;
type Out<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["output"]>;
type Waiting = Out<"waiting">["items"][number];

/** One a person, offer and day: for appointments and for waiting, each in a table of its own. */
export const dayKeyOf = (attendee: string, offer: string, day: Day): string => sha256(`${attendee} ${offer} ${day}`);

/** Until when a place that was had just now may be given back without a trace. */
export const freeUntil = (now: number): number => now + bookingSettings.declineMinutes * 60_000;

/** Until when whoever did not come too often books nothing, and is given nothing; null when they may. */
export async function pauseOf(reads: Pick<Reads, "select">, attendee: string, now: number): Promise<number | null> {
  const since = now - (bookingSettings.missWindowDays + bookingSettings.pauseDays) * dayMs;
  return pausedUntil(bookingSettings, await store.missesOf(reads, attendee, since), now);
}

/** Looked at for one freed place: those who have three still to come, or are paused, are passed over and stay in line. */
const mostAsked = 20;

type Freed = { offer: store.OfferRow; by: string | null };

/**
 * Ends an appointment that nobody will come to, under its lock. Its place goes to the first in line, in the same transaction;
 * it is free for everybody where nobody waits.
 */
export async function freePlace(tx: Tx, clock: Clock, row: store.AppointmentRow, { offer, by }: Freed): Promise<void> {
  const now = clock.now();
  await place.setState(tx, row.id, { state: "cancelled", endedAt: now, dayKey: null });
  await store.insertStep(tx, { appointment: row.id, move: "cancel", actor: by, text: "", at: now });
  await place.uncountOpen(tx, row.attendee);
  // Whoever comes to stand in line looks at the same slot: there is no moment at which neither sees the other.
  await place.holdSlot(tx, row.slot);
  if (!(await passOn(tx, clock, row, offer))) await place.release(tx, row.slot);
  await bump(tx, slotsScope(row.offer), ...bothOf(row).map(callerScope));
}

async function passOn(tx: Tx, clock: Clock, freed: store.AppointmentRow, offer: store.OfferRow): Promise<boolean> {
  const now = clock.now();
  if (freed.startAt <= now) return false;
  for (const next of await line.firstInLine(tx, freed, mostAsked)) {
    if ((await pauseOf(tx, next.attendee, now)) !== null) continue;
    if (!(await place.countOpen(tx, next.attendee, bookingSettings.mostOpen))) continue;
    const number = await place.takeOver(tx, freed.slot, now);
    if (number === null) {
      await place.uncountOpen(tx, next.attendee);
      return false;
    }
    const { attendee, person, holder, mandate, idemKey, idemDigest } = next;
    const row: store.AppointmentRow = {
      ...freed,
      ...{ attendee, person, holder, mandate, number, idemKey, idemDigest, place: next.place, note: next.note },
      id: newId(clock),
      state: "booked",
      dayKey: dayKeyOf(attendee, freed.offer, freed.day),
      createdAt: now,
      endedAt: null,
      freeUntil: freeUntil(now),
      remindedAt: null,
    };
    await place.insert(tx, row);
    await place.insertBooked(tx, row, "promote");
    await line.endWait(tx, next.id, { state: "promoted", appointment: row.id, endedAt: now });
    const news = { kind: "promoted" as const, key: `appointment:${row.id}:promoted`, summary: offer.name };
    await tellBoth(tx, clock, row, { ...news, state: "约好了" });
    await bump(tx, ...bothOf(row).map(callerScope));
    return true;
  }
  return false;
}

/** Whoever has a place waits no more. */
export const leaveLine = (tx: Tx, row: store.AppointmentRow, now: number): Promise<void> =>
  line.endByKey(tx, dayKeyOf(row.attendee, row.offer, row.day), now);

/**
 * Stands in line for a freed place of this day. PLACES_FREE: one can be had now. The same key again is the same wait; who waits
 * already goes on waiting where they stand.
 */
export async function wait(deps: AppointmentsDeps, ctx: Ctx, input: In<"wait">): Promise<Out<"wait">> {
  const { personId } = signedIn(ctx);
  const now = ctx.clock.now();
  const offer = await store.offerById(ctx.db.read, input.offer);
  if (!offer || offer.state === "ended") throw refuse("NOT_FOUND");
  // Who comes next there is for the hospital to say.
  if (offer.source !== null) throw refuse("NOT_ALLOWED");
  const { real, person, mandate } = await realForWhom(deps, ctx, input.mandate);
  const notThere = visitNo(offer, real.villages, input.place);
  if (notThere !== null) throw refuse(notThere);
  const [idemKey, idemDigest] = [
    sha256(input.key),
    sha256(JSON.stringify([input.offer, input.day, input.place ?? "", input.note ?? "", input.mandate ?? ""])),
  ];
  const before = await line.waitByKey(ctx.db.read, personId, idemKey);
  if (before) {
    if (before.idemDigest !== idemDigest) throw refuse("KEY_REUSED");
    return waitOut(deps, ctx, before, offer);
  }
  if ((await pauseOf(ctx.db.read, real.index, now)) !== null) throw refuse("BOOKING_PAUSED");
  const openKey = dayKeyOf(real.index, offer.id, input.day);
  if (await store.byDayKey(ctx.db.read, openKey)) throw refuse("SAME_DAY");
  const row: line.WaitRow = {
    ...{ id: newId(ctx.clock), offer: offer.id, day: input.day, attendee: real.index },
    ...{ person, holder: personId, mandate, place: input.place ?? "", note: input.note ?? "" },
    ...{ state: "waiting", appointment: null, idemKey, idemDigest, openKey, createdAt: now, endedAt: null },
  };
  try {
    await asPerson(ctx, async (tx) => {
      mustBeFull(ctx, offer, input.day, await lockSlots(tx, offer.id, input.day, input.day));
      await line.insertWait(tx, row);
      await bump(tx, callerScope(personId));
    });
    return await waitOut(deps, ctx, row, offer);
  } catch (fault) {
    if (!isDuplicate(fault)) throw fault;
    const mine = (await line.waitsOf(ctx.db.read, personId, input.day)).find(
      (one) => one.offer === offer.id && one.day === input.day && one.attendee === real.index,
    );
    // Somebody else waits for the same person.
    if (!mine) throw refuse("SAME_DAY");
    return waitOut(deps, ctx, mine, offer);
  }
}

function mustBeFull(ctx: Ctx, offer: store.OfferRow, day: Day, rows: readonly store.SlotRow[]): void {
  const now = ctx.clock.now();
  if (day < dayOf(now) || day > lastShown(releaseOf(offer), now)) throw refuse("SLOT_PAST");
  const ahead = rows.filter(({ closed, startAt }) => closed === 0 && startAt > now);
  if (ahead.length === 0) throw refuse("SLOT_CLOSED");
  if (ahead.some(({ opensAt }) => opensAt > now)) throw refuse("NOT_OPEN_YET");
  const free = ahead.find((row) => freeOf(row, now) > 0);
  if (free) throw refuse("PLACES_FREE", { details: { next: { slot: free.id, start: free.startAt } } });
}

/** One tap; twice is once. */
export async function leave(ctx: Ctx, { id }: In<"leave">): Promise<Out<"leave">> {
  const { personId } = signedIn(ctx);
  const row = await line.waitById(ctx.db.read, id);
  if (row?.holder !== personId) throw refuse("NOT_FOUND");
  await asPerson(ctx, async (tx) => {
    if (await line.endWait(tx, id, { state: "left", endedAt: ctx.clock.now() })) await bump(tx, callerScope(personId));
  });
  return { ok: true };
}

/** Where I stand in line, the nearest day first. */
export async function waiting(deps: AppointmentsDeps, ctx: Ctx): Promise<Out<"waiting">> {
  const rows = await line.waitsOf(ctx.db.read, signedIn(ctx).personId, dayOf(ctx.clock.now()));
  if (rows.length === 0) return { items: [] };
  const offers = await store.offersById(
    ctx.db.read,
    rows.map(({ offer }) => offer),
  );
  const items = await Promise.all(
    rows.map(async (row) => {
      const offer = offers.find(({ id }) => id === row.offer);
      return offer ? waitOut(deps, ctx, row, offer) : null;
    }),
  );
  return { items: items.filter((item) => item !== null) };
}

async function waitOut(
  { principalNames }: AppointmentsDeps,
  ctx: Ctx,
  row: line.WaitRow,
  offer: store.OfferRow,
): Promise<Waiting> {
  const { id, mandate, day } = row;
  const [ahead, names, principals] = await Promise.all([
    line.aheadOf(ctx.db.read, row),
    regionNames(ctx.db, [offer.region]),
    principalNames(ctx.db, mandate === null ? [] : [mandate]),
  ]);
  return {
    ...{ id, offer: cardOf(offer, names), day, ahead, waits: row.state === "waiting" },
    ...(mandate === null ? {} : { mandate, name: principals.get(mandate) ?? "家人" }),
  };
}
