import { parentOf, type RegionCode } from "@weimenhu/domain/base/region";
import { isBad, type Stars, tagsFit } from "@weimenhu/domain/cases/rating";
import { isUnseenByOthers } from "@weimenhu/domain/cases/rating-privacy";
import { type CaseMove, type CaseWords, moveCase, type RefusalReason } from "@weimenhu/domain/cases/state";
import type { Caller } from "@weimenhu/domain/permissions";
import type { Clock } from "../../kernel/clock.ts";
import type { Reads } from "../../kernel/db.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { type CasesDeps, caseScope, type Recorded } from "./deps.ts";
import { actorsOf, factsOf, pausesOf, timing } from "./service.facts.ts";
import { tellStep } from "./service.tell.ts";
import { asHeld } from "./store.assignee.ts";
import * as store from "./store.ts";

/** Who acts: a person with the mark and office that stand beside the words for ever, or the clock. */
export type By = { caller: Caller | null; mark: store.StepRow["mark"]; title: string | null };
export const byClock: By = { caller: null, mark: "none", title: null };

export type Raised = {
  subject: string;
  village: RegionCode;
  author: string;
  summary: string;
  photo: boolean;
};

export type Step = {
  move: CaseMove;
  /** The client's key, once per act: the same again changes nothing. */
  key?: string | undefined;
  text?: string | undefined;
  reason?: RefusalReason | undefined;
  photos?: readonly string[];
  to?: { person: string; cadre: boolean } | undefined;
};

/** What was raised has other words or photos now: those who handle it read these. */
export async function reword(tx: Tx, id: string, now: Pick<store.CaseRow, "summary" | "photo">): Promise<void> {
  await store.update(tx, id, now);
  await bump(tx, caseScope(id));
}

/** Opens the file of what somebody raised, in the transaction that stores it. */
export async function raise(deps: CasesDeps, tx: Tx, clock: Clock, raised: Raised, by: By): Promise<store.CaseRow> {
  const now = clock.now();
  const row: store.CaseRow = {
    ...raised,
    id: newId(clock),
    photo: raised.photo ? 1 : 0,
    region: raised.village,
    state: "pending",
    round: 1,
    roundKind: "first",
    beganAt: now,
    acceptedAt: null,
    finishedAt: null,
    closedAt: null,
    pauses: "[]",
    extension: "none",
    returned: 0,
    reopened: 0,
    rated: 0,
    outcome: null,
    reason: null,
    assignee: null,
    steps: 1,
    dueAt: null,
    provisional: 0,
    escalatedAt: null,
    createdAt: now,
  };
  const whole = { ...row, ...timing(deps.calendar(), row, now).stored };
  await store.insert(tx, whole);
  await store.insertStep(tx, stepOf(whole, { move: "raise" }, by, now));
  await tellStep(tx, clock, whole, { move: "raise", actor: raised.author });
  return whole;
}

/** `at`: the time of the step. `fresh`: false for the same act sent again. `shows`: others see that the case changed. */
export type Moved = { row: store.CaseRow; at: number; fresh: boolean; shows: boolean };

/**
 * One move of a case. The row is locked, so of two who press at once the second sees what the first did and gets a word.
 * Answers the case as it then stands.
 */
