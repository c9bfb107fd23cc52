import { levelOf, lineage, parentOf, type RegionCode } from "@weimenhu/domain/base/region";
import type { Calendar } from "@weimenhu/domain/base/workday";
import { type CaseClock, clockOf, type RoundFacts } from "@weimenhu/domain/cases/clock";
import type { CaseActor, CaseFacts, CaseState } from "@weimenhu/domain/cases/state";
import { type Caller, hasPermission, type Permission, regionsWith } from "@weimenhu/domain/permissions";
import type { Db } from "../../kernel/db.ts";
import { refuse } from "../../kernel/refuse.ts";
import { staffedOf } from "../identity/index.ts";
import type { CaseRow } from "./store.ts";

type Pause = { from: number; to: number | null };
export const pausesOf = (row: Pick<CaseRow, "pauses">): Pause[] => JSON.parse(row.pauses) as Pause[];
export const isPaused = (row: Pick<CaseRow, "pauses">): boolean => pausesOf(row).some(({ to }) => to === null);

/** `did`: what whoever would move it has done in office in this round. */
export const factsOf = (row: CaseRow, did: CaseFacts["did"]): CaseFacts => ({
  state: row.state,
  level: levelOf(row.region) === "village" ? "village" : "town",
  round: row.roundKind,
  photo: row.photo === 1,
  paused: isPaused(row),
  extension: row.extension,
  dueAt: row.dueAt,
  returned: row.returned === 1,
  reopened: row.reopened === 1,
  rated: row.rated === 1,
  outcome: row.outcome,
  finishedAt: row.finishedAt,
  did,
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

/**
 * As what this person may act on the case. Cadres of a village handle what the village has; those above it watch. Offices
 * count only after the second factor.
 */
export function actorsOf(row: CaseRow, caller: Caller | null): CaseActor[] {
  if (!caller) return [];
  const above = parentOf(row.region);
  const actors: CaseActor[] = [];
  if (caller.strong && hasPermission(caller, "cases.handle", row.region)) actors.push("handler");
  if (caller.strong && above !== null && hasPermission(caller, "cases.watch", above)) actors.push("upper");
  if (caller.personId === row.author) actors.push("author");
  return actors;
}

/** Cadres of the village that a case comes from, and of the places above it, read its file. */
export const isStaff = (row: CaseRow, caller: Caller | null): boolean =>
  caller?.strong === true &&
  (hasPermission(caller, "cases.handle", row.village) || hasPermission(caller, "cases.watch", row.village));

export const mayRead = (caller: Caller | null, row: CaseRow): boolean =>
  isStaff(row, caller) || caller?.personId === row.author;

/** The case for its author and for staff; for everybody else there is none. */
export function seen(caller: Caller | null, row: CaseRow | undefined): CaseRow {
  if (!row || !mayRead(caller, row)) throw refuse("NOT_FOUND");
  return row;
}

const open: readonly CaseState[] = ["pending", "accepted", "handling"];

/** Of the places around some cases: where anybody handles, and where anybody watches. */
export type Offices = { handled: ReadonlySet<RegionCode>; watched: ReadonlySet<RegionCode> };

export async function officesAround(
  db: Pick<Db, "read">,
  rows: readonly Pick<CaseRow, "village">[],
  now: number,
): Promise<Offices> {
  const places = [...new Set(rows.flatMap(({ village }) => lineage(village)))];
  const [handled, watched] = await Promise.all([
    staffedOf(db, places, "cases.handle", now),
    staffedOf(db, places, "cases.watch", now),
  ]);
  return { handled, watched };
}

/** Is it the caller's own place, or the nearest above with anybody on it? */
function holds(
  caller: Caller,
  permission: Permission,
  region: RegionCode | null,
  staffed: Offices["handled"],
): boolean {
  if (region === null) return false;
  if (regionsWith(caller, permission).includes(region)) return true;
  return !staffed.has(region) && holds(caller, permission, parentOf(region), staffed);
}

/**
 * Does it wait for this cadre? Open ones of the own place, unless they stand still or somebody else has them in time; what
 * was given to the cadre; for those right above, a wish for more time, and what is overdue. Where a place has nobody, for those
 * above it. The case is one `asHeld`; `store.desk.ts` asks the same.
 */
export function waitsFor(row: CaseRow, caller: Caller | null, { handled, watched }: Offices): boolean {
  if (!caller?.strong || !open.includes(row.state)) return false;
  const runs = row.dueAt !== null;
  const red = runs && row.escalatedAt !== null;
  const mine = row.assignee === caller.personId;
  if (runs && (mine || (holds(caller, "cases.handle", row.region, handled) && (row.assignee === null || red))))
    return true;
  return holds(caller, "cases.watch", parentOf(row.region), watched) && (red || row.extension === "asked");
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
