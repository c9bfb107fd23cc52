import { type AnswerMove, answerMoves } from "@weimenhu/domain/cases/move-words";

/** An answer that was typed and not sent, kept in this browser for its writer only. */
export type KeptReply = { how: AnswerMove | null; text: string };

type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;
const place = (person: string, file: string): string => `desk.reply.${person}.${file}`;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

export function readReply(person: string, file: string, shelf: Shelf = localStorage): KeptReply | null {
  const kept = shelf.getItem(place(person, file));
  if (kept === null) return null;
  try {
    const value: unknown = JSON.parse(kept);
    if (!isRecord(value) || typeof value.text !== "string") return null;
    return { text: value.text, how: answerMoves.find((one) => one === value.how) ?? null };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

/** Null takes it away. A browser without room keeps nothing: the words still stand on the page. */
export function keepReply(person: string, file: string, reply: KeptReply | null, shelf: Shelf = localStorage): void {
  if (reply === null) return shelf.removeItem(place(person, file));
  try {
    shelf.setItem(place(person, file), JSON.stringify(reply));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
