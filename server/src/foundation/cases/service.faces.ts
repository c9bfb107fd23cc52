import type { Stars } from "@weimenhu/domain/cases/rating";
import { recordForOthers } from "@weimenhu/domain/cases/rating-privacy";
import { type CaseMove, caseTable } from "@weimenhu/domain/cases/state";
import type { Ctx } from "../../kernel/ctx.ts";
import { type Sign, shownPictures } from "../media/index.ts";
import type { CasesDeps, Looks, Names } from "./deps.ts";
import * as store from "./store.ts";
import { type CaseFace, faceOf, nameKey, photosOf, type StepOnWire, stepOnWire } from "./view.ts";

/** The handling of these subjects as this viewer may see it; who may see the subject itself is for its room to say. */
export async function caseFaces(
  deps: CasesDeps,
  ctx: Ctx,
  subjects: readonly string[],
): Promise<Map<string, CaseFace>> {
  const rows = await store.bySubjects(ctx.db, subjects);
  const faces = await facesOf(deps, ctx, rows);
  return new Map(rows.map((row, at) => [row.subject, faces[at] as CaseFace]));
}

export async function facesOf(deps: CasesDeps, ctx: Ctx, rows: readonly store.CaseRow[]): Promise<CaseFace[]> {
  const now = ctx.clock.now();
  const rated = rows.filter((row) => row.rated === 1 && row.author === ctx.caller?.personId);
  const given = new Map(
    (await store.ratingsOf(ctx.db, rated)).map(({ caseId, round, stars }) => [`${caseId}.${round}`, stars as Stars]),
  );
  const stars = (row: store.CaseRow) => given.get(`${row.id}.${row.round}`) ?? null;
  const did = await doneBy(ctx, rows);
  return rows.map((row) => faceOf(deps, row, ctx.caller, now, { stars: stars(row), did: did.get(row.id) ?? [] }));
}

/** What the caller did in office, of those cases where it decides about a move: a rating of one's own, more time. */
async function doneBy({ db, caller }: Ctx, rows: readonly store.CaseRow[]): Promise<Map<string, CaseMove[]>> {
  if (!caller) return new Map();
  const rates = ({ author, state }: store.CaseRow) => author === caller.personId && caseTable.rate.from.includes(state);
  return store.doneInOffice(
    db.read,
    caller.personId,
    rows.filter((row) => rates(row) || row.extension === "asked"),
  );
}

type Veil = { hidden: boolean; looks: Looks | undefined };
type StepDeps = { displayNames: Names; sign: Sign };

/**
 * The record of one subject's case, oldest first. `hidden`: this viewer must not learn who raised it; `looks`: at the steps
 * whose words only those read who said them.
 */
export async function caseSteps(deps: StepDeps, ctx: Ctx, subject: string, veil: Veil): Promise<StepOnWire[]> {
  const [row] = await store.bySubjects(ctx.db, [subject]);
  return row ? stepsOf(deps, ctx, row, veil) : [];
}

export async function stepsOf(
  deps: StepDeps,
  ctx: Ctx,
  row: store.CaseRow,
  { hidden, looks }: Veil,
): Promise<StepOnWire[]> {
  const record = await store.steps(ctx.db, row.id);
  const steps = ctx.caller?.personId === row.author ? record : recordForOthers(record);
  const [names, pictures] = await Promise.all([
    deps.displayNames(
      ctx.db,
      steps.flatMap(({ actor, mark }) => (actor === null ? [] : [nameKey(actor, mark)])),
    ),
    shownPictures(deps.sign, ctx, steps.flatMap(photosOf)),
  ]);
  const seen = { caller: ctx.caller, author: row.author, hidden, looks, names };
  return steps.map((step, at) => stepOnWire(step, at + 1, seen, pictures));
}
