import type { Sms } from "@weimenhu/connectors/ports";
import * as z from "zod/mini";
import type { Clock } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/id.ts";
import { enqueue, GiveUp, type Handler } from "../../../kernel/outbox.ts";
import type { Seal } from "../../../kernel/seal.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { openPhone } from "../people/phone.ts";

export const changedJob = "sms.changed";
const payload = z.object({ id: z.string(), phone: z.string() });

/** The number that an account leaves will be told, when there is a template for it. It waits sealed, as it lay on the person. */
export async function tellOld(tx: Tx, clock: Clock, sms: Sms, { id, phone }: { id: string; phone: string | null }) {
  if (!sms.changed || phone === null) return;
  await enqueue(tx, { kind: changedJob, key: newId(clock), payload: { id, phone } });
}

/** Sends that text message. One whose answer was lost is sent again: a warning twice is better than none. */
export function sendChanged({ seal, sms }: { seal: Seal; sms: Sms }): Handler {
  return async (job) => {
    const phone = openPhone(seal, payload.parse(job.payload));
    const answer = phone === null ? undefined : await sms.changed?.(phone);
    // A number that is no more, or gets too many, is nobody's fault here.
    if (answer && "no" in answer && answer.no === "unpaid")
      throw new GiveUp("the account at the text message vendor is stopped");
  };
}
