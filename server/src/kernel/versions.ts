import { LRUCache } from "lru-cache";

type Rows = <Row>(sql: string, params: readonly string[]) => Promise<Row[]>;
type Stamp = { version: number; readAt: number };

/** Trusted without asking for so long; after it a change by another process is seen. */
export const trustedMs = 1_000;

/**
 * Version stamps: one counter per scope ("notices:530102001001"), raised in the transaction that changes what the scope
 * covers. Answers computed under a stamp are good for as long as the stamp stands.
 */
export class Versions {
  readonly #rows: Rows;
  readonly #stamps = new LRUCache<string, Stamp>({ max: 20_000 });
  readonly #reading = new Map<string, Promise<void>>();

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** `1.17.0`: the versions of the scopes in the given order, or null when some must be read first. */
  known(scopes: readonly string[]): string | null {
    const oldest = performance.now() - trustedMs;
    let key = "";
    for (const scope of scopes) {
      const stamp = this.#stamps.get(scope);
      if (!stamp || stamp.readAt < oldest) return null;
      key += `${stamp.version}.`;
    }
    return key;
  }

  /** As `known`, after reading what is missing or stale; simultaneous readers of a scope share one statement. */
  async current(scopes: readonly string[]): Promise<string> {
    for (;;) {
      const key = this.known(scopes);
      if (key !== null) return key;
      const oldest = performance.now() - trustedMs;
      const stale = scopes.filter((scope) => (this.#stamps.get(scope)?.readAt ?? Number.NEGATIVE_INFINITY) < oldest);
      const fresh = [...new Set(stale.filter((scope) => !this.#reading.has(scope)))];
      if (fresh.length > 0) this.#read(fresh);
      await Promise.all(stale.map(async (scope) => this.#reading.get(scope)));
    }
  }

  /** A transaction of this process changed these scopes: what we knew, or are just reading, is out of date. */
  forget(scopes: readonly string[]): void {
    for (const scope of scopes) {
      this.#stamps.delete(scope);
      this.#reading.delete(scope);
    }
  }

  #read(scopes: readonly string[]): void {
    const readAt = performance.now();
    const reading: Promise<void> = this.#rows<{ scope: string; version: number }>(
      `SELECT scope, version FROM version_stamp WHERE scope IN (${scopes.map(() => "?").join(",")})`,
      scopes,
    )
      .then((found) => {
        const versions = new Map(found.map((row) => [row.scope, Number(row.version)]));
        for (const scope of scopes) {
          // Forgotten while it was being read: this value may be from before the change.
          if (this.#reading.get(scope) !== reading) continue;
          this.#stamps.set(scope, { version: versions.get(scope) ?? 0, readAt });
        }
      })
      .finally(() => {
        for (const scope of scopes) if (this.#reading.get(scope) === reading) this.#reading.delete(scope);
      });
    for (const scope of scopes) this.#reading.set(scope, reading);
  }
}
