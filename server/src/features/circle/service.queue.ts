import type { Contract } from "@weimenhu/contract";
import { regionsWith } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { goneName, nameKey } from "../../foundation/cases/index.ts";
import { asPerson } from "../../foundation/identity/index.ts";
import { shownPictures } from "../../foundation/media/index.ts";
import { regionNames } from "../../foundation/regions/index.ts";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Reads } from "../../kernel/db.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Tx } from "../../kernel/tx.ts";
import { lockThing, setCommentCheck, setPostCheck, standsOf } from "./service.check.ts";
import { beforeOf, type House } from "./service.feed.ts";
import { hidesIn, moderates } from "./service.rules.ts";
import { isStep, saidById } from "./service.step.ts";
import { type Standing, tellReporters } from "./service.tell.ts";
import { appealOf, decideAppeal, lastDecision, wasOverturned } from "./store.check.ts";
import { postsById } from "./store.feed.ts";
import * as waiting from "./store.queue.ts";
import { stepIdsIn } from "./store.step.ts";
import type * as store from "./store.ts";
import { photosFor, writerOf } from "./view.ts";

type Circle = Contract["circle"];
type Out = z.output<Circle["queue"]["output"]>;

/** What is held, reported or appealed for, with what a checker said of it and who of those who look may decide. */
export async function queue(
  { deps }: Pick<House, "deps">,
  ctx: Ctx,
  input: z.output<Circle["queue"]["input"]>,
): Promise<Out> {
  const caller = signedIn(ctx);
  const limit = input.limit ?? 20;
  const regions = regionsWith(caller, "circle.moderate");
  const found = await waiting.waitingIds(ctx.db, regions, beforeOf(input.cursor), limit + 1);
  const ids = found.slice(0, limit);
  const [said, reports, appeals, checks, refusals] = await Promise.all([
    waiting.commentsById(ctx.db, ids),
    waiting.reportsOn(ctx.db, ids),
    waiting.appealsOn(ctx.db, ids),
    waiting.checksOn(ctx.db, ids),
    waiting.refusalsOf(ctx.db, ids),
  ]);
  const steps = await stepsIn(ctx.db.read, ids, said);
  const pictures = await shownPictures(
    deps.sign,
    ctx,
    [...steps.values()].flatMap(({ step }) => step.said.photos),
  );
  const posts = new Map(
    (await postsById(ctx.db, [...new Set([...ids, ...[...said, ...steps.values()].map(({ post }) => post)])])).map(
      (row) => [row.id, row],
    ),
  );
  const comments = new Map([...said.map((row) => [row.id, row] as const), ...steps]);
  const authors = [...posts.values(), ...comments.values()].map(({ author, mark }) => nameKey(author, mark));
  const colleagues = [...refusals.values()].flatMap(({ decidedBy }) =>
    decidedBy === null ? [] : [nameKey(decidedBy, "official")],
  );
  const names = await deps.displayNames(ctx.db, [...new Set([...authors, ...colleagues])]);
  const places = await regionNames(
    ctx.db,
    [...posts.values()].map(({ village }) => village),
  );
  const items = ids.flatMap((id) => {
    const comment = comments.get(id) ?? null;
    const row = posts.get(comment?.post ?? id);
    if (!row) return [];
    const what = comment ?? row;
    const isOwn = what.author === caller.personId;
    const version = comment ? 0 : row.edits;
    const appeal = appeals.find((one) => one.what === id && one.version === version) ?? null;
    const refusal = (appeal && refusals.get(id)) ?? null;
    return [
      {
        id,
        post: row.id,
        village: row.village,
        villageName: places.get(row.village) ?? "",
        kind: row.kind,
        audience: row.audience,
        place: row.place,
        under: comment && (row.deletedAt === null ? row.text : ""),
        at: what.createdAt,
        by: writerOf(what, caller, comment ? hidesIn(row, comment) : row.hidden === 1, names),
        text: what.text,
        photos: comment
          ? (steps.get(id)?.step.said.photos ?? []).flatMap((photo) => pictures.get(photo) ?? [])
          : photosFor(deps.sign, ctx.clock.now(), row),
        check: what.checkState,
        // Of what is said against oneself not a word: it may tell who said it.
        reports: isOwn ? [] : reports.filter((one) => one.what === id).map(({ why }) => why),
        version,
        why: checks
          .filter((one) => one.what === id && one.version === version && one.state !== "pass")
          .map(({ media, state, label }) => ({
            part: media === "" ? ("words" as const) : ("photo" as const),
            state,
            label,
          })),
        appeal: appeal?.why ?? null,
        refusal: refusal && {
          at: refusal.at,
          by: refusal.decidedBy && (names.get(nameKey(refusal.decidedBy, "official")) ?? goneName),
          reason: refusal.reason,
          label: refusal.label,
        },
        mayDecide: !isOwn && refusal?.decidedBy !== caller.personId,
      },
    ];
  });
  return { items, next: found.length > limit ? (ids.at(-1) ?? null) : null };
}

