import { firstWords, isCaseKind } from "@weimenhu/domain/circle/post";
import { type By, raise, reword } from "../../foundation/cases/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { type CircleDeps, circleScope, ownScope, postScope } from "./deps.ts";
import { tellCalled } from "./service.tell.ts";
import type * as store from "./store.ts";
import { photosOf, subjectOf } from "./view.ts";

type Place = Pick<store.PostRow, "id" | "village" | "author">;

/** What a change of a post concerns. */
const scopesOf = (row: Place) => [circleScope(row.village), postScope(row.id), ownScope(row.author)];

/** In the transaction of every change of a post: what is kept of its village, and of its author, is out of date. */
export const changed = (tx: Tx, row: Place): Promise<void> => bump(tx, ...scopesOf(row));

/** Whoever wrote it, as they stood when they did: what is raised in their name when somebody else has looked at it. */
export const authorOf = (row: store.PostRow): By => ({
  caller: {
    personId: row.author,
    sessionId: "",
    phoneVerified: true,
    consented: true,
    strong: false,
    grants: [],
    villager: row.mark === "villager" ? [row.village] : [],
    follows: [],
  },
  // In office nothing is raised, and what speaks in office becomes no case.
  mark: row.mark,
  title: row.title,
});

/**
 * A post of these kinds that others may see becomes a case, once, in the same transaction. Of another one that calls the
 * village its cadres hear; of a case they hear anyway.
 */
export async function raisedBy(
  deps: Pick<CircleDeps, "cases">,
  tx: Tx,
  clock: Clock,
  row: store.PostRow,
  by: By,
): Promise<Pick<store.PostRow, "caseId" | "state">> {
  const { caseId, state, village, author } = row;
  if (row.checkState !== "passed") return { caseId, state };
  const summary = firstWords(row.text, 80);
  const photo = photosOf(row).length > 0;
  if (caseId !== null) {
    // Put in other words: those who handle it read these, and what shows photos now needs one of how it ended.
    await reword(tx, caseId, { summary, photo: photo ? 1 : 0 });
    return { caseId, state };
  }
  if (!isCaseKind(row.kind)) {
    if (row.calls === 1) await tellCalled(tx, clock, row, row);
    return { caseId, state };
  }
  const raised = await raise(
    deps.cases,
    tx,
    clock,
    { subject: subjectOf(row.id), village, author, summary, photo },
    by,
  );
  return { caseId: raised.id, state: raised.state };
}
