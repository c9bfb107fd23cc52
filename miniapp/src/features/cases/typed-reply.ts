import type { AnswerMove } from "@weimenhu/domain/cases/move-words";
import { hasLeft, mine, whoIsHere } from "../../mine.ts";

/** An answer that was typed and not sent yet, by its case. */
export type TypedReply = { how: AnswerMove | null; text: string };
type Replies = Record<string, TypedReply>;

/** The oldest go first. */
const most = 10;

const isReply = (value: unknown): value is TypedReply =>
  typeof value === "object" && value !== null && "text" in value && typeof value.text === "string" && "how" in value;

function replies(of: string | null): Replies {
  const kept = mine.get("typed-reply", of);
  const lines = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
  return Object.fromEntries(lines.filter((line): line is [string, TypedReply] => isReply(line[1])));
}

export const typedReply = (id: string): TypedReply | null => replies(whoIsHere())[id] ?? null;

/** Null: nothing is left to keep. Whoever signed out has taken their words along. */
export function keepReply(id: string, reply: TypedReply | null): void {
  const of = whoIsHere();
  if (of === null || hasLeft(of)) return;
  const { [id]: _old, ...others } = replies(of);
  const kept = Object.entries(others).slice(1 - most);
  if (reply !== null) kept.push([id, reply]);
  if (kept.length === 0) mine.remove("typed-reply", of);
  else mine.set("typed-reply", Object.fromEntries(kept), of);
}
