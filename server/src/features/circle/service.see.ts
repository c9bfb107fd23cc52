import type { Contract } from "@weimenhu/contract";
import { refusals } from "@weimenhu/contract/refusals";
import type { Caller } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { caseSteps, nameKey } from "../../foundation/cases/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { refuse } from "../../kernel/refuse.ts";
import { beforeOf, type House, presented } from "./service.feed.ts";
import type { Own } from "./service.hot.ts";
import { hydrate } from "./service.hydrate.ts";
import { blockKey, lineOf, moderates, seesComment, sightFor, speechRefusal } from "./service.rules.ts";
import { isStranger, muteIn } from "./service.settings.ts";
import { appealsBy, partsOf, passedVersions } from "./store.check.ts";
import { postsById } from "./store.feed.ts";
import { looksOf } from "./store.step.ts";
import * as store from "./store.ts";
import { type Comment, commentOnWire, type Post, photosOf, subjectOf, withAppeal } from "./view.ts";

const firstComments = 100;
const none: ReadonlySet<string> = new Set();

/**
 * The post for somebody who may see something of it; for everybody else there is none. Whoever does not want to see it is told
 * so, with the line of the own list (`of`) to take back.
 */
export function seen(row: store.PostRow | undefined, caller: Caller, blocked = none): store.PostRow {
  if (!row || sightFor(row, caller).post === "nothing") throw refuse("NOT_FOUND");
  if (sightFor(row, caller, blocked).post === "nothing")
    throw refuse("POST_BLOCKED", { details: { of: lineOf(caller.personId, blockKey(row)) } });
  return row;
}

/** As `seen`, and it still stands: POST_DELETED for a tombstone, WRONG_STATE while it is not shown to others. */
export function standing(row: store.PostRow | undefined, caller: Caller): store.PostRow {
  const found = seen(row, caller);
  if (found.deletedAt !== null) throw refuse("POST_DELETED");
  if (found.checkState !== "passed") throw refuse("WRONG_STATE");
  return found;
}

export async function get(house: House, ctx: Ctx, { id }: { id: string }): Promise<Post> {
  const caller = signedIn(ctx);
  const [row, own] = await Promise.all([store.byId(ctx.db.read, id), house.hot.own(ctx, caller.personId)]);
  return shown(house, ctx, seen(row, caller, own.blocked));
}

/** Of these posts the caller's own deleted ones that became a case, each with its case. */
export async function casesOfGone(ctx: Ctx, posts: readonly string[]): Promise<Map<string, string>> {
  const rows = await postsById(ctx.db, [...new Set(posts)]);
  return new Map(
    rows.flatMap(({ id, author, caseId, deletedAt }) =>
      author === ctx.caller?.personId && deletedAt !== null && caseId !== null ? [[id, caseId] as const] : [],
    ),
  );
}

/** The post as it now stands, for the one who asks. */
export async function shown(house: House, ctx: Ctx, row: store.PostRow): Promise<Post> {
  const caller = signedIn(ctx);
  const own = await house.hot.own(ctx, caller.personId);
  const stands = row.deletedAt === null;
  const isOwn = row.author === caller.personId;
  const [mayNotComment, shared, steps, talk, appeals, refused] = await Promise.all([
    stands && row.checkState === "passed" ? silence(house, ctx, row, own) : null,
    hydrate(house.deps, ctx, [row]),
    stands && row.caseId !== null ? recordOf(house, ctx, row) : [],
    stands ? discussion(house, ctx, row, own, null, firstComments) : { items: [], next: null },
    stands && isOwn ? appealsBy(ctx.db.read, caller.personId, [row.id]) : [],
    stands && isOwn ? photosRefused(ctx, row) : [],
  ]);
  // What was blocked is shown to whoever names it in an act of their own.
  const [card] = await presented(house, ctx, caller, { ...own, blocked: none }, shared);
  if (!card) throw refuse("NOT_FOUND");
  const photoIds = card.by.mine ? { photoIds: photosOf(row).map(({ id }) => id) } : {};
  const appeal = appeals.find(({ version }) => version === row.edits);
  const which = refused.length > 0 ? { photosRefused: refused } : {};
  return {
    ...(mayNotComment === null ? {} : { mayNotComment }),
    ...(appeal ? withAppeal(card, appeal) : card),
    ...(mayNotComment === null ? {} : { may: card.may.filter((act) => act !== "comment") }),
    ...photoIds,
    ...which,
    steps,
    discussion: talk.items,
    more: talk.next,
  };
}

