import { dayMs, dayOf, startOf } from "../base/workday.ts";

const hourMs = 3_600_000;
/** From ten in the evening to seven in the morning, China time, phones stay silent. */
const eveningMs = 22 * hourMs;
const morningMs = 7 * hourMs;

/** When a message of this moment may ring: now (null), or the morning after the quiet hours that it falls into. */
export function quietUntil(now: number): number | null {
  const start = startOf(dayOf(now));
  const since = now - start;
  if (since < morningMs) return start + morningMs;
  return since >= eveningMs ? start + dayMs + morningMs : null;
}
