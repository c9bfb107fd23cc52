/** What the database's error numbers mean to us. Drizzle wraps the driver's error in `cause`. */
export function errnoOf(thrown: unknown): number | null {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    if ("errno" in error && typeof error.errno === "number") return error.errno;
  }
  return null;
}

/** A unique key was already there (MySQL, MariaDB and TiDB agree on 1062). */
export const isDuplicate = (thrown: unknown): boolean => errnoOf(thrown) === 1062;

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

/**
 * Too many wait for a connection already (the driver has no code for it), or a new one was not made in time because this
 * process had no time to make it. Nothing was asked of the database.
 */
export function isCrowded(thrown: unknown): boolean {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    if (error.message === "Queue limit reached." || error.message === "connect ETIMEDOUT") return true;
  }
  return false;
}
