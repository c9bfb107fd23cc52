import type { Db } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { timeOf } from "./store.ts";

/** Beyond ten minutes the database takes no step of a case; this is said long before. */
const mostMs = 60_000;

/** Every ten minutes, in each process: a clock goes wrong for itself. Answers how to end it. */
export function keepTime(house: { db: Db; log: Log }, everyMs = 600_000): () => void {
  const look = () =>
    void watchTime(house).catch((err: unknown) => house.log.warn({ err }, "the database's time was not read"));
  const timer = setInterval(look, everyMs).unref();
  return () => clearInterval(timer);
}

/**
 * Says in the log when the server's clock and the database's differ, and when somebody has let the clock of this database be
 * moved, with which cases may be dated at will. Answers by how many milliseconds the server is ahead.
 */
export async function watchTime({ db, log }: { db: Db; log: Log }): Promise<number> {
  const { now, moved } = await timeOf(db);
  const aheadMs = db.clock.now() - now;
  if (moved)
    log.warn("the clock of this database is moved (table moved_clock): steps of cases are not held against it");
  else if (Math.abs(aheadMs) > mostMs)
    log.error(
      { aheadMs },
      "the clocks of this server and of the database differ: beyond ten minutes no case can be handled",
    );
  return aheadMs;
}
