import type { CaseMove, CaseState, RoundKind } from "./state.ts";

/*
 * Who rated is confidential to those who are rated (好差评), and only its author rates a case: a rating that can be told from
 * the author's other words names the rater. So everybody but the author reads a case as if nobody rated it.
 */

/**
 * The record as everybody but the author reads it: a rating that ends the case is its confirmation, one that opens it again
 * is a reopening, and one that comes after the end is not there. Steps of one case, from its first on and in order.
 */
export function recordForOthers<S extends { move: CaseMove | "raise" | "escalate" }>(steps: readonly S[]): S[] {
  let ended = false;
  return steps.flatMap((step): S[] => {
    const wasEnded = ended;
    switch (step.move) {
      case "rate":
        ended = true;
        return wasEnded ? [] : [{ ...step, move: "confirm" as const }];
      case "rateBadly":
        ended = false;
        return [{ ...step, move: "reopen" as const }];
      case "confirm":
      case "lapse":
        ended = true;
        return [step];
      case "reopen":
        ended = false;
        return [step];
      default:
        return [step];
    }
  });
}

export const roundForOthers = (kind: RoundKind): RoundKind => (kind === "rectify" ? "reopened" : kind);

/** Leaves no trace for others: nobody is told that anything changed, not even that there is a newer version. */
export const isUnseenByOthers = (from: CaseState, move: CaseMove): boolean => move === "rate" && from === "closed";
