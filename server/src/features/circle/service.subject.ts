import { postKinds } from "@weimenhu/domain/circle/post";
import type { Spoken, Subject } from "../../foundation/cases/index.ts";
import { newId } from "../../kernel/id.ts";
import { dbOf, type Tx } from "../../kernel/tx.ts";
import type { CircleDeps } from "./deps.ts";
import { answerIn } from "./service.answer.ts";
import { keepParts, outcomeOf, type Part, pictureParts, platformFor } from "./service.check.ts";
import { changed } from "./service.raise.ts";
import { postsById } from "./store.feed.ts";
import { insertStep, looksOf } from "./store.step.ts";
import * as store from "./store.ts";
import { photosOf, subjectOf } from "./view.ts";

const postOf = (subject: string): string => subject.slice(subjectOf("").length);
type Checkers = CircleDeps["checkers"];

/**
 * What cases tell of a post: each move renews its state, its newest answer, and what is kept of its village. `checkers`: look at
 * what was said; null where nobody speaks.
 */
export const postSubject = (checkers: Checkers | null): Subject => ({
  async moved(tx, file, said) {
    const row = await store.byId(tx, postOf(file.subject));
    if (!row) throw new Error(`a case about nothing: ${file.subject}`);
    const answer = said ? answerIn(said) : null;
    await store.update(tx, row.id, { state: file.state, ...(answer ? { answer: JSON.stringify(answer) } : {}) });
    if (checkers && said) await lookAtStep(checkers, tx, row, { file: file.id, number: file.steps }, said);
    await changed(tx, row);
  },
  async shown(db, subjects) {
    const ids = subjects.map(postOf);
    const [rows, looks] = await Promise.all([postsById(db, ids), looksOf(db.read, ids)]);
    return new Map(
      rows.map((row) => {
        // Whoever handles cases need not be one of those who check: none of a post that is not passed, as it now stands.
        const passed = row.checkState === "passed";
        const gone = row.deletedAt !== null;
        const [first] = !gone && passed ? photosOf(row) : [];
        const shown = {
          hidden: row.hidden === 1,
          picture: first?.small ?? null,
          what: postKinds[row.kind],
          place: passed ? row.place : null,
          gone,
          looks: looks.get(row.id),
        };
        return [subjectOf(row.id), shown];
      }),
    );
  },
});

/**
 * The platform of the one who spoke looks at the words and photos of a step. The move stands: a case does not wait. What is said
 * in office is shown meanwhile; what anybody else says, when it has passed.
 */
async function lookAtStep(
  checkers: Checkers,
  tx: Tx,
  post: store.PostRow,
  { file, number }: { file: string; number: number },
  said: Spoken,
): Promise<void> {
  const via = platformFor(checkers, said.channel);
  // What is on the list was refused before it came here.
  const words: Part = { media: "", via: via ?? "list", state: via ? "waiting" : "pass", label: "other" };
  const all = [...(said.text === "" ? [] : [words]), ...pictureParts(checkers, said.channel, said.photos, new Map())];
  const inOffice = said.mark === "official";
  const parts = inOffice ? all.filter(({ state }) => state === "waiting") : all;
  if (parts.every(({ state }) => state === "pass")) return;
  const { clock } = dbOf(tx);
  const { id: of, village } = post;
  const id = newId(clock);
  const checkState = inOffice ? "passed" : outcomeOf(parts).check;
  await insertStep(tx, { id, post: of, village, file, number, mark: said.mark, checkState, refused: null });
  await keepParts(tx, clock, { what: id, version: 0, village }, parts);
}
