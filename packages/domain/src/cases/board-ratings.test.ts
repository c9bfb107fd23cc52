import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endedMonths, type RatingCount, ratingsShown } from "./board-ratings.ts";
import { fewestRatings } from "./board-words.ts";
import type { Stars } from "./rating.ts";

const village = "990101101201";
const sister = "990101101202";
const given = (stars: Stars, count: number, more: Partial<RatingCount> = {}): RatingCount => ({
  region: village,
  month: "2026-11",
  stars,
  tags: [],
  count,
  ...more,
});
const at = (text: string) => Date.parse(`${text}+08:00`);

describe("of ratings, those who are rated read", () => {
  test("nothing of a place in a month with fewer than three, whatever other months and places have", () => {
    expect(fewestRatings).toBe(3);
    const few = [given(5, 2), given(5, 2, { month: "2026-10" }), given(5, 2, { region: sister })];
    expect(ratingsShown(few).size).toBe(0);
    const shown = ratingsShown([...few, given(4, 1)]);
    expect([...shown.keys()]).toEqual([village]);
    expect(shown.get(village)?.stars).toEqual([0, 0, 0, 1, 2]);
  });

  test("nothing of one or two stars, each of which opened a case again", () => {
    expect(ratingsShown([given(1, 5), given(2, 5)]).size).toBe(0);
    expect(ratingsShown([given(1, 5), given(5, 2)]).size).toBe(0);
    const shown = ratingsShown([given(1, 1, { tags: [115] }), given(5, 2, { tags: [517] }), given(3, 1)]);
    expect(shown.get(village)).toEqual({
      stars: [0, 0, 1, 0, 2],
      tags: [{ tag: 517, word: "服务热情效率高", count: 2 }],
    });
  });

  test("ticks added up, the most frequent first", () => {
    const shown = ratingsShown([given(5, 1, { tags: [514, 517] }), given(5, 2, { tags: [517] })]);
    expect(shown.get(village)?.tags).toEqual([
      { tag: 517, word: "服务热情效率高", count: 3 },
      { tag: 514, word: "可以使用手机办理", count: 1 },
    ]);
  });

  test("never a difference of fewer than three between any two sets of months", () => {
    const months = ["2026-09", "2026-10", "2026-11"];
    const one = fc.record({
      stars: fc.constantFrom<Stars>(1, 2, 3, 4, 5),
      month: fc.constantFrom(...months),
    });
    const total = (all: RatingCount[]) => (ratingsShown(all).get(village)?.stars ?? []).reduce((sum, n) => sum + n, 0);
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), fc.constantFrom(...months), (some, without) => {
        const all = some.map(({ stars, ...more }) => given(stars, 1, more));
        const difference = total(all) - total(all.filter(({ month }) => month !== without));
        expect(difference === 0 || difference >= fewestRatings).toBe(true);
      }),
    );
  });
});

test("only months that ended count, and only those that lie whole in the period", () => {
  const now = at("2026-11-22T10:00:00");
  const months = (from: string, to: string) => endedMonths({ from: at(from), to: at(to) }, now);
  const october = { from: at("2026-10-01T00:00:00"), to: at("2026-11-01T00:00:00") };
  expect(months("2026-10-01T00:00:00", "2026-11-23T00:00:00")).toEqual(october);
  expect(months("2026-09-02T00:00:00", "2026-12-31T00:00:00")).toEqual(october);
  expect(months("2026-10-01T00:00:00", "2026-11-01T00:00:00")).toEqual(october);
  expect(months("2026-10-01T00:00:00", "2026-10-31T23:59:59")).toBeNull();
  expect(months("2026-11-01T00:00:00", "2026-12-01T00:00:00")).toBeNull();
  expect(months("2025-12-01T00:00:00", "2026-01-01T00:00:00")).toEqual({
    from: at("2025-12-01T00:00:00"),
    to: at("2026-01-01T00:00:00"),
  });
});
