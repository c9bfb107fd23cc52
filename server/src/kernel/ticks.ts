import { Cron } from "croner";
import { and, eq } from "drizzle-orm";
import { dateOf } from "./clock.ts";
import type { Db } from "./db.ts";
import { isDuplicate } from "./db-faults.ts";
import type { Log } from "./log.ts";
import { tickRun } from "./schema.ts";
import { inTx } from "./tx.ts";

/**
 * A periodic job: `cron` in China's time (seconds optional), `run(slot)` with the time it was planned for (epoch ms). One
 * process runs a slot. A slot that fails or dies is not run again, so `run` should find its work by itself (everything
 * that is due by now) rather than rely on each slot, or enqueue it.
 */
export type Tick = { cron: string; run: (slot: number) => Promise<void> };
export type TickOutcome = "ran" | "failed" | "elsewhere";

export type TickSettings = {
  db: Db;
  log: Log;
  jobs: Readonly<Record<string, Tick>>;
  onTick?: (job: string, outcome: TickOutcome, ms: number) => void;
};

/** `setTimeout` takes at most 24 days; clocks drift. */
const longestWaitMs = 3_600_000;

export class Ticks {
  readonly #set: TickSettings;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #running = new Set<Promise<unknown>>();
  #stopped = false;

  constructor(settings: TickSettings) {
    this.#set = settings;
    // A wrong pattern must stop the start, not the first run.
    for (const [name, job] of Object.entries(settings.jobs)) {
      if (name.length > 64) throw new Error(`the name of the tick ${name} is too long`);
      nextSlot(job.cron, settings.db.clock.now());
    }
  }

  start(): void {
    for (const [name, job] of Object.entries(this.#set.jobs)) {
      this.#plan(name, job, nextSlot(job.cron, this.#set.db.clock.now()));
    }
  }

  /** No further slot begins; waits for those that run. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.allSettled(this.#running);
  }

  /** Runs one slot of one job now, unless some process has it already. For tests, the demo world and staff. */
  async runTick(name: string, slot: number): Promise<TickOutcome> {
    const job = this.#set.jobs[name];
    if (!job) throw new Error(`no tick is called ${name}`);
    const began = performance.now();
    const outcome = await this.#take(name, job, slot);
    this.#set.onTick?.(name, outcome, performance.now() - began);
    return outcome;
  }

  /** Runs, for each job, the last slot before now that nobody has run; what `settle()` of a world with its own clock needs. */
  async runDue(since: number): Promise<number> {
    const now = this.#set.db.clock.now();
    let ran = 0;
    for (const [name, job] of Object.entries(this.#set.jobs)) {
      const last = lastSlot(job.cron, since, now);
      if (last !== null && (await this.runTick(name, last)) === "ran") ran++;
    }
    return ran;
  }

  #plan(name: string, job: Tick, slot: number): void {
    const wait = slot - this.#set.db.clock.now();
    const timer = setTimeout(
      () => {
        if (this.#stopped) return;
        if (this.#set.db.clock.now() < slot) return this.#plan(name, job, slot);
        this.#plan(name, job, nextSlot(job.cron, this.#set.db.clock.now()));
        const running = this.runTick(name, slot).catch((fault: unknown) =>
          this.#set.log.error({ err: fault, tick: name }, "a tick could not be taken"),
        );
        this.#running.add(running);
        void running.finally(() => this.#running.delete(running));
      },
      Math.min(Math.max(wait, 1), longestWaitMs),
    );
    this.#timers.set(name, timer);
  }

  async #take(name: string, job: Tick, slot: number): Promise<TickOutcome> {
    const { db, log } = this.#set;
    try {
      await inTx(db, (tx) =>
        tx.insert(tickRun).values({ job: name, slot, state: "running", startedAt: db.clock.now() }),
      );
    } catch (fault) {
      if (isDuplicate(fault)) return "elsewhere";
      throw fault;
    }
    let outcome: TickOutcome = "ran";
    try {
      await job.run(slot);
    } catch (fault) {
      outcome = "failed";
      log.error({ err: fault, tick: name }, "tick failed");
    }
    const state = outcome === "ran" ? ("done" as const) : ("failed" as const);
    await inTx(db, (tx) =>
      tx
        .update(tickRun)
        .set({ state, endedAt: db.clock.now() })
        .where(and(eq(tickRun.job, name), eq(tickRun.slot, slot))),
    );
    return outcome;
  }
}

export const ticks = (settings: TickSettings): Ticks => new Ticks(settings);

/** The last planned time in `(since, now]`, or null. Looked for in ever longer stretches, as a pattern only runs forwards. */
export function lastSlot(cron: string, since: number, now: number): number | null {
  for (const back of [3_600_000, 86_400_000, 32 * 86_400_000, now - since]) {
    const from = Math.max(since, now - back);
    let last: number | null = null;
    for (let slot = nextSlot(cron, from); slot <= now; slot = nextSlot(cron, slot)) last = slot;
    if (last !== null || from === since) return last;
  }
  return null;
}

/** The first planned time after `after`. */
export function nextSlot(cron: string, after: number): number {
  const next = new Cron(cron, { timezone: "Asia/Shanghai", paused: true }).nextRun(dateOf(after));
  if (!next) throw new Error(`the tick pattern ${cron} has no next time`);
  return next.getTime();
}
