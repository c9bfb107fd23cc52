import { speaksToAuthor } from "@weimenhu/domain/cases/move-words";
import { type Recorded, recordedInOffice } from "../../foundation/cases/index.ts";
import type { Tx } from "../../kernel/tx.ts";
import { digestOf } from "./service.words.ts";
import { looksOf } from "./store.step.ts";
import * as store from "./store.ts";
import type { KeptAnswer } from "./view.ts";

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

/** What is said to the author with a step is an answer too; what offices say to each other is none. */
export function answerIn({ actor, mark, title, move, text, reason, at, photos }: Recorded): KeptAnswer | null {
  if (mark !== "official" || actor === null || text === "" || !speaksToAuthor(move)) return null;
  return { at, by: actor, mark, title, text, photos: [...photos], move, reason };
}

/** Was it said in office to the post, and not among the comments under it? */
export const isToPost = ({ post, text, idemDigest }: store.CommentRow): boolean =>
  idemDigest === officeDigest(post, text);

/** When an answer is taken back or shown again: beside its locked post stands the newest that is shown. */
export async function renewAnswer(tx: Tx, { id, caseId }: store.PostRow): Promise<void> {
  const [steps, looks, comments] = [
    caseId === null ? [] : await recordedInOffice(tx, caseId),
    (await looksOf(tx, [id])).get(id),
    await store.commentsInOffice(tx, id),
  ];
  const answers = [
    ...steps.flatMap(({ number, said }) => (looks?.has(number) ? [] : (answerIn(said) ?? []))),
    ...comments.filter(isToPost).map(answerFrom),
  ];
  const [newest] = answers.toSorted((a, b) => b.at - a.at);
  await store.update(tx, id, { answer: newest ? JSON.stringify(newest) : null });
}
