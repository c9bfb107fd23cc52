import type { FastifyInstance } from "fastify";
import type { Db } from "./db.ts";
import type { Log } from "./log.ts";
import { pendingMigrations } from "./migrate.ts";
import { outboxState } from "./outbox.ts";

export type HealthSettings = {
  db: Db;
  log: Log;
  /** Jobs due for longer than this mean that nobody runs them; default 5 minutes. */
  maxLagMs?: number;
  /** The kinds of jobs this program runs: others wait for a newer one, which is no fault of this. */
  kinds?: readonly string[];
  /** What the county has not set up; said, and no fault. */
  off?: readonly string[];
  /** True from the moment the process is asked to stop: the load balancer must look elsewhere. */
  stopping: () => boolean;
};

type Ready = {
  ready: boolean;
  database: "ok" | "down";
  migrations: string[];
  outboxLagSeconds: number;
  off: readonly string[];
  stopping: boolean;
};

/** `GET /healthz`: the process is alive. `GET /readyz`: it can serve; 503 and what is missing when it cannot. */
export function healthRoutes(app: FastifyInstance, settings: HealthSettings): void {
  let checking: Promise<Ready> | null = null;
  app.get("/healthz", async (_req, reply) => reply.header("cache-control", "no-store").send({ alive: true }));
  app.get("/readyz", async (_req, reply) => {
    // Probes that come together ask the database once.
    checking ??= check(settings).finally(() => {
      checking = null;
    });
    const state = await checking;
    return reply
      .code(state.ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send(state);
  });
}

async function check({ db, log, maxLagMs = 300_000, kinds, off = [], stopping }: HealthSettings): Promise<Ready> {
  const state: Ready = {
    ready: false,
    database: "down",
    migrations: [],
    outboxLagSeconds: 0,
    off,
    stopping: stopping(),
  };
  try {
    state.migrations = await within(3_000, pendingMigrations(db.rows));
    const { lagMs } = await within(3_000, outboxState(db, kinds));
    state.database = "ok";
    state.outboxLagSeconds = Math.round(lagMs / 1_000);
    state.ready = !state.stopping && state.migrations.length === 0 && lagMs <= maxLagMs;
  } catch (fault) {
    log.warn({ err: fault }, "not ready");
  }
  return state;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
