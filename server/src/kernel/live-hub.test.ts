import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveHub } from "./live-hub.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stamp that is raised at these moments, and how long after each of them it, or a newer one, was told. */
async function waits(raisedAt: readonly number[]): Promise<number[]> {
  const start = performance.now();
  const since = () => performance.now() - start;
  const version = () => raisedAt.filter((at) => at <= since()).length;
  const hub = new LiveHub({ rows: async () => [{ scope: "s", version: version(), ago: 3_600_000 }] as never[] });
  const told: { version: number; at: number }[] = [];
  const watching = hub.watch(["s"], (_, standing) => told.push({ version: standing.version, at: since() }));
  await vi.advanceTimersByTimeAsync(0);
  await watching;
  await vi.advanceTimersByTimeAsync((raisedAt.at(-1) ?? 0) + 10_000);
  await hub.stop();
  return raisedAt.map((at, n) => (told.find((one) => one.version > n)?.at ?? Number.POSITIVE_INFINITY) - at);
}

test.each([
  ["alone", [500]],
  ["soon after another", [500, 510]],
  ["while another settles", [500, 1_100]],
  ["when another was just told", [500, 1_800]],
  ["a second and a half after another", [500, 2_000]],
  ["in a village where everybody writes", Array.from({ length: 60 }, (_, n) => 500 + n * 170)],
])("a change %s leaves two seconds enough to be fetched in", async (_, raisedAt) => {
  for (const wait of await waits(raisedAt)) {
    // Not before every process has stopped trusting what was before.
    expect(wait).toBeGreaterThanOrEqual(1_000);
    expect(wait).toBeLessThanOrEqual(1_750);
  }
});

test("a village where everybody writes is told twice a second at most", async () => {
  const start = performance.now();
  let version = 0;
  const hub = new LiveHub({ rows: async () => [{ scope: "s", version: version++, ago: 3_600_000 }] as never[] });
  const told: number[] = [];
  const watching = hub.watch(["s"], () => told.push(performance.now() - start));
  await vi.advanceTimersByTimeAsync(0);
  await watching;
  await vi.advanceTimersByTimeAsync(10_000);
  await hub.stop();
  expect(told.length).toBeGreaterThan(10);
  expect(told.slice(1).every((at, n) => at - (told[n] ?? 0) >= 500)).toBe(true);
});

test("with timers as they are, which ring a moment early, a change that comes alone does not wait for the gap", async () => {
  vi.useRealTimers();
  const gapMs = 20_000;
  const wait = () =>
    new Promise<void>((told) => {
      let version = 0;
      const rows = async () => [{ scope: "s", version, ago: 3_600_000 }] as never[];
      const hub = new LiveHub({ rows, everyMs: 3, settleMs: 40, gapMs });
      const heard = async () => {
        await hub.stop();
        told();
      };
      void hub
        .watch(["s"], () => void heard())
        .then(() => {
          version = 1;
        });
    });
  // It ends with the time of one test where one of them waits.
  await Promise.all(Array.from({ length: 50 }, wait));
});
