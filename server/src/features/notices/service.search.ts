import type { Contract } from "@weimenhu/contract";
import { lineage, type RegionCode } from "@weimenhu/domain/base/region";
import { type NoticeCategory, noticeCategories } from "@weimenhu/domain/notices/category";
import type * as z from "zod/mini";
import { placeNamedIn } from "../../foundation/regions/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Db } from "../../kernel/db.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import type { Tx } from "../../kernel/tx.ts";
import { askedInitials, askedWords, snippetOf, termsOf, weights } from "./service.terms.ts";
import * as store from "./store.public.ts";
import { dropTerms, findByTerms, replaceTerms, type Scope } from "./store.terms.ts";
import { cursorOf, type Place, placeOf } from "./view.cursor.ts";
import { noticeCard } from "./view.ts";

export type SearchDocument = {
  id: string;
  region: RegionCode;
  category: NoticeCategory;
  publishedAt: number;
  title: string;
  words: string;
  /** Is it shown in the whole subtree? */
  reachesDown: boolean;
};
export type SearchQuestion = {
  q: string;
  titleOnly: boolean;
  scopes: readonly Scope[];
  category: NoticeCategory | null;
  after: Place | null;
  limit: number;
};
/** `terms`: what to show around; `places` in order, each a notice and where a next page would go on. */
export type SearchAnswer = { terms: readonly string[]; places: Place[] };

/**
 * Who finds notices. The one here keeps plain rows in the same database, written in the transaction that publishes. An
 * engine outside would take `put` and `drop` as jobs of that transaction, and answer `find` by itself.
 */
export type SearchProvider = {
  put(tx: Tx, document: SearchDocument): Promise<void>;
  drop(tx: Tx, id: string): Promise<void>;
  find(db: Db, question: SearchQuestion): Promise<SearchAnswer>;
};

/** Ranks of hits by initials lie above those of hits by words, so a place says which kind it continues. */
const initialsRank = 100;

export const termSearch: SearchProvider = {
  async put(tx, { id, region, category, publishedAt, title, words, reachesDown }) {
    const terms = termsOf({ title, words, column: noticeCategories[category] });
    await replaceTerms(tx, { notice: id, region, shelf: reachesDown ? 2 : 1, category, publishedAt, terms });
  },
  drop: dropTerms,
  async find(db, { q, titleOnly, ...question }) {
    const least = titleOnly ? weights.titlePair : weights.bodyPair;
    const { after } = question;
    const letters = askedInitials(q);
    if (letters && (!after || after.rank >= initialsRank)) {
      const from = after ? { ...after, rank: after.rank - initialsRank } : null;
      const found = await findByTerms(db, { ...question, ...letters, least, after: from });
      const places = found.map((place) => ({ ...place, rank: place.rank + initialsRank }));
      if (places.length > 0 || after) return { terms: [], places };
    }
    const words = askedWords(q);
    return { terms: words.terms, places: await findByTerms(db, { ...question, ...words, least }) };
  },
};

type In = z.output<Contract["notices"]["search"]["input"]>;
type Out = z.output<Contract["notices"]["search"]["output"]>;

/** What the asked places show, each notice once: themselves wholly, those above them as far as it reaches down. */
export function scopesOf(regions: readonly RegionCode[]): Scope[] {
  const asked = new Set(regions);
  const above = new Set(regions.flatMap((code) => lineage(code)).filter((code) => !asked.has(code)));
  return [
    ...[...asked].map((region) => ({ region, all: true })),
    ...[...above].map((region) => ({ region, all: false })),
  ];
}

/** "竹溪村停水": nothing holds all these words, but the village that is named has what the rest asks for. One page of it. */
async function inNamedPlace(
  deps: { home: RegionCode; search: SearchProvider },
  ctx: Ctx,
  input: In,
  question: SearchQuestion,
): Promise<SearchAnswer | null> {
  if (question.after) return null;
  const place = await placeNamedIn(ctx.db, input.q, deps.home);
  const q = place ? input.q.replace(place.name, " ").trim() : "";
  if (!place || q === "") return null;
  return deps.search.find(ctx.db, { ...question, q, scopes: scopesOf([place.code]), limit: question.limit - 1 });
}

/** Public. `followed` asks who calls, and looks in every village that the person follows. */
export async function search(deps: { home: RegionCode; search: SearchProvider }, ctx: Ctx, input: In): Promise<Out> {
  const regions = input.followed ? signedIn(ctx).follows : [input.region ?? deps.home];
  const limit = input.limit ?? 20;
  if (input.q.trim() === "") throw refuse("BAD_INPUT", { details: { fields: ["q"] } });
  const question: SearchQuestion = {
    q: input.q,
    titleOnly: input.where === "title",
    scopes: scopesOf(regions),
    category: input.category ?? null,
    after: input.cursor === undefined ? null : placeOf(input.cursor),
    limit: limit + 1,
  };
  const found = await deps.search.find(ctx.db, question);
  const { terms, places } =
    found.places.length > 0 ? found : ((await inNamedPlace(deps, ctx, input, question)) ?? found);
  const shown = places.slice(0, limit);
  const rows = await store.cards(
    ctx.db,
    shown.map((place) => place.id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = shown.flatMap(({ id }) => {
    const row = byId.get(id);
    return row ? [{ ...noticeCard(row), snippet: snippetOf(row.words, terms) }] : [];
  });
  const last = shown.at(-1);
  return { items, next: places.length > limit && last ? cursorOf(last) : null };
}