/** What keeps somebody who belongs to the village from commenting on this post, in words. */
async function silence({ deps }: House, ctx: Ctx, row: store.PostRow, { age }: Own): Promise<string | null> {
  if (speechRefusal(signedIn(ctx), row.village) !== null) return null;
  if ((await muteIn(deps, ctx, age, [row.village])).size > 0) return refusals.GUARDIAN_FIRST.zh;
  return (await isStranger(ctx, row)) ? refusals.STRANGERS_BLOCKED.zh : null;
}

/** The places of the photos that a checker did not pass, from 1. */
async function photosRefused(ctx: Ctx, row: store.PostRow): Promise<number[]> {
  const ids = photosOf(row).map(({ id }) => id);
  if (row.checkState !== "refused" || ids.length === 0) return [];
  const risky = (await partsOf(ctx.db.read, row.id, row.edits)).filter(({ state }) => state === "risky");
  return ids.flatMap((id, i) => (risky.some(({ media }) => media === id) ? [i + 1] : []));
}

async function recordOf({ deps }: House, ctx: Ctx, { id, hidden }: store.PostRow) {
  const looks = (await looksOf(ctx.db.read, [id])).get(id);
  return caseSteps(deps, ctx, subjectOf(id), { hidden: hidden === 1, looks });
}

/** Nobody has said or liked anything yet, and one's own words are shown to oneself whatever one has blocked. */
const untouched: Own = { blocked: none, aside: [], learn: async () => {}, liked: () => false, age: null };

/** A post that its author has written this moment. */
export async function justWritten(house: House, ctx: Ctx, row: store.PostRow): Promise<Post> {
  const [shared, steps] = await Promise.all([
    house.hot.hydrate(ctx, [row]),
    row.caseId !== null
      ? caseSteps(house.deps, ctx, subjectOf(row.id), { hidden: row.hidden === 1, looks: undefined })
      : [],
  ]);
  const [card] = await presented(house, ctx, signedIn(ctx), untouched, shared);
  if (!card) throw refuse("NOT_FOUND");
  return { ...card, photoIds: photosOf(row).map(({ id }) => id), steps, discussion: [], more: null };
}

/** After an act: the post is read anew. */
export async function again(house: House, ctx: Ctx, id: string): Promise<Post> {
  return shown(house, ctx, seen(await store.byId(ctx.db.read, id), signedIn(ctx)));
}

type Page = { items: Comment[]; next: string | null };

async function discussion(
  { deps }: House,
  ctx: Ctx,
  row: store.PostRow,
  own: Own,
  after: string | null,
  limit: number,
): Promise<Page> {
  const caller = signedIn(ctx);
  const found = await store.comments(ctx.db, row.id, after, limit + 1);
  const rows = found.slice(0, limit).filter((one) => seesComment(row, one, caller, own.blocked));
  const mine = rows.filter(({ author }) => author === caller.personId).map(({ id }) => id);
  const [names, appeals] = await Promise.all([
    deps.displayNames(ctx.db, [...new Set(rows.map(({ author, mark }) => nameKey(author, mark)))]),
    appealsBy(ctx.db.read, caller.personId, mine),
  ]);
  const appealFor = (id: string) => appeals.find(({ what }) => what === id);
  const next = found.length > limit ? (found[limit - 1]?.id ?? null) : null;
  return { items: rows.map((one) => commentOnWire(row, one, caller, names, appealFor(one.id))), next };
}

type Circle = Contract["circle"];

export async function comments(house: House, ctx: Ctx, input: z.output<Circle["comments"]["input"]>): Promise<Page> {
  const caller = signedIn(ctx);
  const own = await house.hot.own(ctx, caller.personId);
  const row = seen(await store.byId(ctx.db.read, input.id), caller, own.blocked);
  if (row.deletedAt !== null) return { items: [], next: null };
  return discussion(house, ctx, row, own, beforeOf(input.cursor), input.limit ?? 50);
}

/**
 * What edits replaced, for all who see the post: an answer may be about words that are gone. Of words that nobody had passed
 * when they were replaced, only their author and those who check read anything.
 */
export async function history(ctx: Ctx, { id }: { id: string }): Promise<z.output<Circle["history"]["output"]>> {
  const caller = signedIn(ctx);
  const row = seen(await store.byId(ctx.db.read, id), caller);
  if (row.deletedAt !== null) return { items: [] };
  const all = row.author === caller.personId || moderates(caller, row.village);
  const [found, passed] = await Promise.all([store.texts(ctx.db, id), passedVersions(ctx.db.read, id)]);
  // Each row is named by the edit that replaced it.
  const shown = found.filter(({ version }) => all || passed.has(version - 1));
  return { items: shown.map(({ replacedAt, text }) => ({ at: replacedAt, text })) };
}
