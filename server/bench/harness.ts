/** What a scenario gets from the runner: a private database server to make databases on, and a browser if it wants one. */
export type Bench = {
  databaseUrl: string;
  chromium: () => Promise<{ executablePath: string; env: Record<string, string> }>;
};

/**
 * One comparison. `limit` is what the same machine can do at best (or does by default) in the same run, so the ratio
 * `ours / limit` carries over to other machines while the figures do not.
 */
export type Scenario = {
  scenario: string;
  unit: string;
  run: (bench: Bench) => Promise<{ ours: number; limit: number }>;
};

/** One round: does its work and answers the figure, in the scenario's unit. */
type Round = () => Promise<number>;

/**
 * Both sides in turns, so that a slow moment of the machine falls on both; who begins changes every round. The first
 * `warmUp` rounds do not count. Answers the medians.
 */
export async function interleave(ours: Round, limit: Round, rounds: number, warmUp = 1) {
  const seen: { ours: number[]; limit: number[] } = { ours: [], limit: [] };
  for (let round = -warmUp; round < rounds; round++) {
    const turns = [["ours", ours] as const, ["limit", limit] as const];
    if (round % 2 !== 0) turns.reverse();
    for (const [side, run] of turns) {
      const figure = await run();
      if (round >= 0) seen[side].push(figure);
    }
  }
  return { ours: median(seen.ours), limit: median(seen.limit) };
}

/** The middle one; NaN for none. */
export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

/** The figure that the given share of all figures does not exceed; NaN for none. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds that `work` takes. */
export async function milliseconds(work: () => unknown): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}
