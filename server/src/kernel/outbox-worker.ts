import { randomInt } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Db } from "./db.ts";
import { newId } from "./id.ts";
import { type Log, safeError } from "./log.ts";
import { GiveUp, type Handler, type Job } from "./outbox.ts";
import { type Claimed, claim, handBack, markDead, markDone, markLater, renew } from "./outbox-store.ts";
import { outbox } from "./schema.ts";
import type { Tx } from "./tx.ts";

export type OutboxOutcome = "done" | "later" | "dead" | "lost" | "returned";

export type OutboxSettings = {
  db: Db;
  /** Only jobs of these kinds are claimed: what an older process does not know stays for a newer one. */
  handlers: Readonly<Record<string, Handler>>;
  log: Log;
  onJob?: (kind: string, outcome: OutboxOutcome, ms: number) => void;
  /** Jobs at once; default 12. */
  capacity?: number;
  /** A job whose process died is free again after so long; default 60 s. */
  leaseMs?: number;
  /** How often to look when nothing was said; default 1 s. */
  pollMs?: number;
  /** Tries before a job is dead; default 12, which is about eight hours. */
  maxAttempts?: number;
};

/** Waits 1–2 s after the first failure, then twice as long each time, at most an hour. */
export const backOffMs = (attempt: number): number => {
  const most = Math.min(2_000 * 2 ** (attempt - 1), 3_600_000);
  return most / 2 + randomInt(most / 2);
};

type Running = { claimed: Claimed; token: string; over: Promise<void> };

/** Runs the jobs of the outbox. Several processes may each have one: a job is claimed by one of them at a time. */
export class OutboxWorker {
  readonly #set: Required<Omit<OutboxSettings, "onJob">> & Pick<OutboxSettings, "onJob">;
  readonly #running = new Map<number, Running>();
  readonly #finished = new Map<string, number[]>();
  readonly #abort = new AbortController();
  #flushing: Promise<void> | null = null;
  #draining: Promise<void> | null = null;
  #ring = () => {};
  #bell = Promise.resolve();
  #rung = false;
  #timers: NodeJS.Timeout[] = [];
  #stopping = false;
  #claiming: Promise<unknown> = Promise.resolve();

  constructor(settings: OutboxSettings) {
    this.#set = { capacity: 12, leaseMs: 60_000, pollMs: 1_000, maxAttempts: 12, ...settings };
    this.#hang();
  }

  /** Looks for due jobs until `stop`. */
  start(): void {
    this.#set.db.signals.on("outbox", this.#wake);
    this.#timers.push(setInterval(this.#wake, this.#set.pollMs));
    this.#wake();
  }

