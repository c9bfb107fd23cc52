import type { Contract } from "@weimenhu/contract";
import { moveAppointment } from "@weimenhu/domain/appointments/state";
import { hasPermission } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { regionNames } from "../../foundation/regions/index.ts";
import { record } from "../../kernel/audit.ts";
import { callerScope, signedIn } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Db } from "../../kernel/db.ts";
import { refuse } from "../../kernel/refuse.ts";
import { bump, inTx, type Tx } from "../../kernel/tx.ts";
import { type AppointmentsDeps, slotsScope } from "./deps.ts";
import { idIn, ticketOf, ticketsOf } from "./service.mine.ts";
import { cardOf } from "./service.offers.ts";
import * as place from "./store.place.ts";
import * as store from "./store.ts";
import { factsOf, type Ticket } from "./view.ts";

type In<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["input"]>;
type Out<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["output"]>;

async function served(ctx: Ctx, id: string): Promise<store.OfferRow> {
  const offer = await store.offerById(ctx.db.read, id);
  // Who goes to see a doctor is nobody's business here.
  if (!offer || offer.source !== null) throw refuse("NOT_FOUND");
  if (!hasPermission(signedIn(ctx), "appointments.serve", offer.region)) throw refuse("NOT_ALLOWED");
  return offer;
}

/** The appointments of one day, by time and number; who came, and who is still awaited. */
export async function day(deps: AppointmentsDeps, ctx: Ctx, input: In<"day">): Promise<Out<"day">> {
  const offer = await served(ctx, input.offer);
  const [rows, names] = await Promise.all([
    store.ofDay(ctx.db.read, offer.id, input.day),
    regionNames(ctx.db, [offer.region]),
  ]);
  const held = rows.filter(({ state }) => state !== "cancelled");
  return { offer: cardOf(offer, names), items: await ticketsOf(deps, ctx, held) };
}

/** TICKET_BAD: nobody of ours made this code. A second time is the ticket as it stands: whoever shows it has come already. */
export async function checkIn(deps: AppointmentsDeps, ctx: Ctx, { code }: In<"checkIn">): Promise<Ticket> {
  const id = /^[0-9A-Z]{26}$/.test(code) ? code : idIn(deps, code);
  const row = id === null ? undefined : await store.appointmentById(ctx.db.read, id);
  if (!row) throw refuse("TICKET_BAD");
  const offer = await served(ctx, row.offer);
  const now = ctx.clock.now();
  const { personId } = signedIn(ctx);
  await asPerson(ctx, async (tx) => {
    if (await step(tx, { row, offer, move: "checkIn", actor: personId, now }))
      await record(tx, ctx, { act: "appointments.checkIn", onWhom: row.id, region: offer.region });
  });
  return ticketOf(deps, ctx, (await store.appointmentById(ctx.db.read, row.id)) ?? row);
}

type Step = {
  row: store.AppointmentRow;
  offer: store.OfferRow;
  move: "checkIn" | "miss";
  actor: string | null;
  now: number;
};

/** Somebody came, or did not: they have one less to come, and the place stays taken. False: it stood so already. */
async function step(tx: Tx, { row: { id }, offer, move, actor, now }: Step): Promise<boolean> {
  const row = await place.lock(tx, id);
  const slot = row && (await store.slotInTx(tx, row.slot));
  if (!row || !slot || (move === "checkIn" && row.state === "arrived")) return false;
  const moved = moveAppointment(factsOf(row, offer, slot), actor === null ? ["clock"] : ["staff"], move, { now });
  if ("no" in moved) {
    if (actor === null) return false;
    throw refuse(moved.no);
  }
  await place.setState(tx, id, { state: moved.to, endedAt: now });
  await store.insertStep(tx, { appointment: id, move, actor, text: "", at: now });
  await place.uncountOpen(tx, row.attendee);
  await bump(tx, slotsScope(row.offer), callerScope(row.holder));
  return true;
}

/** After this time nobody comes any more. */
const graceMs = 12 * 3_600_000;

/** Whoever did not come, and was marked by nobody, is marked by the clock. */
export async function markMissed(db: Db, clock: Clock): Promise<void> {
  const now = clock.now();
  for (const id of await place.overdue(db.read, now - graceMs, 500)) {
    const row = await store.appointmentById(db.read, id);
    const offer = row && (await store.offerById(db.read, row.offer));
    if (row && offer) await inTx(db, (tx) => step(tx, { row, offer, move: "miss", actor: null, now }));
  }
}
