import { record } from "../../../kernel/audit.ts";
import { signedIn } from "../../../kernel/caller.ts";
import { isoOf, shanghaiDay } from "../../../kernel/clock.ts";
import type { Holding } from "../../../kernel/holdings.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { inTx } from "../../../kernel/tx.ts";
import type { IdentityDeps } from "../deps.ts";
import { openPhone } from "../people/phone.ts";
import * as people from "../people/store.ts";
import { holdSession } from "../sessions/hold.ts";
import { sessionsOf } from "../sessions/store.ts";

const at = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/**
 * Everything kept about the caller, in full, room by room: it goes to nobody else. Token hashes are named, not shown: in a
 * saved file they would help a thief only.
 */
export async function exportMine(
  deps: IdentityDeps,
  holdings: readonly Holding[],
  ctx: Ctx,
): Promise<{ filename: string; json: string }> {
  const { db } = ctx;
  const caller = signedIn(ctx);
  const { personId } = caller;
  const row = await people.personById(db.read, personId);
  if (!row) throw new Error("a session without a person");
  const sessions = await sessionsOf(db, personId);
  // One after the other: an export must not take every connection there is.
  const rooms: [string, unknown][] = [];
  for (const holding of holdings) rooms.push([holding.name, await holding.export(db, personId)]);
  const whole = {
    exportedAt: at(ctx.clock.now()),
    person: { id: row.id, phone: openPhone(deps.seal, row), elder: row.elder, createdAt: at(row.createdAt) },
    sessions: sessions.map((one) => ({
      channel: one.channel,
      device: one.device,
      createdAt: at(one.createdAt),
      seenAt: at(one.seenAt),
      endedAt: at(one.endedAt),
    })),
    ...Object.fromEntries(rooms),
  };
  await inTx(db, async (tx) => {
    // Last of all: nothing goes out once the session has ended, whatever this process still believed of it.
    await holdSession(tx, caller);
    await record(tx, ctx, { act: "account.export", onWhom: personId });
  });
  const filename = `我的资料-${shanghaiDay(ctx.clock.now())}.json`;
  return { filename, json: JSON.stringify(whole, null, 2) };
}
