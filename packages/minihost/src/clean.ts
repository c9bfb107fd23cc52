import type { Hands } from "./hands.ts";

/** Throws when anything went wrong on the phone: an error of host, view or bundle, or a `console.error`. */
export function expectClean(host: Hands): void {
  const printed = host.logs.filter((line) => line.level === "error").map((line) => `console.error: ${line.text}`);
  const faults = [...host.errors, ...printed];
  if (faults.length > 0) throw new Error(`${faults.length} fault(s):\n${faults.join("\n")}`);
}
