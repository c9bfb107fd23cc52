/**
 * Working days in China. The State Council's office announces each year's holidays and make-up days (调休) in the autumn
 * before; the schedule is data, handed in. `Date` only counts days here, it never asks what time it is. All days are China Standard Time (UTC+8, no summer time); a day is `YYYY-MM-DD`.
 */
export type Day = string;

/** Announced days. A year counts as announced when any of its days is a holiday. Local days win over the announced ones. */
export type Schedule = {
  holidays: readonly Day[];
  makeUps: readonly Day[];
  local?: { holidays?: readonly Day[]; makeUps?: readonly Day[] };
};

export type Calendar = {
  isWorkday(day: Day): boolean;
  /** Announced as free, or fixed by statute where nothing is announced yet; a mere weekend is not. */
  isHoliday(day: Day): boolean;
  /** Its schedule is not announced yet: weekends and the fixed statutory days only, to be computed again later. */
  isProvisional(year: number): boolean;
};

export const dayMs = 86_400_000;
const zoneMs = 8 * 3_600_000;

/** Days by their number since 1970, written once: deadlines walk over the same few hundred again and again. */
const written = new Map<number, Day>();
const mostWritten = 4_000;

const numberOf = (at: number): number => Math.floor((at + zoneMs) / dayMs);

function dayNamed(number: number): Day {
  const known = written.get(number);
  if (known !== undefined) return known;
  if (written.size >= mostWritten) written.clear();
  const day = new Date(number * dayMs).toISOString().slice(0, 10);
  written.set(number, day);
  return day;
}

/** The day in China at this time (epoch milliseconds). */
export const dayOf = (at: number): Day => dayNamed(numberOf(at));

/** When this day begins in China, in epoch milliseconds. */
export const startOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`) - zoneMs;

const startOfNumber = (number: number): number => number * dayMs - zoneMs;

/** The midnight that ends the day of this time; a midnight itself is the end of the day before. */
export const endOfDay = (at: number): number => startOfNumber(numberOf(at - 1) + 1);

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => new Date(startOf(day) + zoneMs).getUTCDay();

export const nextDay = (day: Day): Day => dayOf(startOf(day) + dayMs);

/** 全国年节及纪念日放假办法 as changed for 2025; what follows the moon is known only from the announcement. */
const fixedHolidays = ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"];

const yearOf = (day: Day): number => Number(day.slice(0, 4));

export function calendarOf(schedule: Schedule): Calendar {
  const announced = new Set(schedule.holidays.map(yearOf));
  const off = new Set(schedule.holidays);
  const on = new Set(schedule.makeUps);
  for (const day of schedule.local?.holidays ?? []) {
    off.add(day);
    on.delete(day);
  }
  for (const day of schedule.local?.makeUps ?? []) {
    on.add(day);
    off.delete(day);
  }
  const isWeekend = (day: Day) => [0, 6].includes(weekdayOf(day));
  const isFixed = (day: Day) => !announced.has(yearOf(day)) && fixedHolidays.includes(day.slice(5));
  const isHoliday = (day: Day) => !on.has(day) && (off.has(day) || isFixed(day));
  const known = new Map<Day, boolean>();
  const isWorkday = (day: Day): boolean => {
    const before = known.get(day);
    if (before !== undefined) return before;
    if (known.size >= mostWritten) known.clear();
    const works = on.has(day) || !(isHoliday(day) || isWeekend(day));
    known.set(day, works);
    return works;
  };
  return { isProvisional: (year) => !announced.has(year), isWorkday, isHoliday };
}

/**
 * The end of the n-th working day after the one on which something began: the first day is not counted, the last counts
 * to midnight. `days` is at least 1.
 */
export function dueAfter(calendar: Calendar, from: number, days: number): number {
  let number = numberOf(from);
  for (let left = days; left > 0; ) {
    number++;
    if (calendar.isWorkday(dayNamed(number))) left--;
  }
  return startOfNumber(number + 1);
}

/** Milliseconds between two times that fall on working days; 0 when `to` is not after `from`. */
export function workingMs(calendar: Calendar, from: number, to: number): number {
  let sum = 0;
  for (let number = numberOf(from); startOfNumber(number) < to; number++) {
    if (!calendar.isWorkday(dayNamed(number))) continue;
    sum += Math.max(0, Math.min(to, startOfNumber(number + 1)) - Math.max(from, startOfNumber(number)));
  }
  return sum;
}

/** Moves a time on by this much working time; over free days it stands still. None at all leaves it where it is. */
export function addWorkingMs(calendar: Calendar, from: number, ms: number): number {
  if (ms <= 0) return from;
  let left = ms;
  let at = from;
  for (;;) {
    const end = startOfNumber(numberOf(at) + 1);
    if (calendar.isWorkday(dayOf(at))) {
      if (left <= end - at) return at + left;
      left -= end - at;
    }
    at = end;
  }
}
