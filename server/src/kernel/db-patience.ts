import { Socket } from "node:net";
import type { Pool } from "mysql2/promise";

type Patience = {
  /** How long a connection that somebody holds may bring no byte before it is given up. Longer than any lock is waited for. */
  silentMs: number;
  /** How long to wait for a free connection. */
  waitMs: number;
};
/** What people wait at most when the database hangs: a little more than both together. */
export const patience: Patience = { silentMs: 10_000, waitMs: 5_000 };

type Held = { bytes: number; quiet: number };

const looks = 4;
/** The code by which `isOutOfReach` knows it, so that the call is answered with BUSY. */
const late = (what: string): NodeJS.ErrnoException => Object.assign(new Error(what), { code: "ETIMEDOUT" });

function socketOf(connection: object): Socket | null {
  const stream: unknown = Reflect.get(connection, "stream");
  return stream instanceof Socket ? stream : null;
}

/**
 * The driver waits for ever for a server that hangs, or that vanished without closing its connections. A transaction of many
 * statements may take long; only silence ends it. Answers how to stop looking.
 */
export function losePatience(pool: Pool, { silentMs, waitMs }: Patience): () => void {
  const core = pool.pool;
  const held = new Map<object, Held>();
  const get = core.getConnection.bind(core);
  core.getConnection = (give) => {
    let gone = false;
    const timer = setTimeout(() => {
      gone = true;
      (give as (fault: Error) => void)(late("no database connection came free in time"));
    }, waitMs);
    get((fault, connection) => {
      clearTimeout(timer);
      if (fault) return gone ? undefined : give(fault, connection);
      if (gone) return connection.release();
      held.set(connection, { bytes: -1, quiet: 0 });
      return give(null, connection);
    });
  };
  const release = core.releaseConnection.bind(core);
  core.releaseConnection = (connection) => {
    held.delete(connection);
    release(connection);
  };
  const look = setInterval(() => {
    for (const [connection, seen] of held) {
      const socket = socketOf(connection);
      if (!socket || socket.destroyed) {
        held.delete(connection);
        continue;
      }
      seen.quiet = socket.bytesRead === seen.bytes ? seen.quiet + 1 : 0;
      seen.bytes = socket.bytesRead;
      if (seen.quiet < looks) continue;
      held.delete(connection);
      socket.destroy(late("the database does not answer"));
    }
  }, silentMs / looks);
  look.unref();
  return () => clearInterval(look);
}
