import { levelOf, parentOf } from "@weimenhu/domain/base/region";
import type { Calendar } from "@weimenhu/domain/base/workday";
import { type CaseClock, clockOf, type RoundFacts } from "@weimenhu/domain/cases/clock";
import type { CaseActor, CaseFacts } from "@weimenhu/domain/cases/state";
import { type Caller, hasPermission } from "@weimenhu/domain/permissions";
import type { CaseRow } from "./store.ts";

type Pause = { from: number; to: number | null };
export const pausesOf = (row: Pick<CaseRow, "pauses">): Pause[] => JSON.parse(row.pauses) as Pause[];
export const isPaused = (row: Pick<CaseRow, "pauses">): boolean => pausesOf(row).some(({ to }) => to === null);

export const factsOf = (row: CaseRow): CaseFacts => ({
  state: row.state,
  level: levelOf(row.region) === "village" ? "village" : "town",
  round: row.roundKind,
  photo: row.photo === 1,
  paused: isPaused(row),
  extension: row.extension,
  returned: row.returned === 1,
  reopened: row.reopened === 1,
  rated: row.rated === 1,
  outcome: row.outcome,
  finishedAt: row.finishedAt,
});

export const roundOf = (row: CaseRow): RoundFacts => ({
  kind: row.roundKind,
  state: row.state,
  beganAt: row.beganAt,
  acceptedAt: row.acceptedAt,
  finishedAt: row.finishedAt,
  extended: row.extension === "allowed",
  pauses: pausesOf(row),
});

/** As what this person may act on the case. Cadres of a village handle what the village has; those above it watch. */
export function actorsOf(row: CaseRow, caller: Caller | null): CaseActor[] {
  if (!caller) return [];
  const above = parentOf(row.region);
  const actors: CaseActor[] = [];
  if (hasPermission(caller, "cases.handle", row.region)) actors.push("handler");
  if (above !== null && hasPermission(caller, "cases.watch", above)) actors.push("upper");
  if (caller.personId === row.author) actors.push("author");
  return actors;
}

/** The clock as it stands, and what of it is stored beside the case. */
export function timing(
  calendar: Calendar,
  row: CaseRow,
  now: number,
): CaseClock & { stored: Pick<CaseRow, "dueAt" | "provisional"> } {
  const clock = clockOf(calendar, roundOf(row), now);
  const runs = clock.colour !== "done" && clock.colour !== "paused";
  return { ...clock, stored: { dueAt: runs ? clock.dueAt : null, provisional: clock.provisional ? 1 : 0 } };
}
