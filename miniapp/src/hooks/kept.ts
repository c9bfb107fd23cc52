import { mine, stillHere } from "../mine.ts";
import { type Cache, makeCache } from "../platform/cache.ts";
import { forgetSeenPictures } from "../platform/seen-pictures.ts";
import { phoneStore } from "../platform/store.ts";
import type { AskName } from "../wire.ts";
import { type KeptMine, makeKeptMine } from "./kept-mine.ts";

/** Questions whose answer is the same for everybody: these are kept on the phone whoever signs in or out there. */
const publicAsks = [
  "site.about",
  "site.document",
  "regions.tree",
  "regions.get",
  "notices.list",
  "notices.get",
  "appointments.offers",
] as const satisfies readonly AskName[];
export type PublicAsk = (typeof publicAsks)[number];
export const isPublic = (name: string): boolean => publicAsks.some((ask) => name === ask || name.startsWith(`${ask}?`));

/** Public answers, for reading without a network. */
export const kept = makeCache(phoneStore);

/** Answers for the person who is here, under their id; they go with the session. */
export const keptMine: KeptMine = makeKeptMine({
  get: () => mine.get("read"),
  // An answer to somebody who is not here any more is not kept under anybody's name.
  set: (lines) => void (stillHere() && mine.set("read", lines)),
  remove: () => mine.remove("read"),
});

export const keeperOf = (name: string): Pick<Cache, "read" | "write"> => (isPublic(name) ? kept : keptMine);

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
  keptMine.clear();
  mine.remove("inbox");
  forgetSeenPictures();
}

/** An answer that is not for this person any more: it stays nowhere. */
export function forgetAnswer(name: string): void {
  seen.delete(name);
  keptMine.drop(name);
}

/** When the person asks for it. */
export function forgetAnswers(): void {
  seen.clear();
  kept.clear();
  keptMine.clear();
}

/** Makes the answers whose name starts so be asked anew the next time; what is on the screen stays. */
export function outdate(prefix: string): void {
  for (const [name, answer] of seen) if (name.startsWith(prefix)) seen.set(name, { ...answer, at: 0 });
}
