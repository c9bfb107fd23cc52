import { type AnswerMove, answerMoves } from "@weimenhu/domain/cases/move-words";
import type { Held, Shelved } from "../../key.ts";

export type Photo = { id: string; small: string };
/** An answer that went out, of which nobody knows whether it arrived; `steps`: how many the record had then. */
type Tried = { move: AnswerMove; text: string; steps: number };

/** An answer that was typed and not sent, kept in this browser for its writer only. */
export type KeptReply = { how: AnswerMove | null; text: string; photos?: Photo[]; held?: Held; tried?: Tried };

type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;
const place = (person: string, file: string): string => `desk.reply.${person}.${file}`;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const moveOf = (value: unknown): AnswerMove | null => answerMoves.find((one) => one === value) ?? null;
const isPhoto = (value: unknown): value is Photo =>
  isRecord(value) && typeof value.id === "string" && typeof value.small === "string";
const isHeld = (value: unknown): value is Held =>
  isRecord(value) && typeof value.key === "string" && typeof value.content === "string";

function triedIn(value: unknown): Tried | null {
  if (!isRecord(value) || typeof value.text !== "string" || typeof value.steps !== "number") return null;
  const move = moveOf(value.move);
  return move && { move, text: value.text, steps: value.steps };
}

export function readReply(person: string, file: string, shelf: Shelf = localStorage): KeptReply | null {
  const kept = shelf.getItem(place(person, file));
  if (kept === null) return null;
  try {
    const value: unknown = JSON.parse(kept);
    if (!isRecord(value) || typeof value.text !== "string") return null;
    const photos = Array.isArray(value.photos) ? value.photos.filter(isPhoto) : [];
    const tried = triedIn(value.tried);
    return {
      text: value.text,
      how: moveOf(value.how),
      ...(photos.length > 0 ? { photos } : {}),
      ...(isHeld(value.held) ? { held: value.held } : {}),
      ...(tried ? { tried } : {}),
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

/** Null takes it away. A browser without room keeps nothing: the words still stand on the page. */
function put(person: string, file: string, reply: KeptReply | null, shelf: Shelf): void {
  if (reply === null) return shelf.removeItem(place(person, file));
  try {
    shelf.setItem(place(person, file), JSON.stringify(reply));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** What is typed now; what is known of its sending stays with it, and goes with it. `tried`: it goes out now. */
export function keepReply(person: string, file: string, reply: KeptReply | null, shelf: Shelf = localStorage): void {
  const { held, tried } = readReply(person, file, shelf) ?? {};
  put(person, file, reply && { ...(held ? { held } : {}), ...(tried ? { tried } : {}), ...reply }, shelf);
}

/** The key of an answer stays with its words. */
export const replyKey = (person: string, file: string, shelf: Shelf = localStorage): Shelved => ({
  get: () => readReply(person, file, shelf)?.held ?? null,
  set: (held) => {
    const kept = readReply(person, file, shelf);
    if (!kept) return;
    const { held: _old, ...others } = kept;
    put(person, file, { ...others, ...(held ? { held } : {}) }, shelf);
  },
});
