import { dayMs, dayOf, startOf } from "../base/workday.ts";

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
