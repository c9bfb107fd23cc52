import { type Calendar, type Day, dayMs, dayOf, startOf, weekdayOf } from "../base/workday.ts";

/**
 * Our own schedules: a week that repeats, made into dated slots. A day has one kind, and a window names the kinds on which it is
 * open; on a holiday nothing is, unless a window says so.
 */
export const dayKinds = [1, 2, 3, 4, 5, 6, 0, "makeUp", "holiday"] as const;
/** A weekday (0 is Sunday), a weekend day that is worked (调休), or an announced holiday. */
export type DayKind = (typeof dayKinds)[number];

/** Minutes of the day in China, 0 to 1440: 8:30 is 510. */
export type Minute = number;

/**
 * One window of the week. From `from` to `to` it is cut into slots of `minutes`; what does not fill one is left free. `capacity`:
 * places of a slot, of which `onSite` are kept for those who come without an appointment.
 */
export type Window = {
  days: readonly DayKind[];
  from: Minute;
  to: Minute;
  minutes: number;
  capacity: number;
  onSite: number;
};

/** A day, or a part of it, on which nobody is received. */
export type Closure = { day: Day; from: Minute; to: Minute; why: string };

/** A slot as a schedule wants it. Times in epoch milliseconds; `capacity`: what is sold, without what is kept on site. */
export type WantedSlot = { start: number; end: number; capacity: number };

export const minuteMs = 60_000;
const daysEnd = 1440;

export function dayKindOf(calendar: Calendar, day: Day): DayKind {
  if (calendar.isHoliday(day)) return "holiday";
  const weekday = dayKinds.find((kind) => kind === weekdayOf(day)) ?? 0;
  const isWeekend = weekday === 0 || weekday === 6;
  return isWeekend && calendar.isWorkday(day) ? "makeUp" : weekday;
}

export type WindowNo = "WINDOW_HOURS" | "WINDOW_PLACES" | "WINDOW_OVERLAP" | "WINDOW_DAYS";

/** Why this week cannot be kept; null when it can. Windows of one kind of day never overlap: a person stands at one of them. */
export function weekNo(windows: readonly Window[]): WindowNo | null {
  for (const { days, from, to, minutes, capacity, onSite } of windows) {
    if (days.length === 0 || new Set(days).size !== days.length) return "WINDOW_DAYS";
    const whole = [from, to, minutes].every(Number.isInteger);
    if (!whole || from < 0 || to > daysEnd || minutes < 5 || from + minutes > to) return "WINDOW_HOURS";
    const places = Number.isInteger(capacity) && Number.isInteger(onSite);
    if (!places || capacity < 1 || capacity > 1000 || onSite < 0 || onSite > capacity) return "WINDOW_PLACES";
  }
  const overlap = windows.some((one, i) =>
    windows
      .slice(i + 1)
      .some((other) => one.from < other.to && other.from < one.to && one.days.some((day) => other.days.includes(day))),
  );
  return overlap ? "WINDOW_OVERLAP" : null;
}

/** The slots of one day, by time. A slot that a closure touches is not there. */
export function slotsOn(
  calendar: Calendar,
  windows: readonly Window[],
  closures: readonly Closure[],
  day: Day,
): WantedSlot[] {
  const kind = dayKindOf(calendar, day);
  const shut = closures.filter((closure) => closure.day === day);
  const zero = startOf(day);
  return windows
    .filter(({ days, capacity, onSite }) => days.includes(kind) && capacity > onSite)
    .flatMap(({ from, to, minutes, capacity, onSite }) =>
      Array.from({ length: Math.floor((to - from) / minutes) }, (_, i) => from + i * minutes)
        .filter((at) => !shut.some((closure) => at < closure.to && closure.from < at + minutes))
        .map((at) => ({
          start: zero + at * minuteMs,
          end: zero + (at + minutes) * minuteMs,
          capacity: capacity - onSite,
        })),
    )
    .sort((a, b) => a.start - b.start);
}

/** A slot as it is kept. `taken`: places that appointments hold; `waits`: people on its list. */
export type KeptSlot = WantedSlot & { id: string; taken: number; waits: number };

/** What must be done to come from what is kept to what is wanted; `orphans` would lose an appointment or a place in a list. */
export type SlotChanges = {
  add: WantedSlot[];
  resize: { id: string; capacity: number }[];
  drop: string[];
  orphans: KeptSlot[];
};

/** Nothing that anybody holds is dropped, cut or moved: it is an orphan, and is for a person to decide about. */
export function slotChanges(kept: readonly KeptSlot[], wanted: readonly WantedSlot[]): SlotChanges {
  const same = (a: WantedSlot, b: WantedSlot) => a.start === b.start && a.end === b.end;
  const changes: SlotChanges = { add: [], resize: [], drop: [], orphans: [] };
  for (const slot of kept) {
    const goes = wanted.find((one) => same(one, slot));
    if (!goes) {
      if (slot.taken > 0 || slot.waits > 0) changes.orphans.push(slot);
      else changes.drop.push(slot.id);
    } else if (goes.capacity < slot.taken) changes.orphans.push(slot);
    else if (goes.capacity !== slot.capacity) changes.resize.push({ id: slot.id, capacity: goes.capacity });
  }
  changes.add = wanted.filter((one) => !kept.some((slot) => same(one, slot)));
  return changes;
}

/** When the places of a day are given out: at `at` of the day that is `days` before it. */
export type Release = { days: number; at: Minute };

export const opensAt = ({ days, at }: Release, day: Day): number => startOf(day) - days * dayMs + at * minuteMs;

/** The last day whose places are given out by now. */
export const lastOpenDay = (release: Release, now: number): Day => {
  const far = dayOf(now + release.days * dayMs);
  return opensAt(release, far) <= now ? far : dayOf(startOf(far) - 1);
};