export async function move(deps: CasesDeps, tx: Tx, clock: Clock, id: string, step: Step, by: By): Promise<Moved> {
  const stored = await store.lock(tx, id);
  if (!stored) throw refuse("NOT_FOUND");
  if (by.caller && step.key !== undefined) {
    const before = await store.stepByKey(tx, by.caller.personId, sha256(step.key));
    if (before && !isSame(before, id, step)) throw refuse("KEY_REUSED");
    if (before) return { row: stored, at: before.at, fresh: false, shows: false };
  }
  const now = await store.timeFor(tx, id, clock);
  const [row = stored] = await asHeld(tx, [stored], now);
  const words: CaseWords = {
    now,
    afterPhotos: step.photos?.length ?? 0,
    ...(step.text === undefined ? {} : { text: step.text }),
    ...(step.reason === undefined ? {} : { reason: step.reason }),
    ...(step.to === undefined ? {} : { cadre: step.to.cadre }),
  };
  const did = by.caller ? await store.doneInOffice(tx, by.caller.personId, [row]) : new Map<string, CaseMove[]>();
  const outcome = moveCase(
    factsOf(row, did.get(id) ?? []),
    by.caller ? actorsOf(row, by.caller) : ["system"],
    step.move,
    words,
  );
  if ("no" in outcome) throw refuse(outcome.no);
  const moved: store.CaseRow = { ...row, ...changes(row, step, now), state: outcome.to, steps: row.steps + 1 };
  const whole = timed(deps, moved, now);
  const { id: _, ...set } = whole;
  // The step first: without it the database refuses the change.
  await store.insertStep(tx, stepOf(whole, step, by, now));
  await store.update(tx, id, set);
  const shows = !isUnseenByOthers(row.state, step.move);
  if (shows) await bump(tx, caseScope(id));
  await tellStep(tx, clock, whole, { move: step.move, actor: by.caller?.personId ?? null });
  return { row: whole, at: now, fresh: true, shows };
}

/** Is this what the step was made of? */
export const isSame = (before: store.StepRow, id: string, step: Step): boolean =>
  before.caseId === id &&
  before.move === step.move &&
  before.text === (step.text?.trim() ?? "") &&
  before.reason === (step.reason ?? null) &&
  before.photos === JSON.stringify([...new Set(step.photos)]) &&
  (before.givenTo === null || before.givenTo === step.to?.person);

/** With its new deadline; a case that has time again is not overdue any more, and may be so once more. */
export function timed(deps: CasesDeps, row: store.CaseRow, now: number): store.CaseRow {
  const { stored } = timing(deps.calendar(), row, now);
  // Shown to those above by a clock that may be ahead of this one.
  const hasTime = stored.dueAt !== null && stored.dueAt > Math.max(now, row.escalatedAt ?? 0);
  return { ...row, ...stored, escalatedAt: hasTime ? null : row.escalatedAt };
}

/** What a move changes beside the state. */
function changes(row: store.CaseRow, step: Step, now: number): Partial<store.CaseRow> {
  switch (step.move) {
    case "accept":
    case "start":
      return { acceptedAt: row.acceptedAt ?? now };
    case "assign":
      return { assignee: step.to?.person ?? null };
    case "refuse":
      return { reason: step.reason ?? null, closedAt: now };
    case "transfer":
      return { region: parentOf(row.region) ?? row.region, ...handedOn(row, now) };
    case "return":
      return { region: row.village, returned: 1, ...handedOn(row, now) };
    case "pause":
      return { pauses: JSON.stringify([...pausesOf(row), { from: now, to: null }]) };
    case "resume":
      return { pauses: endedPauses(row, now) };
    case "askMore":
      return { extension: "asked" };
    case "allowMore":
      return { extension: "allowed" };
    case "denyMore":
      return { extension: "denied" };
    case "finish":
      return { finishedAt: now };
    case "confirm":
      return { closedAt: now, outcome: "confirmed" };
    case "rate":
      return { closedAt: row.closedAt ?? now, outcome: row.outcome ?? "confirmed", rated: 1 };
    case "withdraw":
      return { closedAt: now, outcome: "withdrawn" };
    case "lapse":
      return { closedAt: now, outcome: "lapsed" };
    case "reopen":
      return { ...again(row, now), roundKind: "reopened", reopened: 1 };
    case "rateBadly":
      return { ...again(row, now), roundKind: "rectify" };
    case "note":
      return {};
  }
}

/** Whoever gets a case gets it with its clock running; what others asked for is not theirs to wait for. */
const handedOn = (row: store.CaseRow, now: number): Partial<store.CaseRow> => ({
  assignee: null,
  pauses: endedPauses(row, now),
  extension: row.extension === "asked" ? "none" : row.extension,
});

const endedPauses = (row: store.CaseRow, now: number): string =>
  JSON.stringify(pausesOf(row).map((pause) => ({ ...pause, to: pause.to ?? now })));

