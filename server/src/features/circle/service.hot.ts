import { LRUCache } from "lru-cache";
import { nameKey } from "../../foundation/cases/index.ts";
import { namesScope } from "../../foundation/identity/index.ts";
import { callerScope } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Db } from "../../kernel/db.ts";
import { type CircleDeps, circleScope, ownScope } from "./deps.ts";
import { hydrate } from "./service.hydrate.ts";
import { keptNames, namesTogether } from "./service.names.ts";
import { type Filters, feedPosts, likesOf, type Reach } from "./store.feed.ts";
import { type Aside, blockedBy, likedOf, ownAside, type PostRow } from "./store.ts";
import type { Shared } from "./view.ts";

/** What is asked of a page that everybody with the same reach gets. */
export type Asked = { reaches: readonly Reach[]; filters: Filters; before: string | null; limit: number };
type Page = { stamp: string; until: number; items: Promise<readonly Shared[]> };

/** What is one person's own on a page of everybody's. */
export type Own = {
  blocked: ReadonlySet<string>;
  /** What the person wrote and a page of everybody's may lack. */
  aside: readonly Aside[];
  /** Reads what is not known yet; afterwards `liked` tells. */
  learn(ids: readonly string[]): Promise<void>;
  liked(id: string): boolean;
  /** In years, where it is known. */
  age: number | null;
};
type Kept = { stamp: string; until: number; own: Promise<Own> };

/** Clocks of cases change their colour and names change without a stamp, but for closed accounts: no page is older than this. */
const pageMs = 20_000;
const ownMs = 300_000;
const mostAside = { unseen: 200, newest: 20 };
const mostLikes = 500;

const stampOf = (db: Db, scopes: readonly string[]): Promise<string> | string =>
  db.versions.known(scopes) ?? db.versions.current(scopes);

/**
 * Pages of the circle kept in memory. What is kept is shared by all who read from the same shelves; who looks is laid over
 * it, so nothing personal is ever kept under a key that somebody else may have.
 */
export class HotCircle {
  readonly #deps: CircleDeps;
  readonly #pages = new LRUCache<string, Page>({ max: 2_000 });
  /** Places within a feed that somebody has asked for. */
  readonly #asked = new LRUCache<string, true>({ max: 10_000 });
  readonly #owns = new LRUCache<string, Kept>({ max: 20_000 });

  constructor(deps: CircleDeps) {
    this.#deps = { ...deps, displayNames: keptNames(namesTogether(deps.displayNames)) };
  }

  async page(ctx: Ctx, asked: Asked): Promise<readonly Shared[]> {
    // Searches are seldom asked twice.
    if (asked.filters.q !== null) return this.#make(ctx, asked);
    const key = JSON.stringify(asked);
    const villages = asked.reaches.map(({ village }) => circleScope(village));
    const stamp = await stampOf(ctx.db, [...villages, namesScope]);
    const now = ctx.clock.now();
    const kept = this.#pages.get(key);
    if (kept && kept.stamp === stamp && now < kept.until) return kept.items;
    const items = this.#make(ctx, asked);
    // A place within a feed is mostly asked for once: what nobody asks for again only costs room.
    if (asked.before !== null && !this.#asked.has(key)) {
      this.#asked.set(key, true);
      return items;
    }
    const page = { stamp, until: now + pageMs, items };
    this.#pages.set(key, page);
    items.catch(() => this.#pages.get(key) === page && this.#pages.delete(key));
    return items;
  }

  /** Rows with what belongs to them, the names kept as those of pages are. */
  hydrate(ctx: Ctx, rows: readonly PostRow[]): Promise<Shared[]> {
    return hydrate(this.#deps, ctx, rows);
  }

  /** Reads at once how the authors of all these rows are called, where that is not known. */
  async learnNames(db: Db, rows: readonly PostRow[]): Promise<void> {
    await this.#deps.displayNames(db, [...new Set(rows.map(({ author, mark }) => nameKey(author, mark)))]);
  }

  async #make(ctx: Ctx, { reaches, filters, before, limit }: Asked): Promise<readonly Shared[]> {
    const found = await feedPosts(ctx.db, reaches, filters, before, limit);
    const rows = found.map(({ row }) => row);
    return hydrate(
      this.#deps,
      ctx,
      rows,
      found.flatMap(({ file }) => file ?? []),
    );
  }

  async own(ctx: Ctx, person: string): Promise<Own> {
    // The age is that of the ID card that a village verified.
    const stamp = await stampOf(ctx.db, [ownScope(person), callerScope(person)]);
    const now = ctx.clock.now();
    const kept = this.#owns.get(person);
    if (kept && kept.stamp === stamp && now < kept.until) return kept.own;
    const own = load(this.#deps, ctx.db, person, now);
    const entry = { stamp, until: now + ownMs, own };
    this.#owns.set(person, entry);
    own.catch(() => this.#owns.get(person) === entry && this.#owns.delete(person));
    return own;
  }
}

async function load({ ageOf }: Pick<CircleDeps, "ageOf">, db: Db, person: string, now: number): Promise<Own> {
  const [age, blocked, aside, newest] = await Promise.all([
    ageOf(db, person, now),
    blockedBy(db, person),
    ownAside(db, person, mostAside),
    likesOf(db, person, mostLikes),
  ]);
  const likes = new Map(newest.map((id) => [id, true]));
  const isAll = newest.length < mostLikes;
  return {
    blocked: new Set(blocked),
    aside,
    async learn(ids) {
      const unknown = isAll ? [] : ids.filter((id) => !likes.has(id));
      if (unknown.length === 0) return;
      const liked = new Set(await likedOf(db, person, unknown));
      for (const id of unknown) likes.set(id, liked.has(id));
    },
    liked: (id) => likes.get(id) ?? false,
    age,
  };
}
