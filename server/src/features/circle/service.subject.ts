import type { Spoken, Subject } from "../../foundation/cases/index.ts";
import { newId } from "../../kernel/id.ts";
import { dbOf, type Tx } from "../../kernel/tx.ts";
import type { CircleDeps } from "./deps.ts";
import { keepParts, type Part, pictureParts } from "./service.check.ts";
import { changed } from "./service.raise.ts";
import { answerIn } from "./service.step.ts";
import { postsById } from "./store.feed.ts";
import { insertStep, withheldOf } from "./store.step.ts";
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
    const [rows, withheld] = await Promise.all([postsById(db, ids), withheldOf(db, ids)]);
    return new Map(
      rows.map((row) => {
        const [first] = row.deletedAt === null ? photosOf(row) : [];
        const picture = first?.small ?? null;
        return [subjectOf(row.id), { hidden: row.hidden === 1, picture, withheld: withheld.get(row.id) }];
      }),
    );
  },
});

const viaOf = (channel: Spoken["channel"]) =>
  channel === "weapp" ? ("wechat" as const) : channel === "alipay" ? ("alipay" as const) : null;

/** The platform of the one who spoke looks at the words and photos of a step, which stands meanwhile: a case does not wait. */
async function lookAtStep(
  checkers: Checkers,
  tx: Tx,
  post: store.PostRow,
  { file, number }: { file: string; number: number },
  said: Spoken,
): Promise<void> {
  const via = viaOf(said.channel);
  const words: Part = { media: "", via: via && checkers[via] ? via : "list", state: "waiting", label: "other" };
  const all = [...(said.text === "" ? [] : [words]), ...pictureParts(checkers, words, said.photos, new Map())];
  const parts = all.filter((part) => part.state === "waiting" && part.via !== "list");
  if (parts.length === 0) return;
  const { clock } = dbOf(tx);
  const { id: of, village } = post;
  const id = newId(clock);
  await insertStep(tx, { id, post: of, village, file, number, checkState: "passed", refused: null });
  await keepParts(tx, clock, { what: id, version: 0, village }, parts);
}
