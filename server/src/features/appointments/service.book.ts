import type { Contract } from "@weimenhu/contract";
import { type BookingNo, bookingNo, bookingSettings, visitNo } from "@weimenhu/domain/appointments/rules";
import { moveAppointment } from "@weimenhu/domain/appointments/state";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { record } from "../../kernel/audit.ts";
import { callerScope, signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { Refusal, refuse } from "../../kernel/refuse.ts";
import { perDb } from "../../kernel/together.ts";
import { turnstile } from "../../kernel/turnstile.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { type AppointmentsDeps, type RealPerson, slotsScope } from "./deps.ts";
import { askHospital, bookJob, cancelJob } from "./service.asking.ts";
import { bothOf, type ForWhom, forWhom, tellBoth } from "./service.behalf.ts";
import { dayKeyOf, freePlace, freeUntil, leaveLine, pauseOf } from "./service.line.ts";
import { ticketOf } from "./service.mine.ts";
import { freeOf, nextFree } from "./service.offers.ts";
import * as place from "./store.place.ts";
import * as store from "./store.ts";
import { factsOf, type Ticket } from "./view.ts";

type In<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["input"]>;

/**
 * At most so many bookings are under way in one process, the others stand in line: a thousand who press at seven o'clock share
 * the connections with everybody who wants something else.
 */
const gates = perDb(() => turnstile(16));

/**
 * Books one place for the caller, or by a mandate for its principal. The same key again is the same ticket. Refusals: those of `bookingNo`, PLACE_NEEDED and
 * OTHER_AREA of a visit, KEY_REUSED, NOT_FOUND. `details.next`: the next slot in which a place can be had.
 */
export async function book(deps: AppointmentsDeps, ctx: Ctx, input: In<"book">): Promise<Ticket> {
  const { personId } = signedIn(ctx);
  const key = sha256(input.key);
  const digest = sha256(JSON.stringify([input.slot, input.place ?? "", input.note ?? "", input.mandate ?? ""]));
  return gates(ctx.db)(async () => {
    const before = await store.byKey(ctx.db.read, personId, key);
    if (before) return again(deps, ctx, before, digest);
    const wanted = await lookAt(deps, ctx, input);
    try {
      return await ticketOf(deps, ctx, await take(ctx, wanted, { key, digest }));
    } catch (fault) {
      // The same act was sent twice at once, and the other one was first; else there is one on that day already.
      if (!isDuplicate(fault)) throw fault;
      const same = await store.byKey(ctx.db.read, personId, key);
      if (same) return again(deps, ctx, same, digest);
      throw await sorry(ctx, wanted.offer, "SAME_DAY");
    }
  });
}

function again(deps: AppointmentsDeps, ctx: Ctx, row: store.AppointmentRow, digest: string): Promise<Ticket> {
  if (row.idemDigest !== digest) throw refuse("KEY_REUSED");
  return ticketOf(deps, ctx, row);
}

type Wanted = {
  slot: store.SlotRow;
  offer: store.OfferRow;
  who: ForWhom & { real: RealPerson };
  place: string;
  note: string;
};

/** Everything that can be said before a place is claimed. */
async function lookAt(deps: AppointmentsDeps, ctx: Ctx, input: In<"book">): Promise<Wanted> {
  const now = ctx.clock.now();
  const slot = await store.slotById(ctx.db.read, input.slot);
  const offer = slot ? await store.offerById(ctx.db.read, slot.offer) : undefined;
  if (!slot || !offer) throw refuse("NOT_FOUND");
  // Of a crowd for the last place nearly all end here, by one look at one row.
  const full = freeOf(slot, now) === 0;
  const who = full ? null : await forWhom(deps, ctx, input.mandate);
  const real = who?.real ?? null;
  const no = bookingNo(
    {
      now,
      slot: {
        start: slot.startAt,
        closed: slot.closed === 1 || offer.state === "ended",
        opensAt: slot.opensAt,
        capacity: slot.capacity,
        taken: slot.taken,
      },
      behalf: who?.behalf ?? "self",
      realName: real !== null || full,
      open: real ? await place.openOf(ctx.db.read, real.index) : 0,
      // What decides is the unique key, in the transaction.
      sameDay: false,
      pausedUntil: real ? await pauseOf(ctx.db.read, real.index, now) : null,
    },
    bookingSettings,
  );
  if (no !== null) throw await sorry(ctx, offer, no);
  if (who === null || real === null) throw refuse("REAL_NAME_FIRST");
  if (offer.source !== null) await needPatient(deps, ctx, input);
  const notThere = visitNo(offer, real.villages, input.place);
  if (notThere !== null) throw refuse(notThere);
  return { slot, offer, who: { ...who, real }, place: input.place ?? "", note: input.note ?? "" };
}

/** Nobody is named to a hospital who has not agreed to it. */
async function needPatient(deps: AppointmentsDeps, ctx: Ctx, { handOver, mandate }: In<"book">): Promise<void> {
  if (!deps.joined) throw refuse("HOSPITAL_AWAY");
  if (handOver !== true) throw refuse("HAND_OVER_FIRST");
  if ((await deps.patientOf(ctx.db, signedIn(ctx).personId, mandate)) === null) throw refuse("REAL_NAME_FIRST");
}

/** Each refusal of a slot says what else is possible. */
async function sorry(ctx: Ctx, offer: store.OfferRow, no: BookingNo): Promise<Refusal> {
  const elsewhere: readonly BookingNo[] = ["SLOT_FULL", "SLOT_PAST", "SLOT_CLOSED", "NOT_OPEN_YET"];
  const next = elsewhere.includes(no) && offer.state === "open" ? await nextFree(ctx, offer) : null;
  return refuse(no, next ? { details: { next } } : {});
}

/** The claim: whoever it is for first, then the place, then the row. Nothing of it stands alone. */
async function take(ctx: Ctx, wanted: Wanted, idem: { key: string; digest: string }): Promise<store.AppointmentRow> {
  const { slot, offer, who } = wanted;
  const { real, person, mandate } = who;
  const own = offer.source === null;
  const { personId } = signedIn(ctx);
  const now = ctx.clock.now();
  const work = asPerson(ctx, async (tx) => {
    if (!(await place.countOpen(tx, real.index, bookingSettings.mostOpen))) throw refuse("OPEN_LIMIT");
    // A hospital's place is the hospital's to give.
    const number = own ? await place.claim(tx, slot.id, now) : 0;
    if (number === null) throw new Gone();
    const row: store.AppointmentRow = {
      id: newId(ctx.clock),
      offer: offer.id,
      slot: slot.id,
      region: offer.region,
      attendee: real.index,
      ...{ person, holder: personId, mandate },
      state: own ? "booked" : "asked",
      number,
      day: slot.day,
      startAt: slot.startAt,
      place: wanted.place,
      note: wanted.note,
      idemKey: idem.key,
      idemDigest: idem.digest,
      dayKey: dayKeyOf(real.index, offer.id, slot.day),
      createdAt: now,
      endedAt: null,
      freeUntil: freeUntil(now),
      remindedAt: null,
      hospitalRef: null,
      hospitalVersion: null,
      why: "",
    };
    await place.insert(tx, row);
    await place.insertBooked(tx, row);
    if (!own) await askHospital(tx, bookJob, row.id, {});
    await leaveLine(tx, row, now);
    if (mandate !== null) await bookedBehalf(tx, ctx, row, offer);
    await bump(tx, slotsScope(offer.id), ...bothOf(row).map(callerScope));
    return row;
  });
  return work.catch(async (fault: unknown) => {
    throw fault instanceof Gone ? await sorry(ctx, offer, "SLOT_FULL") : fault;
  });
}

/** Both identities are on the record, and whoever it is for hears of it. A hospital's place is told once the hospital has said yes. */
async function bookedBehalf(tx: Tx, ctx: Ctx, row: store.AppointmentRow, offer: store.OfferRow): Promise<void> {
  const { id, mandate, region, person } = row;
  await record(tx, ctx, { act: "appointments.book", onWhom: person ?? undefined, region, detail: { id, mandate } });
  if (offer.source !== null) return;
  const news = { kind: "bookedFor" as const, key: `appointment:${id}:booked`, summary: offer.name, state: "约好了" };
  await tellBoth(tx, ctx.clock, row, news, row.holder);
}

/** A hospital's place: it is given up once the hospital has said so. */
export async function giveUp(tx: Tx, row: store.AppointmentRow, by: string, now: number): Promise<void> {
  await place.setState(tx, row.id, { state: "cancelling" });
  await store.insertStep(tx, { appointment: row.id, move: "askCancel", actor: by, text: "", at: now });
  await askHospital(tx, cancelJob, row.id, { turn: String(now) });
  await bump(tx, ...bothOf(row).map(callerScope));
}

/** Undoes the transaction: between the look and the claim somebody else had the place. */
class Gone extends Error {}

/** Gives the place back at once; of a hospital it asks it to take it back. CANCEL_TOO_LATE from the offer's minute of the day before on; twice is once. */
export async function cancel(deps: AppointmentsDeps, ctx: Ctx, { id }: In<"cancel">): Promise<Ticket> {
  const { personId } = signedIn(ctx);
  const first = await store.appointmentById(ctx.db.read, id);
  if (!first || (first.holder !== personId && first.person !== personId)) throw refuse("NOT_FOUND");
  const [[slot], offer] = await Promise.all([
    store.slotsById(ctx.db.read, [first.slot]),
    store.offerById(ctx.db.read, first.offer),
  ]);
  if (!slot || !offer) throw new Error("an appointment without its slot");
  const now = ctx.clock.now();
  await asPerson(ctx, async (tx) => {
    const row = await place.lock(tx, id);
    if (!row || row.state === "cancelled" || row.state === "cancelling") return;
    if (offer.source !== null && !deps.joined) throw refuse("HOSPITAL_AWAY");
    const move = offer.source === null ? "cancel" : "askCancel";
    const moved = moveAppointment(factsOf(row, offer, slot), ["holder"], move, { now });
    if ("no" in moved) throw refuse(moved.no);
    if (move === "cancel") await freePlace(tx, ctx.clock, row, { offer, by: personId });
    else await giveUp(tx, row, personId, now);
    if (row.mandate === null) return;
    const { region, person, mandate } = row;
    await record(tx, ctx, { act: "appointments.cancel", onWhom: person ?? undefined, region, detail: { id, mandate } });
    const news = { kind: "cancelledFor" as const, key: `appointment:${id}:cancelled`, summary: offer.name };
    await tellBoth(tx, ctx.clock, row, { ...news, state: "取消了" }, personId);
  });
  const after = await store.appointmentById(ctx.db.read, id);
  return ticketOf(deps, ctx, after ?? first);
}
