import { dutyLimits } from "@weimenhu/domain/circle/duty";
import type { Db } from "../../kernel/db.ts";
import { inTx } from "../../kernel/tx.ts";
import { deletedComments, deletedPosts, forgetComments, forgetPosts } from "./store.forget.ts";

const limit = 200;

/**
 * What was deleted stays as evidence for six months, seen by nobody; then its words go, and the tombstone stays. While its case
 * is handled they stay too.
 */
export async function forgetDeleted(db: Db): Promise<void> {
  const before = db.clock.now() - dutyLimits.deletedMs;
  for (const [find, forget] of [
    [deletedPosts, forgetPosts],
    [deletedComments, forgetComments],
  ] as const)
    for (let after: string | undefined = ""; after !== undefined; ) {
      const ids: string[] = (await find(db, { before, after, limit })).map(({ id }) => id);
      if (ids.length > 0) await inTx(db, (tx) => forget(tx, ids));
      after = ids.length === limit ? ids.at(-1) : undefined;
    }
}
