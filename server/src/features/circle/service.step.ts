import { caseScope, type Recorded, recordedStep } from "../../foundation/cases/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Reads } from "../../kernel/db.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { renewAnswer } from "./service.answer.ts";
import { changed } from "./service.raise.ts";
import { type Standing, tellDecided } from "./service.tell.ts";
import * as steps from "./store.step.ts";
import * as store from "./store.ts";

/** What was said with a step of a case; to all who check and decide it is like a comment under the post. */
export type StepSaid = store.CommentRow & { step: { file: string; said: Recorded } };

export const isStep = (said: store.CommentRow): said is StepSaid => "step" in said;

/** A comment, or what was said with a step. */
export async function saidById(reads: Reads, id: string): Promise<store.CommentRow | StepSaid | undefined> {
  const comment = await store.commentById(reads, id);
  if (comment) return comment;
  const row = await steps.stepRow(reads, id);
  const said = row ? await recordedStep(reads, row.file, row.number) : undefined;
  if (!row || !said || said.actor === null) return undefined;
  return {
    id,
    post: row.post,
    village: row.village,
    under: null,
    author: said.actor,
    mark: said.mark,
    title: said.title,
    text: said.text,
    calls: 0,
    checkState: row.checkState,
    refused: row.refused,
    createdAt: said.at,
    deletedAt: null,
    idemKey: "",
    idemDigest: "",
    step: { file: row.file, said },
  };
}

/** The words of a step are shown again, or not any more, under its locked post. */
export async function setStepCheck(
  tx: Tx,
  clock: Clock,
  row: store.PostRow,
  said: StepSaid,
  { refused, ...to }: Standing,
): Promise<void> {
  const { check } = to;
  await steps.updateStep(tx, said.id, { checkState: check, refused });
  if (said.mark === "official") await renewAnswer(tx, row);
  // What a machine passes at once is shown before anybody could be told.
  if (check === "refused" || said.checkState !== "checking")
    await tellDecided(tx, clock, row, { what: said.id, version: 0, author: said.author, ...to });
  await changed(tx, row);
  await bump(tx, caseScope(said.step.file));
}
