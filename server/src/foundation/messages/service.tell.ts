import type { RegionCode } from "@weimenhu/domain/base/region";
import { type MessageKind, messageRules } from "@weimenhu/domain/messages/kinds";
import { quietUntil } from "@weimenhu/domain/messages/quiet";
import type { Clock } from "../../kernel/clock.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { enqueue } from "../../kernel/outbox.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { openPeople } from "../identity/index.ts";
import { inboxScope } from "./service.live.ts";
import * as store from "./store.ts";

export const sendJob = "message.send";

export type Telling = {
  kind: MessageKind;
  to: string | readonly string[];
  /** Names the event: told once to each person. Of kinds that gather it is what they are gathered by. */
  key: string;
  region: RegionCode;
  /** The page to open (`post`, `case`, `notice`, `ticket`; `verify`, `moderation`, `circle`: of which village), and of what. */
  about: {
    page: "post" | "case" | "notice" | "verify" | "moderation" | "circle" | "ticket" | "family";
    id: string;
  };
  /** `summary` only for whoever wrote it; never the words of somebody else. */
  words?: Readonly<Record<string, string>>;
  /** From then on it does not ring any more: what it is about has begun. */
  ringUntil?: number;
};

/**
 * Tells people, in the transaction of what happened: a line in the inbox of each, and a job that may ring outside of the app,
 * not at night. Nobody who closed the account is told.
 */
export async function tell(tx: Tx, clock: Clock, telling: Telling): Promise<void> {
  const { kind, key, region, about, words = {}, ringUntil = null } = telling;
  const to = await openPeople(tx, [...new Set([telling.to].flat())]);
  if (to.length === 0) return;
  const rule = messageRules[kind];
  const at = clock.now();
  // The mark in front says that reading closes it.
  const event = rule.digest ? `+${key}` : key;
  const rows = to.map((person) => ({
    id: newId(clock),
    person,
    event,
    kind,
    region,
    page: about.page,
    about: about.id,
    words: JSON.stringify(words),
    count: 1,
    at,
    readAt: null,
    way: null,
    outside: null,
    outsideAt: null,
    ringUntil,
  }));
  await (rule.digest ? store.gather(tx, rows) : store.insertOnce(tx, rows));
  await bump(tx, ...to.map(inboxScope));
  if (rule.template === null) return;
  const morning = rule.alarm ? null : quietUntil(at);
  for (const { id, person } of rows)
    await enqueue(tx, {
      kind: sendJob,
      // Of what gathers, the job of a row that another one took in finds nothing to ring for.
      key: sha256(rule.digest ? id : `${event} ${person}`),
      region,
      payload: { message: id },
      ...(morning === null ? {} : { notBefore: morning }),
    });
}
