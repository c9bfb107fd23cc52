import type { Contract } from "@weimenhu/contract";
import { refusals } from "@weimenhu/contract/refusals";
import type { Caller } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { type CaseFace, caseFaces } from "../../foundation/cases/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { CircleDeps } from "./deps.ts";
import type { HotCircle, Own } from "./service.hot.ts";
import { hydrate } from "./service.hydrate.ts";
import type { WritePlain } from "./service.plain.ts";
import { isCadre, reachesOf, reachIn, speechRefusal } from "./service.rules.ts";
import { muteIn } from "./service.settings.ts";
import { appealsBy } from "./store.check.ts";
import { type Filters, mineIds, postsById, type Reach } from "./store.feed.ts";
import { type Card, present, type Shared, subjectOf } from "./view.ts";

type In = z.output<Contract["circle"]["feed"]["input"]>;
type Out = z.output<Contract["circle"]["feed"]["output"]>;
export type House = { deps: CircleDeps; hot: HotCircle; plain: WritePlain };
type Speech = Pick<Out, "mayPost" | "mayPostWhy">;
type Ask = { reaches: readonly Reach[]; filters: Filters; before: string | null; limit: number };

/** A place in a feed is the id after which it goes on: it says where, never what one may see. */
export function beforeOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (!/^[0-9A-Z]{26}$/.test(cursor)) throw refuse("CURSOR_BAD");
  return cursor;
}

const filtersOf = ({ kind, state, answered, q }: In): Filters => ({
  kind: kind ?? null,
  state: state ?? null,
  answered: answered ?? null,
  q: q ?? null,
});

/** skeleton → hydrate → rules → present */
export async function feed(house: House, ctx: Ctx, input: In): Promise<Out> {
  const caller = signedIn(ctx);
  const ask = { filters: filtersOf(input), before: beforeOf(input.cursor), limit: input.limit ?? 20 };
  const own = await house.hot.own(ctx, caller.personId);
  const { shared, next } =
    input.which === "mine"
      ? await minePage(house, ctx, caller, ask)
      : await page(house, ctx, own, { ...ask, reaches: reachesFor(caller, input) });
  const items = await presented(house, ctx, caller, own, shared);
  return { items, next, ...(await speechIn(house, ctx, own, input.village)) };
}

/** Apps that know no more words take it as one of those that they know, and show no form. */
async function speechIn({ deps }: House, ctx: Ctx, own: Own, village: In["village"]): Promise<Speech> {
  if (village === undefined) return { mayPost: null };
  const word = speechRefusal(signedIn(ctx), village);
  if (word !== null) return { mayPost: word };
  const mute = await muteIn(deps, ctx, own.age, [village]);
  return mute.size === 0 ? { mayPost: "ok" } : { mayPost: "VERIFY_FIRST", mayPostWhy: refusals.GUARDIAN_FIRST.zh };
}

function reachesFor(caller: Caller, { village, which }: In): Reach[] {
  if (which === "village" && village === undefined) throw refuse("BAD_INPUT", { details: { fields: ["village"] } });
  if (village === undefined || which === "followed") return reachesOf(caller);
  const reach = reachIn(caller, village);
  if (reach.shelves.length === 0) throw refuse("FOLLOW_FIRST");
  return [reach];
}

async function minePage(house: House, ctx: Ctx, caller: Caller, ask: Omit<Ask, "reaches">) {
  const found = await mineIds(ctx.db, caller.personId, ask.filters, ask.before, ask.limit + 1);
  const rows = await postsById(ctx.db, found.slice(0, ask.limit));
  return { shared: await hydrate(house.deps, ctx, rows), next: nextOf(found, ask.limit) };
}

const nextOf = (ids: readonly string[], limit: number): string | null =>
  ids.length > limit ? (ids[limit - 1] ?? null) : null;

/**
 * The page of everybody with the same reach, and among it what oneself wrote. The two may be from different moments (another
 * process has changed a post): it is there once, whichever of them knows of it.
 */
async function page(house: House, ctx: Ctx, own: Own, ask: Ask): Promise<{ shared: Shared[]; next: string | null }> {
  const all = await house.hot.page(ctx, { ...ask, limit: ask.limit + 1 });
  const aside = asideIn(own, ask);
  if (aside.length === 0)
    return {
      shared: all.slice(0, ask.limit),
      next: nextOf(
        all.map(({ row }) => row.id),
        ask.limit,
      ),
    };
  const ids = [...new Set([...all.map(({ row }) => row.id), ...aside])].sort().reverse();
  const shown = ids.slice(0, ask.limit);
  const known = new Map(all.map((one) => [one.row.id, one]));
  const missing = shown.filter((id) => !known.has(id));
  for (const one of await hydrated(house, ctx, missing)) if (stillIn(one, ask)) known.set(one.row.id, one);
  return { shared: shown.flatMap((id) => known.get(id) ?? []), next: nextOf(ids, ask.limit) };
}

const hydrated = async (house: House, ctx: Ctx, ids: readonly string[]): Promise<Shared[]> =>
  ids.length === 0 ? [] : hydrate(house.deps, ctx, await postsById(ctx.db, ids));

function asideIn(own: Own, { reaches, filters, before }: Ask): string[] {
  if (filters.q !== null || filters.answered !== null) return [];
  return own.aside
    .filter((mine) => {
      if (!reaches.some(({ village }) => village === mine.village)) return false;
      if (filters.kind !== null && mine.kind !== filters.kind) return false;
      if (filters.state !== null && mine.state !== filters.state) return false;
      return before === null || mine.id < before;
    })
    .map((mine) => mine.id);
}

const stillIn = ({ row }: Shared, { filters }: Ask): boolean =>
  row.deletedAt === null && (filters.state === null || row.state === filters.state);

/** Cards as this viewer gets them; what is not for them is left out. */
export async function presented(
  house: House,
  ctx: Ctx,
  caller: Caller,
  own: Own,
  shared: readonly Shared[],
): Promise<Card[]> {
  const [faces, mute, appealed] = await Promise.all([
    partIn(house, ctx, caller, shared),
    muteIn(
      house.deps,
      ctx,
      own.age,
      shared.map(({ row }) => row.village),
    ),
    appealedIn(ctx, caller, shared),
    own.learn(shared.map(({ row }) => row.id)),
  ]);
  const eyes = { caller, now: ctx.clock.now(), blocked: own.blocked, liked: own.liked, faces, mute, appealed };
  return shared.flatMap((one) => present(one, eyes) ?? []);
}

/** Refused posts of one's own for whose standing text one has appealed: one question, and only when a page shows any. */
async function appealedIn(ctx: Ctx, caller: Caller, shared: readonly Shared[]): Promise<Set<string>> {
  const refused = shared.filter(({ row }) => row.author === caller.personId && row.checkState === "refused");
  const ids = refused.map(({ row }) => row.id);
  const found = await appealsBy(ctx.db.read, caller.personId, ids);
  const versions = new Map(refused.map(({ row }) => [row.id, row.edits]));
  return new Set(found.flatMap(({ what, version }) => (versions.get(what) === version ? [what] : [])));
}

/** Only its author and cadres have a part in a case; everybody else sees it as it was kept for all. */
async function partIn(
  { deps }: House,
  ctx: Ctx,
  caller: Caller,
  shared: readonly Shared[],
): Promise<Map<string, CaseFace>> {
  const subjects = shared
    .filter(({ row }) => row.caseId !== null && (row.author === caller.personId || isCadre(caller, row.village)))
    .map(({ row }) => subjectOf(row.id));
  return subjects.length === 0 ? new Map() : caseFaces(deps.cases, ctx, subjects);
}
