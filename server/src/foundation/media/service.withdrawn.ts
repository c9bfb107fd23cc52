import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import * as store from "./store.ts";

/**
 * From now on `owner` shows the public these of its files and no others; the others are not given out any more unless
 * somebody else shows them. With none named, all are withdrawn.
 */
export async function showOnly(
  tx: Tx,
  asked: { owner: string; ids: readonly string[]; digests: readonly string[]; at: number },
): Promise<void> {
  const uses = await store.usesOf(tx, asked.owner);
  const isShown = (use: store.Use) => asked.ids.includes(use.media) || asked.digests.includes(use.digest);
  const shown = uses.filter((use) => isShown(use) && (use.shownAt === null || use.withdrawnAt !== null));
  const gone = uses.filter((use) => !isShown(use) && use.withdrawnAt === null);
  await store.setShown(tx, asked.owner, shown, { withdrawnAt: null, shownAt: asked.at });
  await store.setShown(tx, asked.owner, gone, { withdrawnAt: asked.at });
}

/** As long as other processes take to see a withdrawn notice. */
const memoryMs = 1_000;
const mostKept = 5_000;

/** Tells whether a file was withdrawn by all who showed it; an answer is remembered for a second. */
export function withdrawnFiles(db: Db): (digest: string) => Promise<boolean> {
  const known = new Map<string, { withdrawn: boolean; until: number }>();
  return async (digest) => {
    const now = db.clock.now();
    const before = known.get(digest);
    if (before && now < before.until) return before.withdrawn;
    const withdrawn = await store.isWithdrawn(db, digest);
    known.delete(digest);
    known.set(digest, { withdrawn, until: now + memoryMs });
    const [oldest] = known.keys();
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
    return withdrawn;
  };
}
