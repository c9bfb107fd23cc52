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
  test("whoever comes alone waits for nobody; who comes meanwhile goes along with the next, in order", async () => {
    const { runs, run } = held();
    const ask = together(run, 2);
    const answers = Promise.all([1, 2, 3, 4].map(ask));
    for (let n = 0; n < 3; n++) {
      await expect.poll(() => runs.length).toBe(n + 1);
      runs[n]?.end();
    }
    expect(await answers).toEqual([10, 20, 30, 40]);
    expect(runs.map(({ items }) => items)).toEqual([[1], [2, 3], [4]]);
  });

  test("when one run fails its items fail, and the next run goes on", async () => {
    let runs = 0;
    const ask = together(async (items: readonly number[]) => {
      runs += 1;
      if (runs === 2) throw new Error("broken");
      return items;
    }, 10);
    const ends = await Promise.allSettled([1, 2, 3].map(ask));
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
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
