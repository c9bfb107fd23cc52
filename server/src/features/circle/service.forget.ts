import { dutyLimits } from "@weimenhu/domain/circle/duty";
import { forgetCases, unsettledCases } from "../../foundation/cases/index.ts";
import { letGo } from "../../foundation/media/index.ts";
import type { Db } from "../../kernel/db.ts";
import { inTx } from "../../kernel/tx.ts";
import { deletedComments, deletedPosts, forgetComments, forgetPosts, forgetSteps } from "./store.forget.ts";
import { subjectOf } from "./view.ts";

const limit = 200;

/**
 * What was deleted stays as evidence for six months, seen by nobody; then it goes as a whole: words and photos of the post, what
 * residents said under it and in its case. The tombstone stays, and what the office said and did. While its case is handled,
 * or may be opened again, all of it stays.
 */
export async function forgetDeleted(db: Db): Promise<void> {
  const before = db.clock.now() - dutyLimits.deletedMs;
  for (const [find, forget] of [
    [deletedPosts, forgetWhole],
    [deletedComments, (db: Db, ids: readonly string[]) => inTx(db, (tx) => forgetComments(tx, ids))],
  ] as const)
    for (let after: string | undefined = ""; after !== undefined; ) {
      const ids: string[] = (await find(db, { before, after, limit })).map(({ id }) => id);
      if (ids.length > 0) await forget(db, ids);
      after = ids.length === limit ? ids.at(-1) : undefined;
    }
}

async function forgetWhole(db: Db, ids: readonly string[]): Promise<void> {
  const unsettled = await unsettledCases(db, ids.map(subjectOf));
  const posts = ids.filter((id) => !unsettled.has(subjectOf(id)));
  if (posts.length === 0) return;
  const subjects = posts.map(subjectOf);
  await inTx(db, async (tx) => {
    // The cases go first: whoever handles one locks in the same order.
    await forgetCases(tx, subjects);
    await forgetPosts(tx, posts);
    await forgetSteps(tx, posts);
    await letGo(tx, subjects);
  });
}
