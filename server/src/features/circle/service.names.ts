import { LRUCache } from "lru-cache";
import type { Names } from "./deps.ts";

/** No longer than a page of the circle is kept: a changed name appears with the next page. */
const keptMs = 20_000;

/** Names by person, each opened once in a while and not for every page: they are sealed in the database. */
export function keptNames(names: Names): Names {
  const known = new LRUCache<string, { until: number; name: string | null }>({ max: 20_000 });
  return async (db, ids) => {
    const now = db.clock.now();
    const unknown = ids.filter((id) => (known.get(id)?.until ?? 0) <= now);
    if (unknown.length > 0) {
      const found = await names(db, unknown);
      for (const id of unknown) known.set(id, { until: now + keptMs, name: found.get(id) ?? null });
    }
    return new Map(
      ids.flatMap((id): [string, string][] => {
        const name = known.get(id)?.name ?? null;
        return name === null ? [] : [[id, name]];
      }),
    );
  };
}