  /** Runs all that is due, also what those jobs enqueue, and returns when nothing due is left that is ours to run. */
  async settle(): Promise<void> {
    while (this.#draining) await this.#draining;
    await this.#drain();
  }

  /** Claims nothing more, waits for what runs, then hands back what still runs. */
  async stop(graceMs = 5_000): Promise<void> {
    this.#stopping = true;
    this.#set.db.signals.off("outbox", this.#wake);
    for (const timer of this.#timers) clearInterval(timer);
    this.#ring();
    // A claim that is on its way would otherwise take jobs after the others were handed back. Its failure is its drain's.
    await this.#claiming.catch(() => undefined);
    await this.#allOver(graceMs);
    this.#abort.abort();
    await this.#allOver(Math.min(500, graceMs));
    const left = [...this.#running.values()];
    for (const { claimed, token } of left) {
      await handBack(this.#set.db, token, [claimed.id]);
      this.#set.log.warn({ job: claimed.id, kind: claimed.kind }, "job handed back unfinished");
    }
  }

  #wake = (): void => {
    this.#rung = true;
    this.#ring();
    if (this.#draining || this.#stopping) return;
    this.#drain().catch((fault: unknown) => this.#set.log.error({ err: fault }, "the outbox cannot be read"));
  };

  #hang(): void {
    this.#rung = false;
    this.#bell = new Promise((resolve) => {
      this.#ring = resolve;
    });
  }

  #drain(): Promise<void> {
    const draining = this.#claimAndRun().finally(() => {
      this.#draining = null;
    });
    this.#draining = draining;
    return draining;
  }

  async #claimAndRun(): Promise<void> {
    const { capacity } = this.#set;
    const beat = setInterval(() => this.#beat(), this.#set.leaseMs / 3);
    try {
      while (!this.#stopping) {
        this.#hang();
        const free = capacity - this.#running.size;
        const claiming = free >= capacity / 4 ? this.#claim(free) : Promise.resolve(0);
        this.#claiming = claiming;
        const started = await claiming;
        if (started > 0) continue;
        if (this.#rung) continue;
        if (this.#running.size === 0) return;
        // A job that ends may let the next of its order through, or have enqueued another.
        await Promise.race([this.#bell, ...[...this.#running.values()].map((running) => running.over)]);
      }
      await Promise.all([...this.#running.values()].map((running) => running.over));
    } finally {
      clearInterval(beat);
    }
  }

  async #claim(size: number): Promise<number> {
    const { db, handlers, leaseMs } = this.#set;
    const now = db.clock.now();
    const token = newId();
    const kinds = Object.keys(handlers);
    if (kinds.length === 0) return 0;
    const jobs = await claim(db, { kinds, token, size, now, leaseUntil: now + leaseMs });
    if (this.#stopping && jobs.length > 0) {
      await handBack(
        db,
        token,
        jobs.map(({ id }) => id),
      );
      return 0;
    }
    for (const claimed of jobs) {
      const over = this.#run(claimed, token).finally(() => {
        this.#running.delete(claimed.id);
        // A claim that is on its way may have looked before this end, and missed the next of its order.
        this.#rung = true;
      });
      this.#running.set(claimed.id, { claimed, token, over });
    }
    return jobs.length;
  }

  async #run(claimed: Claimed, token: string): Promise<void> {
    const { log, onJob } = this.#set;
    const began = performance.now();
    let outcome: OutboxOutcome = "lost";
    try {
      outcome = await this.#attempt(claimed, token);
    } catch (fault) {
      // Only the bookkeeping can fail here: the lease runs out, and the job comes again.
      log.error({ err: fault, job: claimed.id, kind: claimed.kind }, "the end of a job could not be written down");
    }
    if (outcome === "lost")
      log.warn({ job: claimed.id, kind: claimed.kind }, "a job was taken over by another process");
    onJob?.(claimed.kind, outcome, performance.now() - began);
  }

  async #attempt(claimed: Claimed, token: string): Promise<OutboxOutcome> {
    const { handlers, db, log, maxAttempts } = this.#set;
    const { id, kind, key, attempts: attempt, fault: before } = claimed;
    // A job that takes its process down with it fails no try, and would be claimed for ever.
    if (attempt > maxAttempts) return this.#giveUp(claimed, token);
    let finished = false;
    const finish = async (tx: Tx) => {
      finished = await finishIn(tx, id, token, db.clock.now());
    };
    try {
      const payload: unknown = JSON.parse(claimed.payload);
      const job: Job = { id, kind, key, payload, attempt, before, signal: this.#abort.signal, finish };
      await handlers[kind]?.(job);
    } catch (fault) {
      if (this.#abort.signal.aborted) return (await handBack(db, token, [id])) === 1 ? "returned" : "lost";
      const text = safeError(fault).message.slice(0, 500);
      const hopeless = fault instanceof GiveUp || attempt >= maxAttempts;
      log[hopeless ? "error" : "warn"]({ err: fault, job: id, kind, attempt }, hopeless ? "job is dead" : "job failed");
      const now = db.clock.now();
      const marked = hopeless
        ? await markDead(db, token, id, now, text)
        : await markLater(db, token, id, now + Math.floor(backOffMs(attempt)), text);
      return marked === 0 ? "lost" : hopeless ? "dead" : "later";
    }
    if (!finished) await this.#markDone(token, id);
    return "done";
  }

  async #giveUp({ id, kind, attempts, fault }: Claimed, token: string): Promise<OutboxOutcome> {
    const { db, log } = this.#set;
    const text = `no process lived to the end of the last try${fault === null ? "" : `; before: ${fault}`}`.slice(
      0,
      500,
    );
    log.error({ job: id, kind, attempt: attempts, why: text }, "job is dead");
    return (await markDead(db, token, id, db.clock.now(), text)) === 0 ? "lost" : "dead";
  }

  /** Jobs that end while a statement is on its way are marked together by the next one. */
  async #markDone(token: string, id: number): Promise<void> {
    this.#finished.set(token, [...(this.#finished.get(token) ?? []), id]);
    // A failed mark is reported by the jobs it was for.
    if (this.#flushing) await this.#flushing.catch(() => undefined);
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    const groups = [...this.#finished];
    this.#finished.clear();
    const { db, log } = this.#set;
    for (const [token, ids] of groups) {
      const marked = await markDone(db, token, ids, db.clock.now());
      if (marked < ids.length)
        log.warn({ jobs: ids, marked }, "jobs were taken over by another process while they ran");
    }
  }

  #beat(): void {
    const tokens = [...new Set([...this.#running.values()].map((running) => running.token))];
    if (tokens.length === 0) return;
    const { db, leaseMs, log } = this.#set;
    renew(db, tokens, db.clock.now() + leaseMs).catch((fault: unknown) =>
      log.error({ err: fault }, "leases could not be renewed"),
    );
  }

  async #allOver(withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    const over = Promise.all([...this.#running.values()].map((running) => running.over));
    await Promise.race([over, late]);
    clearTimeout(timer);
  }
}

/** A mark that finds nothing rolls the handler's transaction back: another process does the job now. */
async function finishIn(tx: Tx, id: number, token: string, now: number): Promise<true> {
  const [result] = await tx
    .update(outbox)
    .set({ state: "done", endedAt: now, token: null, leaseUntil: null, fault: null })
    .where(and(eq(outbox.id, id), eq(outbox.token, token), eq(outbox.state, "waiting")));
  if (result.affectedRows !== 1) throw new Error("this job is no longer ours");
  return true;
}

export const outboxWorker = (settings: OutboxSettings): OutboxWorker => new OutboxWorker(settings);
