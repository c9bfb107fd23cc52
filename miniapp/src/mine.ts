import { phoneStore } from "./platform/store.ts";

/**
 * What somebody typed or chose here, kept on the phone under the person's id ("" for nobody): another person never sees
 * it, and leaving takes it away.
 */
export type MineKey = "typed-notice" | "searched" | "unsaved-skin";
const keys: readonly MineKey[] = ["typed-notice", "searched", "unsaved-skin"];
const personKey = "person";

let person = readPerson();
let last = person;

function readPerson(): string | null {
  const kept = phoneStore.get(personKey);
  return typeof kept === "string" ? kept : null;
}

/** Who is signed in on this phone, known without a network too; null when nobody is. */
export const whoIsHere = (): string | null => person;

export function rememberPerson(id: string | null): void {
  if (id === person) return;
  person = id;
  last = id ?? last;
  if (id === null) phoneStore.remove(personKey);
  else phoneStore.set(personKey, id);
}

const nameOf = (key: MineKey, of: string | null) => `${key}:${of ?? ""}`;

export const mine = {
  get: (key: MineKey): unknown => phoneStore.get(nameOf(key, person)),
  set: (key: MineKey, value: unknown): boolean => phoneStore.set(nameOf(key, person), value),
  remove: (key: MineKey): void => phoneStore.remove(nameOf(key, person)),
};

/** Takes away what this person (whose session may be gone already), and nobody before the sign-in, left on the phone. */
export function forgetMine(): void {
  for (const key of keys) for (const of of [person, last, null]) phoneStore.remove(nameOf(key, of));
}
