import type { Contract } from "@weimenhu/contract";
import type { AppointmentActor } from "@weimenhu/domain/appointments/state";
import { hasPermission } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { regionNames } from "../../foundation/regions/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { AppointmentsDeps } from "./deps.ts";
import { cardOf } from "./service.offers.ts";
import { doctorsByRef } from "./store.hospital.ts";
import * as store from "./store.ts";
import { doctorOut, factsOf, type Ticket, ticketOut } from "./view.ts";

type In<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["input"]>;
type Out<K extends keyof Contract["appointments"]> = z.output<Contract["appointments"][K]["output"]>;

/** What a ticket shows to be checked in with: nobody can make one for another appointment. */
export const codeOf = ({ seal }: Pick<AppointmentsDeps, "seal">, id: string): string =>
  `YY.${id}.${seal.blindIndex(id, "ticket").slice(0, 20)}`;

/** The id in such a code; null when nobody of ours made it. */
export function idIn(deps: Pick<AppointmentsDeps, "seal">, code: string): string | null {
  const [, id = ""] = code.split(".");
  return id !== "" && codeOf(deps, id) === code ? id : null;
}

export const isTheirs = (row: store.AppointmentRow, person: string): boolean =>
  row.holder === person || row.person === person;

export async function ticketOf(deps: AppointmentsDeps, ctx: Ctx, row: store.AppointmentRow): Promise<Ticket> {
  const [ticket] = await ticketsOf(deps, ctx, [row]);
  if (!ticket) throw new Error("an appointment without its slot");
  return ticket;
}

export async function ticketsOf(
  deps: AppointmentsDeps,
  ctx: Ctx,
  rows: readonly store.AppointmentRow[],
): Promise<Ticket[]> {
  if (rows.length === 0) return [];
  const caller = signedIn(ctx);
  const now = ctx.clock.now();
  const [slots, offers, names, principals] = await Promise.all([
    store.slotsById(
      ctx.db.read,
      rows.map(({ slot }) => slot),
    ),
    store.offersById(
      ctx.db.read,
      rows.map(({ offer }) => offer),
    ),
    deps.displayNames(
      ctx.db,
      rows.flatMap(({ person, holder, mandate }) => person ?? (mandate === null ? holder : [])),
    ),
    deps.principalNames(
      ctx.db,
      rows.flatMap(({ mandate }) => mandate ?? []),
    ),
  ]);
  const [places, doctors] = await Promise.all([
    regionNames(
      ctx.db,
      offers.map(({ region }) => region),
    ),
    doctorsByRef(
      ctx.db.read,
      slots.flatMap(({ doctor }) => doctor || []),
    ),
  ]);
  return rows.flatMap((row) => {
    const slot = slots.find(({ id }) => id === row.slot);
    const offer = offers.find(({ id }) => id === row.offer);
    if (!slot || !offer) return [];
    const own = isTheirs(row, caller.personId);
    const serves = caller.strong && hasPermission(caller, "appointments.serve", offer.region);
    const actors: AppointmentActor[] = [...(own ? ["holder" as const] : []), ...(serves ? ["staff" as const] : [])];
    return ticketOut(row, factsOf(row, offer, slot), {
      offer: cardOf(offer, places),
      name: nameOf(row, names, principals),
      behalf: row.mandate === null || !own ? null : row.holder === caller.personId ? "for" : "by",
      // A hospital's own desk checks in by the ID card.
      code: own && row.state === "booked" && offer.source === null ? codeOf(deps, row.id) : null,
      actors,
      doctor: doctorOut(slot, doctors),
      now,
    });
  });
}

type Names = ReadonlyMap<string, string>;
const nameOf = ({ person, holder, mandate }: store.AppointmentRow, names: Names, principals: Names): string =>
  (mandate === null ? names.get(person ?? holder) : (principals.get(mandate) ?? names.get(person ?? ""))) ?? "";

/** By id, for whoever booked or for whom it is. */
export async function get(deps: AppointmentsDeps, ctx: Ctx, { id }: In<"get">): Promise<Out<"get">> {
  const row = await store.appointmentById(ctx.db.read, id);
  if (!row || !isTheirs(row, signedIn(ctx).personId)) throw refuse("NOT_FOUND");
  return ticketOf(deps, ctx, row);
}

const pageSize = 20;

/** The latest time first: what is still to come stands above what is over. */
export async function mine(deps: AppointmentsDeps, ctx: Ctx, input: In<"mine">): Promise<Out<"mine">> {
  const { personId } = signedIn(ctx);
  const limit = input.limit ?? pageSize;
  const rows = await store.ofPerson(ctx.db.read, personId, placeIn(input.cursor), limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown[shown.length - 1];
  const next = rows.length > limit && last ? `${last.startAt}.${last.id}` : null;
  return { items: await ticketsOf(deps, ctx, shown), next };
}

function placeIn(cursor: string | undefined): { at: number; id: string } | null {
  if (cursor === undefined) return null;
  const found = /^(\d{1,15})\.([0-9A-Z]{26})$/.exec(cursor);
  if (!found) throw refuse("CURSOR_BAD");
  return { at: Number(found[1]), id: found[2] ?? "" };
}
