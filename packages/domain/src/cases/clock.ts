import { addWorkingMs, type Calendar, dayMs, dayOf, dueAfter, endOfDay, workingMs } from "../base/workday.ts";
import type { CaseState, RoundKind } from "./state.ts";

/**
 * Working days within which each step is due, by why the round began. Opened again, it has those of a bad rating (contact,
 * answer, close) whichever way it was opened: else its clock would tell of a rating.
 */
export const caseLimits: Record<RoundKind, { accept: number; answer: number; close: number | null }> = {
  first: { accept: 1, answer: 5, close: null },
  reopened: { accept: 1, answer: 5, close: 15 },
  rectify: { accept: 1, answer: 5, close: 15 },
};
export const extensionDays = 5;

/** One round of handling. Times in epoch milliseconds, as the server's clock had them when it happened. */
export type RoundFacts = {
  kind: RoundKind;
  state: CaseState;
  beganAt: number;
  acceptedAt: number | null;
  finishedAt: number | null;
  extended: boolean;
  /** In order; the last one may still be open. */
  pauses: readonly { from: number; to: number | null }[];
};

export type Step = "accept" | "answer" | "close";
export type Colour = "green" | "yellow" | "red" | "paused" | "done";
export type CaseClock = {
  step: Step;
  dueAt: number;
  colour: Colour;
  /** Working days left after today; 0 on the last day and from then on. */
  left: number;
  /** Some day up to then belongs to a year whose holidays are not announced: it will be computed again. */
  provisional: boolean;
};

const pausedMs = (calendar: Calendar, round: RoundFacts, now: number): number =>
  round.pauses.reduce((sum, { from, to }) => sum + workingMs(calendar, from, to ?? now), 0);

/**
 * When a step of this round is due; null where it has no limit. Pauses move it on by the working time they took, to the end of
 * the working day that it then falls on: as without a pause, no deadline ends in the middle of a day or of a night.
 */
export function dueAt(calendar: Calendar, round: RoundFacts, step: Step, now: number): number | null {
  const days = caseLimits[round.kind][step];
  if (days === null) return null;
  const due = dueAfter(calendar, round.beganAt, days + (step !== "accept" && round.extended ? extensionDays : 0));
  return step === "accept" ? due : endOfDay(addWorkingMs(calendar, due, pausedMs(calendar, round, now)));
}

/** The step that runs now, when it is due, and how it stands: yellow at four fifths or one working day left, red after. */
export function clockOf(calendar: Calendar, round: RoundFacts, now: number): CaseClock {
  const step = stepOf(round);
  const due = dueAt(calendar, round, step, now) ?? round.beganAt;
  // A deadline is the midnight that ends its last day.
  const provisional = calendar.isProvisional(Number(dayOf(due - 1).slice(0, 4)));
  // As a promise of so many days counts them: not the day on which it is made.
  const left = Math.round(workingMs(calendar, endOfDay(now + 1), due) / dayMs);
  return { step, dueAt: due, colour: colourOf(calendar, round, due, now), left, provisional };
}

function stepOf(round: RoundFacts): Step {
  // Handed on after it was accepted, it goes on with what is left for the answer.
  if (round.state === "pending" && round.acceptedAt === null) return "accept";
  return round.state === "confirming" && caseLimits[round.kind].close !== null ? "close" : "answer";
}

function colourOf(calendar: Calendar, round: RoundFacts, due: number, now: number): Colour {
  const waitsForAuthor = round.state === "confirming" && caseLimits[round.kind].close === null;
  if (waitsForAuthor || round.state === "closed" || round.state === "refused") return "done";
  if (round.pauses.some(({ to }) => to === null)) return "paused";
  if (now >= due) return "red";
  const all = workingMs(calendar, round.beganAt, due);
  const left = workingMs(calendar, now, due);
  return left <= all / 5 || (all > 2 * dayMs && left <= dayMs) ? "yellow" : "green";
}