/** A new round has clocks, extension and pauses of its own. */
const again = (row: store.CaseRow, now: number): Partial<store.CaseRow> => ({
  round: row.round + 1,
  beganAt: now,
  acceptedAt: null,
  finishedAt: null,
  closedAt: null,
  pauses: "[]",
  extension: "none",
  rated: 0,
  outcome: null,
  escalatedAt: null,
});

export function stepOf(
  row: store.CaseRow,
  step: Omit<Step, "move"> & { move: store.StepRow["move"] },
  by: By,
  now: number,
) {
  return {
    caseId: row.id,
    number: row.steps,
    round: row.round,
    move: step.move,
    actor: by.caller?.personId ?? null,
    mark: by.mark,
    title: by.title,
    text: step.text?.trim() ?? "",
    photos: JSON.stringify(step.photos ?? []),
    reason: step.reason ?? null,
    at: now,
    idemKey: step.key === undefined || !by.caller ? null : sha256(step.key),
    givenTo: step.move === "assign" ? (step.to?.person ?? null) : null,
  } satisfies store.StepRow;
}

/** The step that this person's key has made already. */
export const stepSent = (reads: Reads, person: string, key: string): Promise<store.StepRow | undefined> =>
  store.stepByKey(reads, person, sha256(key));

/** What was said with a step that a person made. */
export async function recordedStep(reads: Reads, id: string, number: number): Promise<Recorded | undefined> {
  const row = await store.step(reads, id, number);
  return row && recorded(row);
}

/** What was said in office with steps of a case, by their numbers, the newest first. */
export async function recordedInOffice(reads: Reads, id: string): Promise<{ number: number; said: Recorded }[]> {
  const rows = await store.stepsInOffice(reads, id);
  return rows.flatMap((row) => {
    const said = recorded(row);
    return said ? [{ number: row.number, said }] : [];
  });
}

function recorded(row: store.StepRow): Recorded | undefined {
  if (row.move === "raise" || row.move === "escalate") return undefined;
  const { actor, mark, title, text, reason, at, move, photos } = row;
  return { actor, mark, title, text, reason, at, move, photos: JSON.parse(photos) as string[] };
}

export type Rating = { key: string; stars: Stars; tags: readonly number[]; text?: string | undefined };

/**
 * The author's rating of the round, which nobody else reads. A bad one opens the case again; its words are then those of a
 * reopening, for whoever handles it.
 */
export async function rate(deps: CasesDeps, tx: Tx, clock: Clock, id: string, rating: Rating, by: By): Promise<Moved> {
  if (!tagsFit(rating.stars, rating.tags)) throw refuse("BAD_INPUT", { details: { fields: ["tags"] } });
  const before = await store.lock(tx, id);
  if (!before) throw refuse("NOT_FOUND");
  const again = by.caller ? await store.stepByKey(tx, by.caller.personId, sha256(rating.key)) : undefined;
  if (again) return rated(tx, before, again, rating);
  const { key, stars, tags, text = "" } = rating;
  const reopens = isBad(stars);
  const step: Step = reopens ? { move: "rateBadly", key, text } : { move: "rate", key };
  const moved = await move(deps, tx, clock, id, step, by);
  if (moved.fresh) {
    await store.insertRating(tx, {
      caseId: id,
      round: before.round,
      region: before.region,
      stars,
      tags: tags.join(","),
      text: reopens ? "" : text.trim(),
      at: moved.at,
    });
  }
  return moved;
}

/** The same act sent again. A bad rating has opened the next round meanwhile, so it is looked for in the one before. */
async function rated(tx: Tx, row: store.CaseRow, step: store.StepRow, { stars, tags }: Rating): Promise<Moved> {
  const round = step.move === "rateBadly" ? step.round - 1 : step.round;
  const given = step.caseId === row.id ? await store.ratingOf(tx, row.id, round) : undefined;
  if (given?.stars !== stars || given.tags !== tags.join(",")) throw refuse("KEY_REUSED");
  return { row, at: step.at, fresh: false, shows: false };
}
