import type { Tx } from "../../kernel/tx.ts";
import { digestOf } from "./service.words.ts";
import * as store from "./store.ts";
import { answerOf, type KeptAnswer } from "./view.ts";

/** What marks a comment as said in office to the post, and not among others under it. */
export const officeDigest = (post: string, text: string): string => digestOf([post, "", text, "office"]);

export const answerFrom = ({ createdAt: at, author: by, mark, title, text }: store.CommentRow): KeptAnswer => ({
  at,
  by,
  mark,
  title,
  text,
  photos: [],
  move: null,
  reason: null,
});

/** An answer in office stands beside its locked post for as long as it is shown under it. */
export async function renewAnswer(tx: Tx, row: store.PostRow, said: store.CommentRow, isShown: boolean): Promise<void> {
  if (said.idemDigest !== officeDigest(said.post, said.text)) return;
  const kept = answerOf(row);
  const isKept = kept?.by === said.author && kept.at === said.createdAt && kept.move === null;
  if (isShown && (kept?.at ?? 0) < said.createdAt)
    await store.update(tx, row.id, { answer: JSON.stringify(answerFrom(said)) });
  if (!isShown && isKept) await store.update(tx, row.id, { answer: null });
}
