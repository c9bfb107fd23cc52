import { mine } from "../../mine.ts";
import type { OutputOf } from "../../wire.ts";

export type Inbox = OutputOf<"messages.inbox">;
export type Message = Inbox["items"][number];
export type KeptInbox = { at: number; items: Message[] };

/** The newest page stays on the phone under the person's id, for reading without a network. */
export const keepInbox = (inbox: KeptInbox): void => void mine.set("inbox", inbox);

export function keptInbox(): KeptInbox | null {
  const kept = mine.get("inbox");
  return isKept(kept) ? kept : null;
}

/** Written by an earlier version of the app it may be anything. */
const isKept = (kept: unknown): kept is KeptInbox =>
  typeof kept === "object" &&
  kept !== null &&
  "at" in kept &&
  typeof kept.at === "number" &&
  "items" in kept &&
  Array.isArray(kept.items) &&
  kept.items.every(isMessage);

const isMessage = (item: unknown): boolean =>
  typeof item === "object" &&
  item !== null &&
  "id" in item &&
  "title" in item &&
  typeof item.title === "string" &&
  "text" in item &&
  typeof item.text === "string" &&
  "about" in item &&
  typeof item.about === "object";
