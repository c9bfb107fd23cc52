import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchStall } from "./stall.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a transfer that moves may take as long as it needs; one that stands still is given up", () => {
  const giveUp = vi.fn();
  const watch = watchStall(giveUp, 1_000);
  for (let i = 0; i < 10; i += 1) {
    vi.advanceTimersByTime(900);
    watch.moved();
  }
  expect(giveUp).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(giveUp).toHaveBeenCalledOnce();
});

test("a transfer that has ended is not given up any more", () => {
  const giveUp = vi.fn();
  watchStall(giveUp, 1_000).end();
  vi.advanceTimersByTime(5_000);
  expect(giveUp).not.toHaveBeenCalled();
});
