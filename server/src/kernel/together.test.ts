import { describe, expect, test } from "vitest";
import { together } from "./together.ts";

/** Runs that end when they are told to, and what each was given. */
function held() {
  const runs: { items: readonly number[]; end: () => void }[] = [];
  const run = async (items: readonly number[]) => {
    await new Promise<void>((end) => runs.push({ items, end }));
    return items.map((item) => item * 10);
  };
  return { runs, run };
}

describe("calls made together", () => {
  test("who comes at the same moment, or while others are served, goes along with the next, in order", async () => {
    const { runs, run } = held();
    const ask = together(run, 2);
    const first = Promise.all([1, 2, 3].map(ask));
    await expect.poll(() => runs.length).toBe(1);
    const later = [4, 5].map(ask);
    for (let n = 0; n < 3; n++) {
      await expect.poll(() => runs.length).toBe(n + 1);
      runs[n]?.end();
    }
    expect(await first).toEqual([10, 20, 30]);
    expect(await Promise.all(later)).toEqual([40, 50]);
    expect(runs.map(({ items }) => items)).toEqual([[1, 2], [3, 4], [5]]);
  });

  test("the next goes out before anything is done with the answers of the last", async () => {
    const { runs, run } = held();
    const told: number[] = [];
    const toldAtStart: number[] = [];
    const ask = together((items: readonly number[]) => {
      toldAtStart.push(told.length);
      return run(items);
    }, 1);
    const all = Promise.all([1, 2].map((item) => ask(item).then(() => told.push(item))));
    for (let n = 0; n < 2; n++) {
      await expect.poll(() => runs.length).toBe(n + 1);
      runs[n]?.end();
    }
    await all;
    expect(toldAtStart).toEqual([0, 0]);
    expect(told).toEqual([1, 2]);
  });

  test("as many calls are under way at once as there are lanes, and what comes then goes along with the next", async () => {
    const { runs, run } = held();
    const ask = together(run, 2, 2);
    const all = Promise.all([1, 2, 3, 4, 5].map(ask));
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.end();
    await expect.poll(() => runs.length).toBe(3);
    for (const { end } of runs) end();
    expect(await all).toEqual([10, 20, 30, 40, 50]);
    expect(runs.map(({ items }) => items)).toEqual([[1, 2], [3, 4], [5]]);
  });

  test("when one run fails its items fail, and the next run goes on", async () => {
    let runs = 0;
    const ask = together(async (items: readonly number[]) => {
      runs += 1;
      if (runs === 2) throw new Error("broken");
      return items;
    }, 1);
    const ends = await Promise.allSettled([1, 2, 3].map(ask));
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await ask(4)).toBe(4);
  });

  test("an item that is done by itself fails by itself", async () => {
    const ask = together(
      async (items: readonly number[]) =>
        items.map((item) => (item === 2 ? Promise.reject(new Error("refused")) : item)),
      10,
    );
    const ends = await Promise.allSettled([1, 2, 3].map(ask));
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
});