/** Of these ids, what was said with a step; whatever is no comment is asked for, a few at most. */
async function stepsIn(reads: Reads, ids: readonly string[], comments: readonly { id: string }[]) {
  const rows = await stepIdsIn(
    reads,
    ids.filter((id) => !comments.some((one) => one.id === id)),
  );
  const said = await Promise.all(rows.map((id) => saidById(reads, id)));
  return new Map(said.flatMap((one) => (one && isStep(one) ? [[one.id, one] as const] : [])));
}

type Decision = z.output<Circle["decide"]["input"]>;

/**
 * Lets a held, reported or refused thing stand, or takes it out of sight with a reason that its author reads. It is about the
 * text that was looked at: STALE_VERSION when that has changed. Nobody decides about their own words, nor about an appeal
 * against their own refusal, and what an appeal has upheld whoever had refused it does not refuse again. Deciding the same twice changes nothing; what somebody else decided otherwise meanwhile is refused
 * (WRONG_STATE): they read it before they change it.
 */
export async function decide(house: House, ctx: Ctx, input: Decision): Promise<{ ok: true }> {
  const caller = signedIn(ctx);
  await asPerson(ctx, async (tx) => {
    const thing = await lockThing(tx, input.id);
    if (!thing || !moderates(caller, thing.row.village)) throw refuse("NOT_FOUND");
    if (!input.pass && input.reason === undefined) throw refuse("REASON_NEEDED");
    const { row, said } = thing;
    const what = said ?? row;
    if (what.deletedAt !== null) throw refuse("POST_DELETED");
    if (what.author === caller.personId) throw refuse("SAME_PERSON");
    const { version } = standsOf(thing);
    if ((input.version ?? 0) !== version) throw refuse("STALE_VERSION");
    const appeal = await openAppeal(tx, input.id, version, caller.personId);
    const reporters = await waiting.decideReports(tx, input.id, ctx.clock.now());
    await tellReporters(tx, ctx.clock, thing, {
      pass: input.pass,
      to: reporters.filter((id) => id !== caller.personId),
    });
    const check = input.pass ? "passed" : "refused";
    const decision = newId(ctx.clock);
    const same = what.checkState === check && !appeal;
    if (same && reporters.length === 0) return;
    // Another person has found that it may stand: whoever had refused it does not refuse it once more.
    if (!input.pass && (await wasOverturned(tx, input.id, version, caller.personId)))
      throw refuse("OTHER_PERSON_DECIDES");
    const waits = what.checkState === "held" || reporters.length > 0 || appeal !== null;
    if (!waits && (await decidedElsewhere(tx, input.id, version, caller.personId))) throw refuse("WRONG_STATE");
    if (!same) {
      const to: Standing = { check, refused: input.pass ? null : (input.reason ?? null), decision };
      if (said) await setCommentCheck(tx, ctx.clock, row, said, to);
      else await setPostCheck(house.deps, tx, ctx.clock, row, to);
    }
    if (appeal) {
      const end = { by: caller.personId, at: ctx.clock.now(), upheld: input.pass };
      await decideAppeal(tx, appeal.id, end);
    }
    await noteDecision(tx, ctx, row, input, { id: decision, version, appeal: appeal !== null });
  });
  return { ok: true };
}

/** An appeal is another pair of eyes: whoever refused it does not decide about it. */
async function openAppeal(tx: Tx, what: string, version: number, decider: string) {
  const appeal = await appealOf(tx, what, version);
  if (!appeal || appeal.decidedAt !== null) return null;
  const last = await lastDecision(tx, what);
  if (last?.pass === 0 && last.decidedBy === decider) throw refuse("OTHER_PERSON_DECIDES");
  return appeal;
}

/** Somebody else, and not a checker, has looked at this text of it. */
async function decidedElsewhere(tx: Tx, what: string, version: number, decider: string): Promise<boolean> {
  const last = await lastDecision(tx, what);
  return last?.version === version && last.decidedBy !== null && last.decidedBy !== decider;
}

async function noteDecision(
  tx: Tx,
  ctx: Ctx,
  { village }: store.PostRow,
  { id, pass, reason = "", label = "other" }: Decision,
  { id: decision, version, appeal }: { id: string; version: number; appeal: boolean },
) {
  const { personId } = signedIn(ctx);
  await waiting.insertDecision(tx, {
    id: decision,
    village,
    what: id,
    pass: pass ? 1 : 0,
    reason,
    decidedBy: personId,
    at: ctx.clock.now(),
    version,
    label,
    appeal: appeal ? 1 : 0,
  });
  await record(tx, ctx, {
    act: appeal ? "circle.decideAppeal" : "circle.decide",
    onWhom: id,
    region: village,
    detail: { pass, reason, version, label },
  });
}
