import { LRUCache } from "lru-cache";
import { namesScope } from "../../foundation/identity/index.ts";
import type { Db } from "../../kernel/db.ts";
import { perDb, together } from "../../kernel/together.ts";
import type { Names } from "./deps.ts";

/** No longer than a page of the circle is kept: a changed name appears with the next page. */
const keptMs = 20_000;

/**
 * Names by person, each opened once in a while and not for every page: they are sealed in the database. None outlives the
 * closing of an account: pages read the stamp of it beside their village's, so that it is known when names are asked for.
 */
export function keptNames(names: Names): Names {
  const known = new LRUCache<string, { stamp: string; until: number; name: string | null }>({ max: 20_000 });
  return async (db, ids) => {
    // Before the names are read: one that comes later from before a closing lies under a stamp that is over.
    const stamp = db.versions.known([namesScope]) ?? (await db.versions.current([namesScope]));
    const now = db.clock.now();
    const isGood = (id: string) => {
      const one = known.get(id);
      return one !== undefined && one.stamp === stamp && one.until > now;
    };
    const good = new Map(ids.filter(isGood).map((id) => [id, known.get(id)?.name ?? null]));
    const unknown = ids.filter((id) => !good.has(id));
    const found = unknown.length > 0 ? await names(db, unknown) : new Map<string, string>();
    const isOver = stamp !== (db.versions.known([namesScope]) ?? stamp);
    for (const id of unknown) {
      good.set(id, found.get(id) ?? null);
      // Read before somebody's closing and come late, it is no news to those who read after it.
      if (!isOver) known.set(id, { stamp, until: now + keptMs, name: found.get(id) ?? null });
    }
    return new Map(
      ids.flatMap((id): [string, string][] => {
        const name = good.get(id) ?? null;
        return name === null ? [] : [[id, name]];
      }),
    );
  };
}

/** Names that are asked for at the same moment are read by one statement. */
export function namesTogether(names: Names): Names {
  const ask = perDb((db: Db) =>
    together(
      async (asked: readonly (readonly string[])[]) => {
        const found = await names(db, [...new Set(asked.flat())]);
        return asked.map(() => found);
      },
      64,
      4,
    ),
  );
  return (db, ids) => ask(db)(ids);
}
