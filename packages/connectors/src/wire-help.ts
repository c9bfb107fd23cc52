import { expect } from "vitest";
import { OutsideFault } from "./fault.ts";

/** The fault that a call ends with; anything else fails the test. */
export async function faultOf(call: Promise<unknown>): Promise<OutsideFault> {
  const ended: unknown = await call.then(
    (value) => ({ answered: value }),
    (thrown: unknown) => thrown,
  );
  expect(ended).toBeInstanceOf(OutsideFault);
  return ended as OutsideFault;
}

/** A variable of a sandbox's environment. */
export function env(of: { env: Record<string, string> }, name: string): string {
  const value = of.env[name];
  expect(value, name).toBeDefined();
  return value ?? "";
}

/** How tests set the server's own dial: its waits cut short, its time-out within a test's patience. */
export const quick = { insideTx: () => false, sleep: async () => undefined, timeoutMs: 1_000 };
