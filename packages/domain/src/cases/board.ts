import type { Calendar } from "../base/workday.ts";
import { dueAt, type RoundFacts } from "./clock.ts";
import { type CaseLevel, levelsOf } from "./level.ts";
import type { CaseMove, RoundKind } from "./state.ts";

/** One step of the record, as far as the board needs it. Times in epoch milliseconds. */
export type BoardStep = { round: number; move: CaseMove | "raise" | "escalate"; at: number };

/** How a step of a handling went. `null`: not due yet, or withdrawn before it was. */
type How = "in-time" | "late" | null;
/** `by`: whose doing that is: who had the case when the step was done in time, or else when it fell due. */
export type Served = { number: number; accepted: How; answered: How; by: { accepted: CaseLevel; answered: CaseLevel } };

const opens: Partial<Record<BoardStep["move"], RoundKind>> = {
  raise: "first",
  reopen: "reopened",
  rateBadly: "rectify",
};
const ends: readonly BoardStep["move"][] = ["withdraw", "confirm", "rate", "lapse"];

/** Why a round began, by the step that began it; null for a step that begins none. */
export const roundBegunBy = (move: BoardStep["move"]): RoundKind | null => opens[move] ?? null;

/**
 * How a round was served, from its own steps in order: the first begins it, when `level` has the case. Null when it does not.
 */
export function servedIn(
  calendar: Calendar,
  steps: readonly BoardStep[],
  now: number,
  level: CaseLevel = "village",
): Served | null {
  const [began] = steps;
  const kind = began && roundBegunBy(began.move);
  if (!began || !kind) return null;
  const find = (...moves: readonly BoardStep["move"][]) => steps.findIndex(({ move }) => moves.includes(move));
  const timeOf = (place: number): number | null => steps[place]?.at ?? null;
  const accepted = find("accept", "start", "refuse");
  const answered = find("finish", "refuse");
  const facts: RoundFacts = {
    kind,
    state: "handling",
    beganAt: began.at,
    acceptedAt: timeOf(accepted),
    finishedAt: timeOf(answered),
    extended: find("allowMore") >= 0,
    pauses: pausesIn(steps),
  };
  const levels = levelsOf(steps, level);
  const endedAt = timeOf(find(...ends));
  const judge = (step: "accept" | "answer", place: number): { how: How; by: CaseLevel } => {
    const doneAt = timeOf(place);
    const due = dueAt(calendar, facts, step, doneAt ?? endedAt ?? now);
    if (due === null) return { how: null, by: level };
    if (doneAt !== null && doneAt < due) return { how: "in-time", by: levels[place] ?? level };
    // Handed on afterwards, it stays late for who let it become so.
    const by = levels[steps.findLastIndex(({ at }) => at < due)] ?? level;
    return { how: doneAt !== null || (endedAt ?? now) >= due ? "late" : null, by };
  };
  const [accept, answer] = [judge("accept", accepted), judge("answer", answered)];
  return {
    number: began.round,
    accepted: accept.how,
    answered: answer.how,
    by: { accepted: accept.by, answered: answer.by },
  };
}

/** Whoever gets a case gets it with its clock running. */
const resumes: readonly BoardStep["move"][] = ["resume", "transfer", "return"];

function pausesIn(steps: readonly BoardStep[]): RoundFacts["pauses"] {
  const pauses: { from: number; to: number | null }[] = [];
  for (const { move, at } of steps) {
    const last = pauses.at(-1);
    if (move === "pause") pauses.push({ from: at, to: null });
    else if (resumes.includes(move) && last) last.to ??= at;
  }
  return pauses;
}
