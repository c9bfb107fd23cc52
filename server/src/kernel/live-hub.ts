import { trustedMs } from "./versions.ts";

type Rows = <Row>(sql: string, params: readonly string[]) => Promise<Row[]>;
/** How the stamp now stands, and how many seconds ago it was raised. */
export type Standing = { version: number; secondsAgo: number };
export type Watcher = (stamp: string, standing: Standing) => void;

type Entry = {
  watchers: Set<Watcher>;
  newest: number;
  told: number;
  /** Seen, and not told yet; the oldest first. */
  coming: { version: number; seenAt: number }[];
  /** By this process's clock that never jumps. */
  raisedAt: number;
  toldAt: number;
  openedAt: number;
  timer: NodeJS.Timeout | null;
};
type Batch = { stamps: Set<string>; opened: Promise<void> };
type Row = { scope: string; version: number; ago: number };

export type HubSettings = {
  rows: Rows;
  /** The database could not be read, or can be again. */
  onFault?: (fault: unknown) => void;
  everyMs?: number;
  /**
   * News wait until every process has stopped trusting what it read before the change: whoever asks anew, of whichever
   * process, then gets the new answer.
   */
  settleMs?: number;
  /** A busy village is told no more often than this. No news is later than the three together. */
  gapMs?: number;
};

/** A transaction may raise a stamp so long before it commits. */
const commitMs = 5_000;
const unwantedMs = 30_000;
const chunk = 200;

/**
 * Looks at the version stamps that somebody watches, all processes alike, and tells of changes: within `everyMs + settleMs`
 * of the commit, and `gapMs` more where something was told just before. While nobody watches it asks nothing.
 */
export class LiveHub {
  readonly #rows: Rows;
  readonly #onFault: (fault: unknown) => void;
  readonly #everyMs: number;
  readonly #settleMs: number;
  readonly #gapMs: number;
  readonly #entries = new Map<string, Entry>();
  readonly #opening = new Map<string, Promise<void>>();
  #next: Batch | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #polling: Promise<void> | null = null;
  #stopped = false;

