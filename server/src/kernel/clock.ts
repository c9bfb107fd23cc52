/** The only place that knows `Date`. Everywhere else a time is an epoch-millisecond number that somebody passed in. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export type ManualClock = Clock & { advance(ms: number): void; set(ms: number): void };

/** A clock that stands still until it is told to move; for tests and the demo world. */
export function manualClock(start: number): ManualClock {
  let at = start;
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
    set: (ms) => {
      at = ms;
    },
  };
}

const shanghaiOffset = 8 * 3_600_000;

/** The day in China (no summer time): `2026-11-22`. */
export const shanghaiDay = (ms: number): string => isoOf(ms + shanghaiOffset).slice(0, 10);

/** Day and time in China to the minute: `2026-11-22 09:05`. */
export const shanghaiMinute = (ms: number): string =>
  isoOf(ms + shanghaiOffset)
    .slice(0, 16)
    .replace("T", " ");

/** `shanghaiMidnight("2026-11-22")` → epoch ms at which that day begins in China. */
export const shanghaiMidnight = (day: string): number => Date.parse(`${day}T00:00:00.000Z`) - shanghaiOffset;

/** `2026-11-22T01:05:00.000Z` */
export const isoOf = (ms: number): string => new Date(ms).toISOString();

/** For libraries that insist on it. */
export const dateOf = (ms: number): Date => new Date(ms);

/** How the database writes a time: UTC, `2026-11-22 01:05:00.000`. */
export const sqlTime = (ms: number): string => isoOf(ms).slice(0, 23).replace("T", " ");

/**
 * The other way round; also reads a DATETIME without milliseconds. NaN for one without a month or day. Digit by digit: a page of a
 * list has a hundred of them.
 */
export function sqlTimeToMs(text: string): number {
  const two = (at: number) => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
  const year = two(0) * 100 + two(2);
  const ms = text.length === 19 ? 0 : two(20) * 10 + text.charCodeAt(22) - 48;
  if (two(5) === 0 || two(8) === 0) return Number.NaN;
  return Date.UTC(year, two(5) - 1, two(8), two(11), two(14), two(17), ms);
}
