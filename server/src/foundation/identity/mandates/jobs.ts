import type { Sms } from "@weimenhu/connectors/ports";
import * as z from "zod/mini";
import type { Clock } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import { GiveUp, type Handler } from "../../../kernel/outbox.ts";
import type { Seal } from "../../../kernel/seal.ts";
import { inTx } from "../../../kernel/tx.ts";
import { places } from "../verification/sealed.ts";
import { mandateById, setMandate } from "./store.ts";

export const agreeJob = "sms.agree";
const payload = z.object({ id: z.string(), codeId: z.string() });
const message = z.object({ phone: z.string(), code: z.string() });

export const sealAgree = (seal: Seal, id: string, text: z.infer<typeof message>): string =>
  seal.seal(JSON.stringify(text), places.mandateCode(id));

/**
 * Sends the code by which a principal agrees. Phone and code lie sealed in the mandate until they were sent, so the outbox holds
 * neither. One that was replaced, used, or ran out is not sent any more.
 */
export function sendAgree({ db, clock, seal, sms }: { db: Db; clock: Clock; seal: Seal; sms: Sms }): Handler {
  return async (job) => {
    const { id, codeId } = payload.parse(job.payload);
    const row = await mandateById(db.read, id);
    const unsent = row?.codeId === codeId && (row.codeUntil ?? 0) > clock.now() ? row.codeSealed : null;
    const { phone, code } =
      unsent === null ? { phone: "", code: "" } : message.parse(JSON.parse(seal.open(unsent, places.mandateCode(id))));
    const answer = unsent === null ? undefined : await sms.agree?.(phone, code);
    // A number that is no more, or gets too many, is nobody's fault here.
    if (answer && "no" in answer && answer.no === "unpaid")
      throw new GiveUp("the account at the text message vendor is stopped");
    await inTx(db, async (tx) => {
      if (row?.codeId === codeId) await setMandate(tx, id, { codeSealed: null });
      await job.finish(tx);
    });
  };
}
