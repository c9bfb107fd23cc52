/** What the database's error numbers mean to us. Drizzle wraps the driver's error in `cause`. */
export function errnoOf(thrown: unknown): number | null {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    if ("errno" in error && typeof error.errno === "number") return error.errno;
  }
  return null;
}

/** A unique key was already there (MySQL, MariaDB and TiDB agree on 1062). */
export const isDuplicate = (thrown: unknown): boolean => errnoOf(thrown) === 1062;

/** Somebody else holds a row, and it was not waited for, or for long enough (3572 is how MySQL and TiDB answer NOWAIT). */
export const isHeld = (thrown: unknown): boolean => [1205, 3572].includes(errnoOf(thrown) ?? 0);

const passing = new Set([
  1205, // lock wait time-out
  1213, // deadlock; Galera also says this when certification fails, and then at COMMIT
  1020, // the row changed since it was read (MariaDB with snapshot isolation)
  1047, // a Galera node that is just joining or has no quorum
  9007, // TiDB write conflict
]);

/** Did this transaction fail only because of what others did at that moment? Then nothing of it was kept. */
export function isPassing(thrown: unknown): boolean {
  const errno = errnoOf(thrown);
  return errno !== null && passing.has(errno);
}

const unreachable = new Set<unknown>([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "PROTOCOL_CONNECTION_LOST",
  1040, // it takes no more connections
  1053, // it is shutting down
  1927, // it ended this connection
]);

/**
 * The database cannot be reached at this moment, ended the connection, or too many wait for one already (for which the
 * driver has no code). Trying again in a while is the answer; acts carry a key, so that nothing is done twice.
 */
export function isOutOfReach(thrown: unknown): boolean {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    if (error.message === "Queue limit reached.") return true;
    if ("code" in error && unreachable.has(error.code)) return true;
    if ("errno" in error && unreachable.has(error.errno)) return true;
  }
  return false;
}
