import type { Sms } from "@weimenhu/connectors/ports";
import * as z from "zod/mini";
import type { Clock } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import { GiveUp, type Handler } from "../../../kernel/outbox.ts";
import type { Seal } from "../../../kernel/seal.ts";
import { inTx } from "../../../kernel/tx.ts";
import { codeOf, forgetSent } from "./store.ts";

export const codeJob = "sms.code";
const payload = z.object({ phoneIndex: z.string(), codeId: z.string() });
const message = z.object({ phone: z.string(), code: z.string() });

const place = (phoneIndex: string): string => `login_code.sealed.${phoneIndex}`;
export const sealCode = (seal: Seal, phoneIndex: string, text: z.infer<typeof message>): string =>
  seal.seal(JSON.stringify(text), place(phoneIndex));

/**
 * Sends the text message. Phone and code lie sealed in the code's own row and are gone once they were sent, so the
 * outbox holds neither. A code that was replaced, used or has expired is not sent any more.
 */
export function sendCode(deps: { db: Db; clock: Clock; seal: Seal; sms: Sms }): Handler {
  return async (job) => {
    const { phoneIndex, codeId } = payload.parse(job.payload);
    const row = await codeOf(deps.db.read, phoneIndex);
    const wanted = row?.codeId === codeId && row.usedAt === null && row.expiresAt > deps.clock.now();
    if (wanted && row.sealed !== null) {
      const { phone, code } = message.parse(JSON.parse(deps.seal.open(row.sealed, place(phoneIndex))));
      const answer = await deps.sms.code(phone, code);
      // A bad number or a phone that gets too many is nobody's fault here; an unpaid account is for staff.
      if ("no" in answer && answer.no === "unpaid")
        throw new GiveUp("the account at the text message vendor is stopped");
    }
    await inTx(deps.db, async (tx) => {
      await forgetSent(tx, phoneIndex, codeId);
      await job.finish(tx);
    });
  };
}
