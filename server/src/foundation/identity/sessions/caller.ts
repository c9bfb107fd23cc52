import type { Caller } from "@weimenhu/domain/permissions";
import { LRUCache } from "lru-cache";
import { callerScope } from "../../../kernel/caller.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import { inTx } from "../../../kernel/tx.ts";
import { followsOf } from "../../regions/index.ts";
import type { SessionDays } from "../deps.ts";
import { endOf, hashOf, isMini } from "./service.ts";
import * as store from "./store.ts";

/** `freshUntil`: time itself wants another look then (the call is to be noted, a factor or a grant runs out). */
type Known = { caller: Caller; stamp: string; freshUntil: number };

/** No change goes unseen for longer, not even one that was made past all version stamps. */
const keptMs = 5_000;
const seenGapMs = 5 * 60_000;
const caches = new WeakMap<Db, LRUCache<string, Known>>();

function cacheOf(db: Db): LRUCache<string, Known> {
  const known = caches.get(db) ?? new LRUCache<string, Known>({ max: 20_000, ttl: keptMs });
  caches.set(db, known);
  return known;
}

/** Who a session token stands for: null for a token that is unknown, ended, too long unseen or too old. */
export async function resolveCaller(db: Db, clock: Clock, token: string, days?: SessionDays): Promise<Caller | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const hash = hashOf(token);
  const cache = cacheOf(db);
  const known = cache.get(hash);
  if (known && clock.now() < known.freshUntil) {
    const scopes = [callerScope(known.caller.personId)];
    const stamp = db.versions.known(scopes) ?? (await db.versions.current(scopes));
    if (stamp === known.stamp) return known.caller;
  }
  const found = await load(db, clock, hash, days);
  if (found) cache.set(hash, found);
  else cache.delete(hash);
  return found?.caller ?? null;
}

async function load(db: Db, clock: Clock, hash: string, days?: SessionDays): Promise<Known | null> {
  const now = clock.now();
  const session = await store.sessionByHash(db, hash);
  if (!session || session.endedAt !== null || endOf(session, days) <= now) return null;
  const { personId } = session;
  // Before the facts: a change while they are read makes them stale.
  const stamp = await db.versions.current([callerScope(personId)]);
  const [facts, villages, grants, follows] = await Promise.all([
    store.sessionPerson(db, session.id),
    store.villagesOf(db, personId),
    store.grantsOf(db, personId, now),
    followsOf(db, personId),
  ]);
  if (!facts || facts.endedAt !== null || facts.state !== "open") return null;
  const seenAt = await seen(db, session, now);
  const phoneVerified = facts.phoneIndex !== null;
  const second = session.strongUntil !== null && session.strongUntil > now;
  const ends = [
    seenAt + seenGapMs,
    endOf({ ...session, seenAt }, days),
    ...grants.flatMap((grant) => grant.untilAt ?? []),
  ];
  if (second && session.strongUntil !== null) ends.push(session.strongUntil);
  return {
    stamp,
    freshUntil: Math.min(...ends),
    caller: {
      personId,
      sessionId: session.id,
      phoneVerified,
      consented: facts.consented !== null,
      strong: second || (session.bound === 1 && facts.bound === 1 && phoneVerified && isMini(session.channel)),
      grants: grants.map(({ role, region }) => ({ role, region })),
      villager: villages.map((row) => row.region),
      follows: follows.map((row) => row.region),
    },
  };
}

async function seen(db: Db, session: store.SessionRow, now: number): Promise<number> {
  if (now - session.seenAt < seenGapMs) return session.seenAt;
  await inTx(db, (tx) => store.touch(tx, session.id, now, seenGapMs));
  return now;
}
