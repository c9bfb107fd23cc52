import type { AnswerMove } from "@weimenhu/domain/cases/move-words";
import { isSent, type KeptKey, type Sent } from "../../hooks/use-act.ts";
import type { StoredPhoto } from "../../hooks/use-photos.ts";
import { hasLeft, mine, whoIsHere } from "../../mine.ts";

/** An answer that was typed and not sent yet, by its case, with the photos that are with the server already. */
export type TypedReply = { how: AnswerMove | null; text: string; photos?: StoredPhoto[] };
/** An answer that went out, of which nobody knows whether it arrived; `steps`: how many the record had then. */
export type Tried = { move: AnswerMove; text: string; steps: number };
type KeptReply = TypedReply & { sent?: Sent; tried?: Tried };
type Replies = Record<string, KeptReply>;

/** The oldest go first. */
const most = 10;

const isReply = (value: unknown): value is KeptReply =>
  typeof value === "object" &&
  value !== null &&
  "text" in value &&
  typeof value.text === "string" &&
  "how" in value &&
  (!("photos" in value) || Array.isArray(value.photos)) &&
  (!("sent" in value) || isSent(value.sent));

function replies(of: string | null): Replies {
  const kept = mine.get("typed-reply", of);
  const lines = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
  return Object.fromEntries(lines.filter((line): line is [string, KeptReply] => isReply(line[1])));
}

export const typedReply = (id: string): KeptReply | null => replies(whoIsHere())[id] ?? null;

/** Null: nothing is left to keep. Whoever signed out has taken their words along. */
function keep(id: string, reply: KeptReply | null): void {
  const of = whoIsHere();
  if (of === null || hasLeft(of)) return;
  const { [id]: _old, ...others } = replies(of);
  const kept = Object.entries(others).slice(1 - most);
  if (reply !== null) kept.push([id, reply]);
  if (kept.length === 0) mine.remove("typed-reply", of);
  else mine.set("typed-reply", Object.fromEntries(kept), of);
}

/** Null: nothing is left to keep, also of what was sent. `trying`: it goes out now. */
export function keepReply(id: string, reply: TypedReply | null, trying?: Tried): void {
  const before = typedReply(id);
  const tried = trying ?? before?.tried;
  keep(id, reply && { ...reply, ...(before?.sent ? { sent: before.sent } : {}), ...(tried ? { tried } : {}) });
}

/** The key of an answer stays with its words. */
export const replyKey = (id: string): KeptKey => ({
  get: () => typedReply(id)?.sent ?? null,
  set: (sent) => {
    const { sent: _old, ...others } = typedReply(id) ?? { how: null, text: "" };
    keep(id, { ...others, ...(sent ? { sent } : {}) });
  },
});
