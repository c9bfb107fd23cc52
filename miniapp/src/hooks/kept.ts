import { makeCache } from "../platform/cache.ts";
import { phoneStore } from "../platform/store.ts";
import type { AskName } from "../wire.ts";

/** Questions whose answer is the same for everybody: only these are kept on the phone, whoever signs in or out there. */
const publicAsks = [
  "site.about",
  "site.document",
  "regions.tree",
  "regions.get",
  "notices.list",
  "notices.get",
] as const satisfies readonly AskName[];
export type PublicAsk = (typeof publicAsks)[number];
const isPublic = (name: string): boolean => publicAsks.some((ask) => name === ask || name.startsWith(`${ask}?`));

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

/** When somebody signs in or their session is over: what belongs to a person goes, what everybody may read stays. */
export function forgetPersonal(): void {
  for (const name of [...seen.keys()]) if (!isPublic(name)) seen.delete(name);
}

/** When the person asks for it. */
export function forgetAnswers(): void {
  seen.clear();
  kept.clear();
}

/** Makes the answers whose name starts so be asked anew the next time; what is on the screen stays. */
export function outdate(prefix: string): void {
  for (const [name, answer] of seen) if (name.startsWith(prefix)) seen.set(name, { ...answer, at: 0 });
}
