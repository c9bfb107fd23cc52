import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Clock } from "./clock.ts";
import type { Hot } from "./rpc.ts";
import type { Versions } from "./versions.ts";

/** A ready answer: the bytes that go out, and the tag by which a client says that it has them already. */
export type HotAnswer = { body: string; etag: string };
type Kept = HotAnswer & { scopes: readonly string[]; stamp: string; until: number };

export type HotSettings = { versions: Versions; clock: Clock; maxBytes?: number };

/**
 * Answers for everybody, kept as strings. One is served while the versions of its scopes are those it was made under, and
 * its time has not passed. Bounded by bytes, since one answer can weigh as much as a thousand others.
 */
export class HotAnswers {
  readonly #kept: LRUCache<string, Kept>;
  readonly #making = new Map<string, Promise<HotAnswer>>();
  readonly #versions: Versions;
  readonly #clock: Clock;

  constructor({ versions, clock, maxBytes = 64 * 1024 * 1024 }: HotSettings) {
    this.#versions = versions;
    this.#clock = clock;
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: Math.min(maxBytes, 512 * 1024),
      // Two bytes a character at worst, and what an entry costs beside its text.
      sizeCalculation: (kept, key) => 2 * (kept.body.length + key.length) + 500,
    });
  }

  /** The answer if it is known to be good at this moment, without waiting for anything. */
  known(key: string): HotAnswer | null {
    const kept = this.#kept.get(key);
    if (!kept || kept.until <= this.#clock.now()) return null;
    return this.#versions.known(kept.scopes) === kept.stamp ? kept : null;
  }

  /** The kept answer, or one made by `make`; those who ask for the same at the same time wait for one making. */
  async answer(key: string, hot: Hot<unknown>, input: unknown, make: () => Promise<string>): Promise<HotAnswer> {
    const kept = this.#kept.get(key);
    const scopes = kept?.scopes ?? hot.scopes(input);
    // Read before the answer is made: a change in between makes the answer old, never the other way round.
    const stamp = await this.#versions.current(scopes);
    const now = this.#clock.now();
    if (kept && kept.stamp === stamp && kept.until > now) return kept;
    const making = `${stamp} ${key}`;
    const already = this.#making.get(making);
    if (already) return already;
    const made = make()
      .then((body) => {
        const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
        const fresh: Kept = { body, etag, scopes, stamp, until: now + hot.ttlMs };
        this.#kept.set(key, fresh);
        return fresh;
      })
      .finally(() => this.#making.delete(making));
    this.#making.set(making, made);
    return made;
  }
}
