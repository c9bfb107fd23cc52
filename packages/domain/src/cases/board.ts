import type { Calendar } from "../base/workday.ts";
import { dueAt, type RoundFacts } from "./clock.ts";
import type { CaseMove, RoundKind } from "./state.ts";

/** One step of the record, as far as the board needs it. Times in epoch milliseconds. */
export type BoardStep = { round: number; move: CaseMove | "raise" | "escalate"; at: number };

/** How one handling went. `null`: not due yet, or withdrawn before it was. */
export type Served = { number: number; accepted: "in-time" | "late" | null; answered: "in-time" | "late" | null };

const opens: Partial<Record<BoardStep["move"], RoundKind>> = {
  raise: "first",
  reopen: "reopened",
  rateBadly: "rectify",
};
const ends: readonly BoardStep["move"][] = ["withdraw", "confirm", "rate", "lapse"];

/** Why a round began, by the step that began it; null for a step that begins none. */
export const roundBegunBy = (move: BoardStep["move"]): RoundKind | null => opens[move] ?? null;

/** How a round was served, from its own steps in order: the first begins it. Null when it does not. */
export function servedIn(calendar: Calendar, steps: readonly BoardStep[], now: number): Served | null {
  const [began] = steps;
  const kind = began && roundBegunBy(began.move);
  if (!began || !kind) return null;
  const first = (...moves: readonly BoardStep["move"][]): number | null =>
    steps.find(({ move }) => moves.includes(move))?.at ?? null;
  const acceptedAt = first("accept", "start", "refuse");
  const answeredAt = first("finish", "refuse");
  const facts: RoundFacts = {
    kind,
    state: "handling",
    beganAt: began.at,
    acceptedAt,
    finishedAt: answeredAt,
    extended: first("allowMore") !== null,
    pauses: pausesIn(steps),
  };
  const endedAt = first(...ends);
  const judge = (step: "accept" | "answer", doneAt: number | null) => {
    const due = dueAt(calendar, facts, step, doneAt ?? endedAt ?? now);
    if (due === null) return null;
    if (doneAt !== null) return doneAt < due ? ("in-time" as const) : ("late" as const);
    return (endedAt ?? now) >= due ? ("late" as const) : null;
  };
  return { number: began.round, accepted: judge("accept", acceptedAt), answered: judge("answer", answeredAt) };
}

function pausesIn(steps: readonly BoardStep[]): RoundFacts["pauses"] {
  const pauses: { from: number; to: number | null }[] = [];
  for (const { move, at } of steps) {
    const last = pauses.at(-1);
    if (move === "pause") pauses.push({ from: at, to: null });
    else if (move === "resume" && last) last.to = at;
  }
  return pauses;
}
