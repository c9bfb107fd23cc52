import type { Contract } from "@weimenhu/contract";
import { levelOf, parentOf, type RegionCode } from "@weimenhu/domain/base/region";
import { type BoardStep, type Served, servedIn } from "@weimenhu/domain/cases/board";
import { endedMonths, ratingsShown } from "@weimenhu/domain/cases/board-ratings";
import { hasCounts } from "@weimenhu/domain/cases/board-words";
import type { CaseLevel } from "@weimenhu/domain/cases/level";
import { hasPermission } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import type { Ctx } from "../../kernel/ctx.ts";
import { refuse } from "../../kernel/refuse.ts";
import { placesBelow } from "../regions/index.ts";
import type { CasesDeps } from "./deps.ts";
import * as store from "./store.board.ts";

type In = z.output<Contract["cases"]["board"]["input"]>;
type Row = z.output<Contract["cases"]["board"]["output"]>["items"][number];

/** A board over more than two years is a mistake or a machine. */
const longest = 2 * 366 * 86_400_000;

/**
 * How each village of the subtree was served, and each town with what it has itself: handlings that began in the period,
 * counted for whoever has the case now; each step of them, in time or late, for whoever had it then; and of the ratings given
 * in it what tells of nobody. Every figure is counted from the record at this moment.
 */
export async function board(deps: CasesDeps, ctx: Ctx, { region, from, to }: In): Promise<{ items: Row[] }> {
  if (!hasPermission(ctx.caller, "cases.handle", region)) throw refuse("NOT_ALLOWED");
  if (to <= from || to - from > longest) throw refuse("BAD_INPUT", { details: { fields: ["to"] } });
  const period = { from, to };
  const now = ctx.clock.now();
  const months = endedMonths(period, now);
  const [places, steps, cases, beganInTown, ratings] = await Promise.all([
    placesBelow(ctx.db, region),
    store.boardSteps(ctx.db, region, period),
    store.boardCases(ctx.db, region, period),
    store.boardBeganInTown(ctx.db, region, period),
    months ? store.boardRatings(ctx.db, region, months) : [],
  ]);
  const rows = new Map(places.map(({ code, name }) => [code, empty(code, name)]));
  const files = new Map(cases.map((found) => [found.id, found]));
  for (const round of roundsOf(steps)) {
    const found = files.get(round.caseId);
    const [began] = round.steps;
    if (!found || !began) continue;
    const level = beganInTown.has(store.roundKey(round.caseId, began.round)) ? "town" : "village";
    const served = servedIn(deps.calendar(), round.steps, now, level);
    if (!served) continue;
    // What went to the town stands in the town's row, which the board of a village does not have.
    const row = rows.get(found.region);
    if (row) count(row, found, served, now);
    if (row && began.move !== "raise") row.reopened += 1;
    judge(rows, found, served);
  }
  for (const [code, shown] of ratingsShown(ratings)) {
    const row = rows.get(code);
    if (row) Object.assign(row, shown);
  }
  const items = [...rows.values()].filter((row) => levelOf(row.region) === "village" || !isEmpty(row));
  return { items };
}

const empty = (region: RegionCode, name: string): Row => ({
  region,
  name,
  raised: 0,
  reopened: 0,
  acceptedInTime: 0,
  acceptedLate: 0,
  answeredInTime: 0,
  answeredLate: 0,
  open: 0,
  red: 0,
  stars: [0, 0, 0, 0, 0],
  tags: [],
});
const isEmpty = (row: Row): boolean => !hasCounts(row) && row.stars.every((count) => count === 0);

function count(row: Row, found: store.BoardCase, served: Served, now: number): void {
  row.raised += 1;
  if (served.number !== found.round) return;
  if (["pending", "accepted", "handling"].includes(found.state)) row.open += 1;
  if (found.dueAt !== null && found.dueAt <= now) row.red += 1;
}

function judge(
  rows: ReadonlyMap<RegionCode, Row>,
  { village }: store.BoardCase,
  { accepted, answered, by }: Served,
): void {
  const rowOf = (level: CaseLevel) => rows.get(level === "town" ? (parentOf(village) ?? village) : village);
  const [accepting, answering] = [rowOf(by.accepted), rowOf(by.answered)];
  if (accepting && accepted === "in-time") accepting.acceptedInTime += 1;
  if (accepting && accepted === "late") accepting.acceptedLate += 1;
  if (answering && answered === "in-time") answering.answeredInTime += 1;
  if (answering && answered === "late") answering.answeredLate += 1;
}

type Round = { caseId: string; steps: BoardStep[] };

/** The steps come case by case and in order, so a round's stand together. */
function roundsOf(steps: readonly (BoardStep & { caseId: string })[]): Round[] {
  const rounds: Round[] = [];
  for (const step of steps) {
    const last = rounds.at(-1);
    if (last?.caseId === step.caseId && last.steps[0]?.round === step.round) last.steps.push(step);
    else rounds.push({ caseId: step.caseId, steps: [step] });
  }
  return rounds;
}
