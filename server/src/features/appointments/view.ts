import type { Contract } from "@weimenhu/contract";
import type { deskOffer, offerCard } from "@weimenhu/contract/appointments";
import { bookingSettings, cancelUntil } from "@weimenhu/domain/appointments/rules";
import { type DayKind, dayKinds, type Window } from "@weimenhu/domain/appointments/schedule";
import {
  type AppointmentActor,
  type AppointmentFacts,
  allowedAppointmentMoves,
} from "@weimenhu/domain/appointments/state";
import { dayMs, startOf } from "@weimenhu/domain/base/workday";
import type * as z from "zod/mini";
import type { AppointmentRow, ClosureRow, OfferRow, SlotRow } from "./store.ts";

export type OfferCard = z.output<typeof offerCard>;
export type DeskOffer = z.output<typeof deskOffer>;
export type Ticket = z.output<Contract["appointments"]["get"]["output"]>;
type WireWindow = DeskOffer["week"][number];

export const linesOf = (text: string): string[] => JSON.parse(text) as string[];
export const weekOf = ({ week }: Pick<OfferRow, "week">): Window[] => JSON.parse(week) as Window[];

const kindOf = (text: string): DayKind => dayKinds.find((kind) => String(kind) === text) ?? 0;
export const windowIn = ({ days, ...window }: WireWindow): Window => ({ ...window, days: days.map(kindOf) });
const windowOut = ({ days, ...window }: Window): WireWindow => ({ ...window, days: days.map(String) });

export const offerOut = (row: OfferRow, regionName: string): OfferCard => ({
  id: row.id,
  sort: row.sort,
  region: row.region,
  regionName,
  name: row.name,
  house: row.house,
  address: row.address,
  phone: row.phone,
  bring: linesOf(row.bring),
});

export const deskOut = (row: OfferRow, closures: readonly ClosureRow[], regionName: string): DeskOffer => ({
  ...offerOut(row, regionName),
  week: weekOf(row).map(windowOut),
  closures: closures.map(({ day, fromAt, toAt, why }) => ({ day, from: fromAt, to: toAt, why })),
  release: { days: row.releaseDays, at: row.releaseAt },
  cancelAt: row.cancelAt,
  version: row.version,
  open: row.state === "open",
});

/** Facts of an appointment of our own schedules. */
export const factsOf = (row: AppointmentRow, offer: OfferRow, slot: SlotRow): AppointmentFacts => ({
  state: row.state,
  sort: offer.sort,
  source: "own",
  start: slot.startAt,
  end: slot.endAt,
  cancelUntil: Math.max(
    cancelUntil({ ...bookingSettings, cancelUntil: offer.cancelAt }, row.day),
    Math.min(row.freeUntil ?? 0, slot.startAt),
  ),
  day: { from: startOf(row.day), to: startOf(row.day) + dayMs },
  marked: false,
});

export type Seen = {
  offer: OfferCard;
  name: string;
  code: string | null;
  actors: readonly AppointmentActor[];
  now: number;
};

export function ticketOut(
  row: AppointmentRow,
  facts: AppointmentFacts,
  { offer, name, code, actors, now }: Seen,
): Ticket {
  return {
    id: row.id,
    offer,
    state: row.state,
    start: facts.start,
    end: facts.end,
    number: row.number,
    name,
    place: row.place,
    note: row.note,
    cancelUntil: facts.cancelUntil,
    code,
    may: allowedAppointmentMoves(facts, actors, now),
  };
}
