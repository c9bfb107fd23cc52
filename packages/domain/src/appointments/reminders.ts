import { dayMs, dayOf, startOf, weekdayOf } from "../base/workday.ts";
import { quietUntil } from "../messages/quiet.ts";

const hourMs = 3_600_000;
/** In the evening before, and two hours before; nothing rings before seven (quiet hours). */
const evening = 18;
const morning = 7;
const ahead = 2 * hourMs;
/** Later than that a reminder helps nobody to be in time. */
const least = hourMs / 2;

/**
 * When somebody is reminded of an appointment that starts at `start`, of what is still to come at `now` (epoch milliseconds), in
 * order. Who books within the two hours is not reminded: they have just read it.
 */
export function remindersAt(start: number, now: number): { kind: "evening" | "soon"; at: number }[] {
  const day = startOf(dayOf(start));
  const soon = Math.max(start - ahead, day + morning * hourMs);
  return [
    { kind: "evening" as const, at: day - dayMs + evening * hourMs },
    ...(start - soon >= least ? [{ kind: "soon" as const, at: soon }] : []),
  ].filter(({ at }) => at > now);
}

/**
 * Is somebody to be reminded now? `since`: until then all was told, or was past when the place was booked or moved. What fell
 * into a night, or into a time when nobody reminded, is told once later on; never after the start, and never at night.
 */
export const reminderDue = (start: number, since: number, now: number): boolean =>
  now < start && quietUntil(now) === null && remindersAt(start, since).some(({ at }) => at <= now);

/**
 * Among which appointments one looks for those that are due: they start after `from` and before `to`, and nothing was told of
 * them since `before`. Wide enough; `reminderDue` says which it is.
 */
export function dueAmong(now: number): { from: number; to: number; before: number }[] {
  const today = startOf(dayOf(now));
  const evenings = [today, today + dayMs].map((day) => ({
    from: Math.max(now, day - 1),
    to: day + dayMs,
    before: day - dayMs + evening * hourMs,
  }));
  return [{ from: now, to: now + ahead + 1, before: now }, ...evenings.filter(({ before }) => before <= now)];
}

/** `11月24日 周二 08:30` */
export function startWords(start: number): string {
  const day = dayOf(start);
  const minutes = Math.floor((start - startOf(day)) / 60_000);
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
  return `${date} 周${"日一二三四五六"[weekdayOf(day)]} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
