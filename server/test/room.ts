import type { Caller, Grant } from "@weimenhu/domain/permissions";
import { pino } from "pino";
import { manualClock } from "../src/kernel/clock.ts";
import type { Ctx } from "../src/kernel/ctx.ts";
import { type Db, openDb } from "../src/kernel/db.ts";
import { newId } from "../src/kernel/id.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { freshDatabase } from "./database/index.ts";

/** A room's test bench: a migrated database, a clock that stands still, and calls by whoever is named. */
export async function openRoom(start = 1_790_000_000_000) {
  const database = await freshDatabase();
  const config = testConfig({ DATABASE_URL: database.url });
  const db = openDb(config);
  const clock = manualClock(start);
  const ctx = (caller: Caller | null = null, more: Partial<Ctx> = {}): Ctx => ({
    ...contextFor(db, caller),
    clock,
    ...more,
  });
  const close = async () => {
    await db.close();
    await database.drop();
  };
  return { db, clock, config, ctx, close, url: database.url };
}

/** A call by this person from WeChat, at the time of the database's clock. */
export const contextFor = (db: Db, caller: Caller | null): Ctx => ({
  requestId: newId(db.clock),
  clock: db.clock,
  db,
  log: pino({ level: "silent" }),
  channel: "weapp",
  client: { name: "weapp", version: "1.0.0" },
  ip: "127.0.0.1",
  userAgent: "test",
  caller,
  signal: new AbortController().signal,
  setSession: () => {},
  clearSession: () => {},
});

/** Somebody with a phone and these grants; `strong` as staff are after their second factor. */
export function somebody(grants: Grant[] = [], more: Partial<Caller> = {}): Caller {
  const personId = more.personId ?? newId();
  return {
    personId,
    sessionId: newId(),
    phoneVerified: true,
    consented: true,
    strong: true,
    grants,
    villager: [],
    follows: [],
    ...more,
  };
}

/** The word of the refusal that a promise ends in; fails when it ends otherwise. */
export async function wordOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (fault) {
    if (fault instanceof Error && "word" in fault && typeof fault.word === "string") return fault.word;
    throw fault;
  }
  throw new Error("it was not refused");
}
