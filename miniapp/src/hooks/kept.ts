import { makeCache } from "../platform/cache.ts";
import { phoneStore } from "../platform/store.ts";

/** Public answers, for reading without a network. */
export const kept = makeCache(phoneStore);

/** Answers of this sitting: going back to a page shows it at once. Personal ones stay here only, never on the phone. */
export type Seen = { data: unknown; at: number };
const seen = new Map<string, Seen>();

export const recall = (name: string): Seen | null => seen.get(name) ?? null;
export function remember(name: string, data: unknown, at: number): void {
  seen.delete(name);
  seen.set(name, { data, at });
  if (seen.size > 60) seen.delete([...seen.keys()][0] ?? "");
}

/** When another person signs in, or the person asks for it. */
export function forgetAnswers(): void {
  seen.clear();
  kept.clear();
}

/** Makes the answers whose name starts so be asked anew the next time; what is on the screen stays. */
export function outdate(prefix: string): void {
  for (const [name, answer] of seen) if (name.startsWith(prefix)) seen.set(name, { ...answer, at: 0 });
}
