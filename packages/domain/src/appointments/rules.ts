import { covers, type RegionCode } from "../base/region.ts";
import { type Day, dayMs, startOf } from "../base/workday.ts";
import { type Minute, minuteMs, type Release } from "./schedule.ts";
import type { AppointmentSort } from "./state.ts";

/**
 * Who may book what, and until when: pure, with what a county may set. The figures are those that hospitals announce most often:
 * places seven days ahead at seven, until five in the afternoon of the day before, a month's pause after three times not coming.
 */
export type BookingSettings = {
  release: Release;
  /** An appointment is cancelled until this minute of the day before. */
  cancelUntil: Minute;
  /** How many a person may have that are still to come. */
  mostOpen: number;
  /** So many times not coming within `missWindowDays` pause booking for `pauseDays`. */
  misses: number;
  missWindowDays: number;
  pauseDays: number;
  /** How long whoever moved up on a waiting list may decline without a trace. */
  declineMinutes: number;
};

export const bookingSettings: BookingSettings = {
  release: { days: 7, at: 420 },
  cancelUntil: 1020,
  mostOpen: 3,
  misses: 3,
  missWindowDays: 180,
  pauseDays: 30,
  declineMinutes: 30,
};

/** Until when an appointment on this day may be cancelled, in epoch milliseconds. */
export const cancelUntil = ({ cancelUntil: at }: BookingSettings, day: Day): number =>
  startOf(day) - dayMs + at * minuteMs;

/**
 * Until when somebody who did not come may not book; null when they may. Each pause uses up the times that led to it. Excused
 * times are not handed in. `missed`: times in epoch milliseconds, in any order.
 */
export function pausedUntil(settings: BookingSettings, missed: readonly number[], now: number): number | null {
  let counted: number[] = [];
  let until = 0;
  for (const at of [...missed].sort((a, b) => a - b)) {
    counted = [...counted, at].filter((one) => at - one < settings.missWindowDays * dayMs);
    if (counted.length < settings.misses) continue;
    until = Math.max(until, at + settings.pauseDays * dayMs);
    counted = [];
  }
  return now < until ? until : null;
}

/** Why nobody comes to this home; null where somebody does, and of everything that is no visit. `villages`: that know the person. */
export function visitNo(
  offer: { sort: AppointmentSort; region: RegionCode },
  villages: readonly RegionCode[],
  place: string | undefined,
): "OTHER_AREA" | "PLACE_NEEDED" | null {
  if (offer.sort !== "visit") return null;
  if (!villages.some((village) => covers(offer.region, village))) return "OTHER_AREA";
  return place === undefined ? "PLACE_NEEDED" : null;
}

/** As whom the caller books: for themselves, or for somebody else by a mandate (family, or an agent's) that stands or has ended. */
export type Behalf = "self" | "mandate" | "ended" | "none";

export type BookingFacts = {
  now: number;
  slot: { start: number; closed: boolean; opensAt: number; capacity: number; taken: number };
  behalf: Behalf;
  /** Of whom it is for: name and ID number are known to be theirs. */
  realName: boolean;
  /** How many of theirs are still to come. */
  open: number;
  /** Have they one with this department, or at this hall's item, on this day already? */
  sameDay: boolean;
  pausedUntil: number | null;
};

export type BookingNo =
  | "MANDATE_FIRST"
  | "MANDATE_ENDED"
  | "REAL_NAME_FIRST"
  | "SLOT_PAST"
  | "SLOT_CLOSED"
  | "NOT_OPEN_YET"
  | "BOOKING_PAUSED"
  | "SAME_DAY"
  | "OPEN_LIMIT"
  | "SLOT_FULL";

/**
 * Why this cannot be booked; null when it can, as far as is known before the place is claimed. What the caller can do least about
 * comes last: who reads 约满 has nothing else in the way of the waiting list.
 */
export function bookingNo(facts: BookingFacts, settings: BookingSettings): BookingNo | null {
  const { now, slot } = facts;
  const checks: readonly [BookingNo, boolean][] = [
    ["MANDATE_FIRST", facts.behalf === "none"],
    ["MANDATE_ENDED", facts.behalf === "ended"],
    ["REAL_NAME_FIRST", !facts.realName],
    ["SLOT_PAST", slot.start <= now],
    ["SLOT_CLOSED", slot.closed],
    ["NOT_OPEN_YET", now < slot.opensAt],
    ["BOOKING_PAUSED", facts.pausedUntil !== null && now < facts.pausedUntil],
    ["SAME_DAY", facts.sameDay],
    ["OPEN_LIMIT", facts.open >= settings.mostOpen],
    ["SLOT_FULL", slot.taken >= slot.capacity],
  ];
  return checks.find(([, isSo]) => isSo)?.[0] ?? null;
}
