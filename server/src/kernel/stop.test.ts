import { afterEach, expect, test, vi } from "vitest";
import { openLog } from "./log.ts";
import { gracefulStop } from "./stop.ts";

const log = openLog("silent");
const signals = ["SIGTERM", "SIGINT"] as const;
const before = signals.map((signal) => process.listeners(signal));
afterEach(() => {
  for (const [at, signal] of signals.entries()) {
    for (const listener of process.listeners(signal))
      if (!before[at]?.includes(listener)) process.off(signal, listener);
  }
});

test("the steps run in order, a failing one does not keep the next from running, and the exit code tells", async () => {
  const order: string[] = [];
  const exit = vi.fn();
  const stopper = gracefulStop({
    log,
    exit,
    steps: [
      { name: "one", run: async () => void order.push("one") },
      { name: "two", run: () => Promise.reject(new Error("no")) },
      { name: "three", run: async () => void order.push("three") },
    ],
  });
  expect(stopper.stopping()).toBe(false);
  const stopped = stopper.stop("test");
  expect(stopper.stopping()).toBe(true);
  await Promise.all([stopped, stopper.stop("again")]);
  expect(order).toEqual(["one", "three"]);
  expect(exit.mock.calls).toEqual([[1]]);
});

test("a step that never ends does not keep the process", async () => {
  const exit = vi.fn();
  const stopper = gracefulStop({
    log,
    exit,
    withinMs: 20,
    steps: [{ name: "stuck", run: () => new Promise(() => {}) }],
  });
  void stopper.stop("test");
  await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(1));
});
