import { isPlace, type Place } from "./place.ts";
import { now } from "./platform/clock.ts";
import { phoneStore } from "./platform/store.ts";

/**
 * A village that somebody wants to follow who is not signed in yet: followed as soon as they are. Kept on the phone, as
 * signing in may lead over another site's page and back; not for long, as the next to sign in may be somebody else.
 */
const key = "wanted-village";
const livesMs = 10 * 60_000;

export function wantToFollow({ code, name }: Place): void {
  phoneStore.set(key, { code, name, at: now() });
}

export const wantNothing = (): void => phoneStore.remove(key);

/** It is wanted once: whoever takes it follows it. */
export function takeWanted(): Place | null {
  const kept = phoneStore.get(key);
  if (kept === null) return null;
  wantNothing();
  if (!isPlace(kept) || !("at" in kept) || typeof kept.at !== "number") return null;
  const age = now() - kept.at;
  return age >= 0 && age < livesMs ? { code: kept.code, name: kept.name } : null;
}
