import type { Channel } from "@weimenhu/domain/identity/channel";
import { sessionRule } from "@weimenhu/domain/identity/privacy";
import { callerScope } from "../../../kernel/caller.ts";
import { sha256 } from "../../../kernel/digest.ts";
import { newId, newToken } from "../../../kernel/id.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import { bump, type Tx } from "../../../kernel/tx.ts";
import type { SessionDays } from "../deps.ts";
import type { Subject } from "../people/store.ts";
import { deviceLabel } from "./device.ts";
import * as store from "./store.ts";

export const hashOf = (token: string): string => sha256(token);

/** Cookies do not exist in mini-programs: there the token goes into the answer. */
export const isMini = (channel: Channel): boolean => channel === "weapp" || channel === "alipay";
const idleMs = (channel: Channel): number => (channel === "desk" ? sessionRule.deskIdleMs : sessionRule.idleMs);

const dayMs = 86_400_000;
const defaultDays: SessionDays = { any: 180, desk: 7 };
/** From the sign-in to the end, however often the session is used. A shorter configured life holds for old sessions too. */
export const lifeMs = (channel: Channel, days: SessionDays = defaultDays): number =>
  (channel === "desk" ? days.desk : days.any) * dayMs;

/** When the session ends if nothing happens any more. */
export const endOf = (row: Pick<store.SessionRow, "channel" | "createdAt" | "seenAt">, days?: SessionDays): number =>
  Math.min(row.seenAt + idleMs(row.channel), row.createdAt + lifeMs(row.channel, days));

export type Opening = {
  personId: string;
  channel: Channel;
  /** The platform account behind it, and whether it vouched for the person's phone. */
  platform: Subject | null;
  bound: boolean;
  strongUntil: number | null;
  /** For a session that goes on under a new token: when the person signed in. Its life is not longer by that. */
  since?: number;
};
/** As much of a call as a session needs to know. */
export type Visitor = Pick<Ctx, "clock" | "userAgent" | "caller">;

/**
 * A new session with a new token; the session that the caller came with ends in the same breath, so nobody who knew the
 * old token gains by the sign-in. Only the hash is kept.
 */
export async function openSession(tx: Tx, by: Visitor, opening: Opening): Promise<string> {
  const token = newToken(32);
  const now = by.clock.now();
  if (by.caller) {
    await store.endSession(tx, by.caller.sessionId, by.caller.personId, now);
    await bump(tx, callerScope(by.caller.personId));
  }
  await store.insertSession(tx, {
    id: newId(by.clock),
    tokenHash: hashOf(token),
    personId: opening.personId,
    channel: opening.channel,
    device: deviceLabel(opening.channel, by.userAgent),
    provider: opening.platform?.provider ?? null,
    subject: opening.platform?.subject ?? null,
    bound: opening.bound ? 1 : 0,
    strongUntil: opening.strongUntil,
    createdAt: opening.since ?? now,
    seenAt: now,
    endedAt: null,
  });
  return token;
}