  constructor({ rows, onFault, everyMs = 250, settleMs = trustedMs, gapMs = 500 }: HubSettings) {
    this.#rows = rows;
    this.#onFault = onFault ?? (() => undefined);
    this.#everyMs = everyMs;
    this.#settleMs = settleMs;
    this.#gapMs = gapMs;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Tells `watcher` from now on, and answers how the stamps stand. */
  async watch(stamps: readonly string[], watcher: Watcher): Promise<Map<string, Standing>> {
    for (;;) {
      const missing = stamps.filter((stamp) => !this.#entries.has(stamp));
      if (missing.length === 0 || this.#stopped) break;
      const fresh = missing.filter((stamp) => !this.#opening.has(stamp));
      if (fresh.length > 0) this.#open(fresh);
      await Promise.all(missing.flatMap((stamp) => this.#opening.get(stamp) ?? []));
    }
    const standing = new Map<string, Standing>();
    for (const stamp of stamps) {
      const entry = this.#entries.get(stamp);
      if (!entry) continue;
      entry.watchers.add(watcher);
      standing.set(stamp, standingOf(entry));
    }
    this.#tick();
    return standing;
  }

  unwatch(stamps: Iterable<string>, watcher: Watcher): void {
    for (const stamp of stamps) {
      const entry = this.#entries.get(stamp);
      if (!entry?.watchers.delete(watcher) || entry.watchers.size > 0) continue;
      if (entry.timer) clearTimeout(entry.timer);
      this.#entries.delete(stamp);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const { timer } of this.#entries.values()) if (timer) clearTimeout(timer);
    this.#entries.clear();
    await this.#polling;
  }

  /** After a restart a whole county comes back at once: what they want meanwhile is read together, one batch at a time. */
  #open(stamps: readonly string[]): void {
    this.#next ??= this.#batch();
    for (const stamp of stamps) {
      this.#next.stamps.add(stamp);
      this.#opening.set(stamp, this.#next.opened);
    }
  }

  #batch(): Batch {
    const stamps = new Set<string>();
    const reading = this.#turn.then(() => {
      this.#next = null;
      return this.#read([...stamps]);
    });
    this.#turn = reading.catch(() => undefined);
    const opened = reading
      .then(async (rows) => {
        // Raised just now: another process may still trust what was before, so nobody is sent to ask yet.
        const young = rows.some(({ ago }) => ago < this.#settleMs + commitMs);
        if (young) await new Promise((resolve) => setTimeout(resolve, this.#settleMs));
        const found = new Map(rows.map((row) => [row.scope, row]));
        for (const stamp of stamps) this.#entries.set(stamp, entryOf(found.get(stamp)));
      })
      .finally(() => {
        for (const stamp of stamps) this.#opening.delete(stamp);
      });
    // Each who waits is told of the fault by its own wait.
    opened.catch(() => undefined);
    return { stamps, opened };
  }

  #tick(): void {
    if (this.#timer || this.#stopped || this.#entries.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#polling = this.#poll().finally(() => {
        this.#timer = null;
        this.#polling = null;
        this.#tick();
      });
    }, this.#everyMs);
    this.#timer.unref();
  }

  async #poll(): Promise<void> {
    this.#prune();
    try {
      for (const row of await this.#read([...this.#entries.keys()])) this.#seen(row);
    } catch (fault) {
      // The next look tells what was missed.
      this.#onFault(fault);
    }
  }

  /** Whoever wanted it was gone, or met a fault, before it began to watch. */
  #prune(): void {
    const before = performance.now() - unwantedMs;
    for (const [stamp, { watchers, openedAt }] of this.#entries)
      if (watchers.size === 0 && openedAt < before) this.#entries.delete(stamp);
  }

  #seen({ scope, version }: Row): void {
    const entry = this.#entries.get(scope);
    if (!entry || version === entry.newest) return;
    entry.newest = version;
    entry.coming.push({ version, seenAt: performance.now() });
    if (!entry.timer) this.#settle(scope, entry);
  }

  /** Each change has a wait of its own: one that came before does not make it later, but for the gap. */
  #settle(stamp: string, entry: Entry): void {
    const [first] = entry.coming;
    if (!first) return;
    const at = Math.max(first.seenAt + this.#settleMs, entry.toldAt + this.#gapMs);
    entry.timer = setTimeout(
      () => {
        entry.timer = null;
        const now = performance.now();
        const settled = entry.coming.filter(({ seenAt }) => seenAt + this.#settleMs <= now);
        entry.coming = entry.coming.slice(settled.length);
        const last = settled.at(-1);
        // A timer may ring a moment early: then nothing was told, and nothing waits for a gap.
        if (last) {
          entry.toldAt = now;
          entry.told = last.version;
          entry.raisedAt = last.seenAt;
          for (const watcher of entry.watchers) watcher(stamp, standingOf(entry));
        }
        this.#settle(stamp, entry);
      },
      Math.ceil(at - performance.now()),
    );
    entry.timer.unref();
  }

  async #read(stamps: readonly string[]): Promise<Row[]> {
    const found: Row[] = [];
    for (let at = 0; at < stamps.length; at += chunk) {
      const part = stamps.slice(at, at + chunk);
      // Always as many places, so that there is one prepared statement.
      const params = [...part, ...Array<string>(chunk - part.length).fill(part[0] ?? "")];
      const rows = await this.#rows<{ scope: string; version: number; ago: number }>(
        `SELECT scope, version, TIMESTAMPDIFF(MICROSECOND, raised_at, NOW(3)) DIV 1000 AS ago
         FROM version_stamp WHERE scope IN (${places})`,
        params,
      );
      found.push(...rows.map((row) => ({ ...row, version: Number(row.version), ago: Number(row.ago) })));
    }
    return found;
  }
}

const places = Array(chunk).fill("?").join(",");

const entryOf = (row: Row | undefined): Entry => ({
  watchers: new Set(),
  newest: row?.version ?? 0,
  told: row?.version ?? 0,
  coming: [],
  raisedAt: row ? performance.now() - row.ago : Number.NEGATIVE_INFINITY,
  toldAt: Number.NEGATIVE_INFINITY,
  openedAt: performance.now(),
  timer: null,
});

/** So long ago is long enough for everybody. */
const mostSeconds = 1_000_000;
const standingOf = ({ told, raisedAt }: Entry): Standing => ({
  version: told,
  secondsAgo: Math.max(0, Math.min(mostSeconds, Math.round((performance.now() - raisedAt) / 1_000))),
});
