import { dayOf, startOf } from "../base/workday.ts";
import { addedUp, type BoardTick, fewestRatings } from "./board-words.ts";
import { isBad, ratingTags, type Stars } from "./rating.ts";

/** Equal ratings of one place and month, counted. `month`: of China's time, `2026-11`. */
export type RatingCount = {
  region: string;
  month: string;
  stars: Stars;
  tags: readonly number[];
  count: number;
};

/** `stars`: how many gave one, … five. */
export type RatingsShown = { stars: number[]; tags: BoardTick[] };

/**
 * What those who are rated may read of ratings, by place. Only authors rate, and the handlers know every case, so a count must
 * not be traceable to one:
 * - a month of a place counts as a whole or not at all, and only with `fewestRatings` or more: periods that differ by a day
 *   tell the same;
 * - one or two stars opened the case again and are not counted here: handlers see which cases were opened again, and can
 *   count. The board counts them with all reopenings.
 */
export function ratingsShown(given: readonly RatingCount[]): Map<string, RatingsShown> {
  const counted = given.filter(({ stars }) => !isBad(stars));
  const sizes = new Map<string, number>();
  for (const one of counted) sizes.set(monthOf(one), (sizes.get(monthOf(one)) ?? 0) + one.count);
  const shown = new Map<string, RatingsShown>();
  for (const one of counted) {
    if ((sizes.get(monthOf(one)) ?? 0) < fewestRatings) continue;
    const place = shown.get(one.region) ?? { stars: [0, 0, 0, 0, 0], tags: [] };
    shown.set(one.region, place);
    place.stars[one.stars - 1] = (place.stars[one.stars - 1] ?? 0) + one.count;
    for (const tag of one.tags) place.tags.push({ tag, word: ratingTags[one.stars][tag] ?? "", count: one.count });
  }
  for (const place of shown.values()) place.tags = addedUp(place.tags);
  return shown;
}

const monthOf = ({ region, month }: RatingCount): string => `${region} ${month}`;

/** The first moment of the month that lies `later` months after that of `at`. */
function monthStart(at: number, later = 0): number {
  const [year = 0, month = 1] = dayOf(at).split("-").map(Number);
  const months = year * 12 + month - 1 + later;
  return startOf(`${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}-01`);
}

/** The months that lie in a period as a whole and have ended; null where there is none. Epoch milliseconds. */
export function endedMonths(period: { from: number; to: number }, now: number): { from: number; to: number } | null {
  const first = monthStart(period.from);
  const from = first < period.from ? monthStart(period.from, 1) : first;
  const to = monthStart(Math.min(period.to, now));
  return from < to ? { from, to } : null;
}
