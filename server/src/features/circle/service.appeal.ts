import type { Contract } from "@weimenhu/contract";
import type * as z from "zod/mini";
import { asPerson } from "../../foundation/identity/index.ts";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import { lockThing, standsOf } from "./service.check.ts";
import { changed } from "./service.raise.ts";
import { tellWaiting } from "./service.wait.ts";
import { appealByKey, insertAppeal, refusalOf } from "./store.check.ts";
import { logOf } from "./store.log.ts";

type Circle = Contract["circle"];

/** Asks for another person's eyes on what was refused: once for each refusal. The same key again changes nothing. */
export async function appeal(ctx: Ctx, { id, key, why }: z.output<Circle["appeal"]["input"]>): Promise<{ ok: true }> {
  const { personId } = signedIn(ctx);
  const idemKey = sha256(key);
  await asPerson(ctx, async (tx) => {
    const before = await appealByKey(tx, personId, idemKey);
    if (before && (before.what !== id || before.why !== why)) throw refuse("KEY_REUSED");
    if (before) return;
    const thing = await lockThing(tx, id);
    const what = thing?.said ?? thing?.row;
    if (!thing || !what || what.author !== personId) throw refuse("NOT_FOUND");
    if (what.deletedAt !== null) throw refuse("POST_DELETED");
    if (what.checkState !== "refused") throw refuse("WRONG_STATE");
    const { village } = thing.row;
    const { version } = standsOf(thing);
    const at = ctx.clock.now();
    const end = { decidedAt: null, decidedBy: null, upheld: null };
    const refusal = await refusalOf(tx, id, version);
    const row = {
      id: newId(ctx.clock),
      village,
      what: id,
      version,
      refusal,
      person: personId,
      why,
      idemKey,
      at,
      ...end,
    };
    if (!(await insertAppeal(tx, row))) throw refuse("APPEALED_BEFORE");
    await tellWaiting(tx, ctx.clock, { what: id, village, kind: "appealed", time: at });
    await changed(tx, { id: thing.row.id, village, author: personId });
    // Whoever appeals wrote it, and may hide: names are learned by unmasking alone. Who it was stands with the appeal.
    await record(tx, { ...ctx, caller: null, ip: "" }, { act: "circle.appeal", onWhom: id, region: village });
  });
  return { ok: true };
}

/** What was taken out of sight in a village in a month, and why: counts, never a name or a word of what was said. */
export const log = (
  ctx: Ctx,
  { village, month }: z.output<Circle["log"]["input"]>,
): Promise<z.output<Circle["log"]["output"]>> => logOf(ctx.db, village, month);
