import type { Sms } from "@weimenhu/connectors/ports";
import * as z from "zod/mini";
import type { Clock } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import { newId } from "../../../kernel/id.ts";
import { enqueue, GiveUp, type Handler } from "../../../kernel/outbox.ts";
import type { Seal } from "../../../kernel/seal.ts";
import { inTx, type Tx } from "../../../kernel/tx.ts";
import { openPhone } from "../people/phone.ts";
import { deleteLeft, insertLeft, leftPhone } from "../people/store.left.ts";

export const changedJob = "sms.changed";
const payload = z.object({ id: z.string() });

/** The number that an account leaves will be told, when there is a template for it. It waits sealed, as it lay on the person. */
export async function tellOld(
  tx: Tx,
  clock: Clock,
  { sms }: { sms: Sms },
  { id: personId, phone }: { id: string; phone: string | null },
) {
  if (!sms.changed || phone === null) return;
  const id = newId(clock);
  await insertLeft(tx, { id, personId, phone, leftAt: clock.now() });
  await enqueue(tx, { kind: changedJob, key: id, payload: { id } });
}

/**
 * Sends that text message, and the number goes. One whose answer was lost is sent again: a warning twice is better than
 * none. Nothing is left to tell when the account was closed meanwhile.
 */
export function sendChanged({ db, seal, sms }: { db: Db; seal: Seal; sms: Sms }): Handler {
  return async (job) => {
    const { id } = payload.parse(job.payload);
    const left = await leftPhone(db.read, id);
    const phone = left === null ? null : openPhone(seal, { id: left.personId, phone: left.phone });
    const answer = phone === null ? undefined : await sms.changed?.(phone);
    // A number that is no more, or gets too many, is nobody's fault here.
    if (answer && "no" in answer && answer.no === "unpaid")
      throw new GiveUp("the account at the text message vendor is stopped");
    await inTx(db, async (tx) => {
      await deleteLeft(tx, id);
      await job.finish(tx);
    });
  };
}
