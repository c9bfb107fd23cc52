import type { Words } from "./draft.ts";
import type { Sent } from "./saver.ts";

/** What is written but not saved, kept in this browser against a crash: words of notices only, for their writer only. */
export type LocalCopy = { version: number | null; at: number; words: Words; sent: Sent | null };

type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;
const place = (person: string, notice: string | null): string => `desk.draft.${person}.${notice ?? "new"}`;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function isWords(value: unknown): value is Words {
  if (!isRecord(value) || !Array.isArray(value.body) || !Array.isArray(value.attachments)) return false;
  return [value.title, value.category, value.region, value.reach].every((part) => typeof part === "string");
}

export function isLocalCopy(value: unknown): value is LocalCopy {
  if (!isRecord(value) || typeof value.at !== "number" || !isWords(value.words)) return false;
  if (value.version !== null && typeof value.version !== "number") return false;
  return (
    value.sent === null || (isRecord(value.sent) && typeof value.sent.key === "string" && isWords(value.sent.words))
  );
}

/** Null when there is none, or one that an older desk wrote in another shape. */
export function readCopy(person: string, notice: string | null, shelf: Shelf = localStorage): LocalCopy | null {
  const text = shelf.getItem(place(person, notice));
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isLocalCopy(value) ? value : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

/** False when the browser has no room: the page then says that only saving keeps the words. */
export function keepCopy(person: string, notice: string | null, copy: LocalCopy, shelf: Shelf = localStorage): boolean {
  try {
    shelf.setItem(place(person, notice), JSON.stringify(copy));
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

export function dropCopy(person: string, notice: string | null, shelf: Shelf = localStorage): void {
  shelf.removeItem(place(person, notice));
}
