import type { Sms } from "@weimenhu/connectors/ports";
import * as z from "zod/mini";
import type { Clock } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import { GiveUp, type Handler, type Job } from "../../../kernel/outbox.ts";
import type { Seal } from "../../../kernel/seal.ts";
import { inTx } from "../../../kernel/tx.ts";
import { codeOf, countWithin, forgetSent } from "./store.ts";

export const codeJob = "sms.code";
const payload = z.object({ phoneIndex: z.string(), codeId: z.string() });
const message = z.object({ phone: z.string(), code: z.string() });

const place = (phoneIndex: string): string => `login_code.sealed.${phoneIndex}`;
export const sealCode = (seal: Seal, phoneIndex: string, text: z.infer<typeof message>): string =>
  seal.seal(JSON.stringify(text), place(phoneIndex));

/** One dead letter stands for all: while the vendor is away, every sign-in would leave another. */
const oneAnHour = { most: 1, windowMs: 3_600_000 };

type Deps = { db: Db; clock: Clock; seal: Seal; sms: Sms };

/**
 * Sends the text message. Phone and code lie sealed in the code's own row and are gone once they were sent, so the
 * outbox holds neither. A code that was replaced or used is not sent any more. One that ran out before the vendor took it
 * is of no use either, but staff learn of it.
 */
export function sendCode(deps: Deps): Handler {
  return async (job) => {
    const { phoneIndex, codeId } = payload.parse(job.payload);
    const row = await codeOf(deps.db.read, phoneIndex);
    const unsent = row?.codeId === codeId && row.usedAt === null ? row.sealed : null;
    const inTime = row !== null && row.expiresAt > deps.clock.now();
    const why = unsent === null ? null : inTime ? await send(deps, phoneIndex, unsent) : tooLate(job);
    const tell = await inTx(deps.db, async (tx) => {
      await forgetSent(tx, phoneIndex, codeId);
      if (why !== null && (await countWithin(tx, "sms.code:told", oneAnHour, deps.clock.now()))) return why;
      await job.finish(tx);
      return null;
    });
    if (tell !== null) throw new GiveUp(tell);
  };
}

/** Null when it is out; else what staff have to know. */
async function send({ seal, sms }: Deps, phoneIndex: string, sealed: string): Promise<string | null> {
  const { phone, code } = message.parse(JSON.parse(seal.open(sealed, place(phoneIndex))));
  const answer = await sms.code(phone, code);
  // A bad number or a phone that gets too many is nobody's fault here; an unpaid account is for staff.
  return "no" in answer && answer.no === "unpaid" ? "the account at the text message vendor is stopped" : null;
}

const tooLate = ({ before }: Job): string =>
  `the code ran out before it could be sent: ${before ?? "no try was made in time"}`;
