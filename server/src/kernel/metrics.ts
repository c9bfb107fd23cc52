import http from "node:http";
import type { AddressInfo } from "node:net";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Config } from "./config.ts";
import type { Db } from "./db.ts";
import type { Live } from "./live.ts";
import { type OutboxState, outboxState } from "./outbox.ts";
import type { OutboxOutcome } from "./outbox-worker.ts";
import type { TickOutcome } from "./ticks.ts";

/** What Prometheus reads. Labels are names of ours from short lists: never an id, an address or anything a person sent. */
export type Metrics = {
  registry: Registry;
  onCall(path: string, outcome: string, ms: number): void;
  onJob(kind: string, outcome: OutboxOutcome, ms: number): void;
  onTick(job: string, outcome: TickOutcome, ms: number): void;
  /** Every request to an outside system. */
  onDial(system: string, outcome: string, ms: number): void;
  /** Of the WebSocket: how often something was told, and who was not let in. */
  live: { onNews(): void; onRefused(why: string): void };
  watchLive(live: Pick<Live, "open">): void;
  /** Reads the pool and the outbox whenever Prometheus asks. */
  watch(db: Db): void;
};

const seconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Histogram({ name, help, labelNames, buckets: seconds, registers });
  const calls = histogram("rpc_seconds", "Time of procedure calls.", ["procedure", "outcome"]);
  const jobs = histogram("outbox_job_seconds", "Time of outbox jobs.", ["kind", "outcome"]);
  const ticks = histogram("tick_seconds", "Time of periodic jobs.", ["job", "outcome"]);
  const dials = histogram("outside_seconds", "Time of requests to outside systems.", ["system", "outcome"]);
  const news = new Counter({ name: "live_news_total", help: "Messages that told of a version.", registers });
  const refused = new Counter({
    name: "live_refused_total",
    help: "Connections that were not let in.",
    labelNames: ["why"],
    registers,
  });
  return {
    registry,
    live: { onNews: () => news.inc(), onRefused: (why) => refused.inc({ why }) },
    watchLive: (live) => watchLive(registry, live),
    onCall: (procedure, outcome, ms) => calls.observe({ procedure, outcome }, ms / 1_000),
    onJob: (kind, outcome, ms) => jobs.observe({ kind, outcome }, ms / 1_000),
    onTick: (job, outcome, ms) => ticks.observe({ job, outcome }, ms / 1_000),
    onDial: (system, outcome, ms) => dials.observe({ system, outcome }, ms / 1_000),
    watch: (db) => watch(registry, db),
  };
}

function watchLive(registry: Registry, live: Pick<Live, "open">): void {
  new Gauge({
    name: "live_open",
    help: "Open connections of pages that are told of news, and the version stamps they watch.",
    labelNames: ["what"],
    registers: [registry],
    collect() {
      const { connections, stamps } = live.open();
      this.set({ what: "connections" }, connections);
      this.set({ what: "stamps" }, stamps);
    },
  });
}

function watch(registry: Registry, db: Db): void {
  const registers = [registry];
  const unreadable = new Counter({ name: "outbox_unreadable_total", help: "The outbox could not be read.", registers });
  let reading: Promise<OutboxState | null> | null = null;
  // One reading for both gauges. A scrape must still tell the rest when it fails: the counter is the alarm.
  const read = () => {
    reading ??= outboxState(db)
      .catch(() => {
        unreadable.inc();
        return null;
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  };
  new Gauge({
    name: "outbox_jobs",
    help: "Jobs by state.",
    labelNames: ["state"],
    registers,
    async collect() {
      const state = await read();
      if (!state) return this.reset();
      this.set({ state: "waiting" }, state.waiting);
      this.set({ state: "dead" }, state.dead);
    },
  });
  new Gauge({
    name: "outbox_lag_seconds",
    help: "How long the oldest due job has been due.",
    registers,
    async collect() {
      this.set(((await read())?.lagMs ?? Number.NaN) / 1_000);
    },
  });
  const connections = new Gauge({ name: "db_connections", help: "Pool by use.", labelNames: ["use"], registers });
  let open = 0;
  let taken = 0;
  let waiting = 0;
  for (const { pool } of [db.pool, db.bulk]) {
    pool.on("connection", (connection) => {
      connections.set({ use: "open" }, ++open);
      connection.once("end", () => connections.set({ use: "open" }, --open));
    });
    pool.on("acquire", () => {
      waiting = 0;
      connections.set({ use: "taken" }, ++taken);
      connections.set({ use: "waiting" }, waiting);
    });
    pool.on("release", () => connections.set({ use: "taken" }, --taken));
    pool.on("enqueue", () => connections.set({ use: "waiting" }, ++waiting));
  }
}

/** The metrics on a port of their own; answers where it listens. */
export async function serveMetrics(
  config: Pick<Config, "METRICS_HOST" | "METRICS_PORT">,
  { registry }: Metrics,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = http.createServer((req, res) => {
    if (req.url !== "/metrics") {
      res.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => res.writeHead(200, { "content-type": registry.contentType }).end(text),
      () => res.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(config.METRICS_PORT, config.METRICS_HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
