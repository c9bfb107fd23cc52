import type { Contract } from "@weimenhu/contract";
import { caseTable } from "@weimenhu/domain/cases/state";
import type * as z from "zod/mini";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Tx } from "../../kernel/tx.ts";
import { asPerson } from "../identity/index.ts";
import { claimMedia } from "../media/index.ts";
import { type RoomDeps, type Spoken, subjectOf } from "./deps.ts";
import { cadresOf } from "./service.cadres.ts";
import { seen } from "./service.facts.ts";
import { wholeOf } from "./service.read.ts";
import { type By, move as moveCase, rate as rateCase, type Step } from "./service.ts";
import { byActor, type Writing, writingIn } from "./service.writing.ts";
import * as store from "./store.ts";
import type { WholeCase } from "./view.ts";

type In<K extends "move" | "rate"> = z.output<Contract["cases"][K]["input"]>;
type Deps = Pick<RoomDeps, "calendar" | "subjects" | "checkWords">;
/** As the wire sends it. `photos`: ids of uploads of the caller. `cadre`: is `to` one of those it may be given to? */
export type Act = Omit<In<"move">, "id" | "to"> & { to?: { person: string; cadre: boolean } | undefined };

export async function move(deps: RoomDeps, ctx: Ctx, input: In<"move">): Promise<WholeCase> {
  const before = seen(ctx.caller, await store.byId(ctx.db.read, input.id));
  if (saysSomething(input)) await deps.needConsent(ctx, before.village);
  const writing = await writingIn(ctx, before.village);
  const { id, to, ...words } = input;
  const cadres = to === undefined ? [] : await cadresOf(ctx.db, before, ctx.clock.now());
  const row = await asPerson(ctx, async (tx) => {
    const given = to === undefined ? undefined : { person: to, cadre: cadres.some(({ person }) => person === to) };
    return (await actOn(deps, tx, ctx, writing, id, { ...words, to: given })).row;
  });
  return wholeOf(deps, ctx, row);
}

const saysSomething = ({
  text = "",
  photos = [],
}: {
  text?: string | undefined;
  photos?: readonly string[] | undefined;
}) => text.trim() !== "" || photos.length > 0;

/**
 * One move by the caller, in a transaction that may hold more. A neighbour who names the case gets NOT_FOUND; who may see it
 * and not move it, NOT_ALLOWED. What staff do is on the record of the audit too.
 */
export async function actOn(
  deps: Deps,
  tx: Tx,
  ctx: Ctx,
  writing: Writing,
  id: string,
  act: Act,
): Promise<{ row: store.CaseRow; fresh: boolean }> {
  const before = seen(ctx.caller, await store.lock(tx, id));
  // Stars come with it.
  if (act.move === "rate" || act.move === "rateBadly") throw refuse("BAD_INPUT", { details: { fields: ["move"] } });
  const { actor } = caseTable[act.move];
  const by = byActor(writing, actor, before.region);
  if (!by) throw refuse("NOT_ALLOWED");
  needFitWords(deps, act.text);
  const step: Step = {
    move: act.move,
    key: act.key,
    text: act.text,
    reason: act.reason,
    to: act.to,
    photos: await claimed(tx, ctx, id, act.photos ?? []),
  };
  const moved = await moveCase(deps, tx, ctx.clock, id, step, by);
  if (moved.fresh) await told(deps, tx, ctx, before, moved.row, saidBy(by, step, ctx.channel, moved.at));
  return moved;
}

/** A record is never changed, so words on the list are refused before they stand there: WORDS_NOT_FIT, and one writes it anew. */
export function needFitWords({ checkWords }: Pick<RoomDeps, "checkWords">, text: string | undefined): void {
  if (text !== undefined && checkWords(text) === "held") throw refuse("WORDS_NOT_FIT");
}

/** Photos of the caller's own, each once; anything else that was uploaded is no photo. */
async function claimed(tx: Tx, ctx: Ctx, id: string, photos: readonly string[]): Promise<string[]> {
  if (photos.length === 0) return [];
  const ids = [...new Set(photos)];
  const owner = `case:${id}`;
  const got = await claimMedia(tx, { owner, person: signedIn(ctx).personId, ids, digests: [] });
  const kinds = [...(got?.byId.values() ?? [])].map(({ kind }) => kind);
  if (!got || !kinds.every((kind) => kind === "jpg" || kind === "png"))
    throw refuse("BAD_INPUT", { details: { fields: ["photos"] } });
  return ids;
}

const saidBy = (
  { caller, mark, title }: By,
  { move, text, reason, photos }: Step,
  channel: Ctx["channel"],
  at: number,
): Spoken => ({
  actor: caller?.personId ?? null,
  mark,
  title,
  move,
  text: text?.trim() ?? "",
  reason: reason ?? null,
  photos: photos ?? [],
  at,
  channel,
});

async function told(deps: Deps, tx: Tx, ctx: Ctx, before: store.CaseRow, row: store.CaseRow, said: Spoken) {
  await subjectOf(deps.subjects, row.subject).moved(tx, row, said);
  const { actor } = caseTable[said.move];
  if (actor === "author") return;
  const detail = { round: row.round, step: row.steps, ...(said.move === "assign" ? { to: row.assignee } : {}) };
  await record(tx, ctx, { act: `cases.${said.move}`, onWhom: row.id, region: before.region, detail });
}

/** The author's rating. The same key again, and the same stars, change nothing. */
export async function rate(deps: RoomDeps, ctx: Ctx, input: In<"rate">): Promise<WholeCase> {
  const { id, ...rating } = input;
  const before = seen(ctx.caller, await store.byId(ctx.db.read, id));
  if (saysSomething(rating)) await deps.needConsent(ctx, before.village);
  needFitWords(deps, rating.text);
  const { own } = await writingIn(ctx, before.village);
  const row = await asPerson(ctx, async (tx) => {
    const rated = await rateCase(deps, tx, ctx.clock, id, rating, own);
    // Of all words of a rating others read only those with which it opened the case again.
    const words: Step | null = rated.row.state === "pending" ? { move: "rateBadly", text: rating.text } : null;
    const said = words ? saidBy(own, words, ctx.channel, rated.at) : undefined;
    if (rated.shows) await subjectOf(deps.subjects, rated.row.subject).moved(tx, rated.row, said);
    return rated.row;
  });
  return wholeOf(deps, ctx, row);
}
