import { dropPictures } from "./platform/keep-picture.ts";
import { phoneStore } from "./platform/store.ts";

/**
 * What somebody typed or chose here, kept on the phone under the person's id ("" for nobody): another person never sees
 * it, and leaving takes it away.
 */
export type MineKey =
  | "typed-notice"
  | "typed-reply"
  | "typed-post"
  | "typed-words"
  | "outbox"
  | "searched"
  | "inbox"
  | "read"
  | "unsaved-skin";
const keys: readonly MineKey[] = [
  "typed-notice",
  "typed-reply",
  "typed-post",
  "typed-words",
  "outbox",
  "searched",
  "inbox",
  "read",
  "unsaved-skin",
];
export const personKey = "person";

let person = readPerson();
let last = person;
let left: string | null = null;
/** Held while the app runs and never stored: what must not be found on a phone. */
let inHand: { of: string; name: string; value: unknown } | null = null;

function readPerson(): string | null {
  const kept = phoneStore.get(personKey);
  return typeof kept === "string" ? kept : null;
}

/** Who is signed in on this phone, known without a network too; null when nobody is. */
export const whoIsHere = (): string | null => person;

/** On the site another tab may have signed in as somebody else: then the session, and what it is told, is theirs. */
export const stillHere = (): boolean => person !== null && readPerson() === person;
/** Who was here last while this app ran, also when nobody is now. */
export const lastHere = (): string | null => last;
/** Did another tab sign in, or out? */
export const changedElsewhere = (): boolean => readPerson() !== person;

/** Did this person sign out or close the account, rather than lose the session? */
export const hasLeft = (id: string): boolean => id === left;

export function rememberPerson(id: string | null): void {
  // Another tab may have written it since, or taken it away.
  if (id === person && id === readPerson()) return;
  const own = readPerson() === person;
  person = id;
  last = id ?? last;
  if (id !== null) {
    left = null;
    if (id !== inHand?.of) inHand = null;
  }
  if (id !== null) phoneStore.set(personKey, id);
  else if (own) phoneStore.remove(personKey);
}

/**
 * Says to other tabs and to this one when it is loaded anew who is here now, or that nobody is known; until then this page
 * stays whose it was. False: the browser goes on naming somebody else.
 */
export function handOver(id: string): boolean {
  phoneStore.set(personKey, id);
  if (readPerson() !== id) phoneStore.remove(personKey);
  return readPerson() === id || readPerson() === null;
}

const nameOf = (key: MineKey, of: string | null) => `${key}:${of ?? ""}`;

export const mine = {
  get: (key: MineKey, of = person): unknown => phoneStore.get(nameOf(key, of)),
  set: (key: MineKey, value: unknown, of = person): boolean => phoneStore.set(nameOf(key, of), value),
  remove: (key: MineKey, of = person): void => phoneStore.remove(nameOf(key, of)),
};

/** Two accounts have become one: what the first had kept here is the second's, unless that one has its own. */
export function takeOver(from: string, id: string): void {
  if (from === id) return;
  for (const key of keys) {
    const value = mine.get(key, from);
    if (value !== null && mine.get(key, id) === null) mine.set(key, value, id);
    mine.remove(key, from);
  }
}

/** What somebody had typed when their session ended elsewhere, for when they are back on that page; in memory only. */
export const hold = (of: string, name: string, value: unknown): void => {
  inHand = { of, name, value };
};
export const held = (name: string): unknown =>
  inHand !== null && inHand.of === person && inHand.name === name ? inHand.value : null;
export const letGo = (): void => {
  inHand = null;
};

/** Takes away what this person (whose session may be gone already), and nobody before the sign-in, left on the phone. */
export function forgetMine(): void {
  left = person ?? last;
  inHand = null;
  for (const key of keys) for (const of of [person, last, null]) phoneStore.remove(nameOf(key, of));
  for (const of of [person, last]) dropPictures(of);
}
