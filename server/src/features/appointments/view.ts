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
import type { DoctorRow } from "./store.hospital.ts";
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
  ...(row.code === "" ? {} : { code: row.code }),
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

/** Facts that decide about its moves. */
export const factsOf = (row: AppointmentRow, offer: OfferRow, slot: SlotRow): AppointmentFacts => ({
  state: row.state,
  sort: offer.sort,
  source: offer.source === null ? "own" : "hospital",
  start: slot.startAt,
  end: slot.endAt,
  cancelUntil: Math.max(
    cancelUntil({ ...bookingSettings, cancelUntil: offer.cancelAt }, row.day),
    Math.min(row.freeUntil ?? 0, slot.startAt),
  ),
  day: { from: startOf(row.day), to: startOf(row.day) + dayMs },
  marked: false,
});

/** Of a hospital: whose half-day it is. */
export function doctorOut(
  { doctor }: Pick<SlotRow, "doctor">,
  doctors: readonly DoctorRow[],
): { doctor?: { name: string; title: string; goodAt: string } } {
  const found = doctors.find(({ ref }) => ref === doctor);
  return found ? { doctor: { name: found.name, title: found.title, goodAt: found.goodAt } } : {};
}

export type Seen = {
  offer: OfferCard;
  name: string;
  code: string | null;
  behalf: "for" | "by" | null;
  actors: readonly AppointmentActor[];
  doctor: ReturnType<typeof doctorOut>;
  now: number;
};

export function ticketOut(
  row: AppointmentRow,
  facts: AppointmentFacts,
  { offer, name, code, behalf, actors, doctor, now }: Seen,
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
    ...doctor,
    ...(row.why === "" ? {} : { why: row.why }),
    ...(behalf === null ? {} : { behalf }),
    may: allowedAppointmentMoves(facts, actors, now),
  };
}
