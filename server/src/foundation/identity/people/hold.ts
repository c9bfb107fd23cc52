import { signedIn } from "../../../kernel/caller.ts";
import type { Ctx } from "../../../kernel/ctx.ts";
import { refuse } from "../../../kernel/refuse.ts";
import { inTx, type Tx } from "../../../kernel/tx.ts";
import { lockEnded } from "./store.ts";

/**
 * The first statement of every transaction that writes for a person: waits for whoever closes or joins the account at this
 * moment, and refuses when it is no longer open. Another process may take an ended session for good for a second, and a
 * row written then would stay for ever. Rows of people are never deleted: where there is none, the server itself writes.
 */
export const holdPerson = (tx: Tx, personId: string): Promise<void> => holdPersons(tx, [personId]);

/**
 * The same for what is written for several people at once: one that ended refuses it for all. `at-once`: nor does it wait
 * for one of them; it fails as `isHeld` tells.
 */
export async function holdPersons(
  tx: Tx,
  ids: readonly string[],
  when: "waiting" | "at-once" = "waiting",
): Promise<void> {
  if ((await lockEnded(tx, ids, when)).length > 0)
    throw refuse("SIGN_IN_FIRST", { why: "the account ended meanwhile" });
}

/** A transaction for the person who calls: as `inTx`, and `holdPerson` is its first statement. */
export const asPerson = <T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTx(ctx.db, async (tx) => {
    await holdPerson(tx, signedIn(ctx).personId);
    return work(tx);
  });
