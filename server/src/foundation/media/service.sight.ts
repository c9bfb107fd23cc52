import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import * as store from "./store.ts";

/**
 * From now on `owner` shows these of its files and no others: to the public, or (`signed`) only to those whom its room gives
 * a signed address. The others are given to nobody any more unless somebody else shows them. With none named, all are withdrawn.
 */
export async function showOnly(
  tx: Tx,
  asked: { owner: string; ids: readonly string[]; digests: readonly string[]; at: number; to?: "public" | "signed" },
): Promise<void> {
  const isPublic = asked.to !== "signed";
  const uses = await store.usesOf(tx, asked.owner);
  const isShown = (use: store.Use) => asked.ids.includes(use.media) || asked.digests.includes(use.digest);
  const isSo = (use: store.Use) => use.withdrawnAt === null && (use.shownAt !== null) === isPublic;
  const shown = uses.filter((use) => isShown(use) && !isSo(use));
  const gone = uses.filter((use) => !isShown(use) && use.withdrawnAt === null);
  await store.setShown(tx, asked.owner, shown, { withdrawnAt: null, shownAt: isPublic ? asked.at : null });
  await store.setShown(tx, asked.owner, gone, { withdrawnAt: asked.at });
}

/** These owners never show their files (or these of them) again; what nobody else uses is then swept. */
export async function letGo(tx: Tx, owners: readonly string[], ids?: readonly string[]): Promise<void> {
  if (owners.length > 0 && ids?.length !== 0) await store.endUses(tx, owners, ids);
}

/** Who gets a file: everybody who knows its name, those who hold a signed address, or nobody. */
export type Sight = "public" | "signed" | "nobody";

/** As long as other processes take to see that something was withdrawn. */
const memoryMs = 1_000;
const mostKept = 5_000;

/**
 * Tells who gets a file. That the public does is remembered for a second; nothing else is: what somebody publishes now is asked
 * for in the same moment, by whoever sees it.
 */
export function sights(db: Db): (digest: string) => Promise<Sight> {
  const open = new Map<string, number>();
  return async (digest) => {
    const now = db.clock.now();
    if (now < (open.get(digest) ?? 0)) return "public";
    open.delete(digest);
    const { shown, live } = await store.usesOfContent(db, digest);
    if (shown === 0) return live > 0 ? "signed" : "nobody";
    open.set(digest, now + memoryMs);
    const [oldest] = open.keys();
    if (open.size > mostKept && oldest !== undefined) open.delete(oldest);
    return "public";
  };
}
