import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "./clock.ts";
import { loadConfig } from "./config.ts";
import { openDb } from "./db.ts";
import { healthRoutes } from "./health.ts";
import { createHttp } from "./http.ts";
import { openLog } from "./log.ts";
import { outboxWorker } from "./outbox-worker.ts";
import { gracefulStop } from "./stop.ts";
import { inTx } from "./tx.ts";

/** A small server of its own process: `/slow`, `/quick`, `/spin` (every turn of the loop takes 1.2 s, six times), and jobs `effect` (writes a row) and `stuck` (never ends). */
const config = loadConfig();
const log = openLog("silent");
const db = openDb(config, systemClock);
const app = await createHttp({ config, log });
const worker = outboxWorker({
  db,
  log,
  pollMs: 20,
  handlers: {
    effect: async (job) => {
      await wait(1);
      await inTx(
        db,
        async (tx) =>
          void (await tx.execute(`INSERT INTO effect (n, pid) VALUES (${Number(job.key)}, ${process.pid})`)),
      );
    },
    stuck: (job) =>
      inTx(
        db,
        async (tx) => void (await tx.execute(`INSERT INTO effect (n, pid) VALUES (${-job.attempt}, ${process.pid})`)),
      ).then(() => new Promise<void>(() => {})),
  },
});
const stopper = gracefulStop({
  log,
  steps: [
    { name: "http", run: () => app.close() },
    { name: "outbox", run: () => worker.stop(300) },
    { name: "database", run: () => db.close() },
  ],
});
healthRoutes(app, { db, log, stopping: stopper.stopping });
app.get("/slow", async () => {
  console.log("slow begins");
  await wait(700);
  return "finished";
});
app.get("/quick", async () => "done");
app.get("/spin", async () => {
  const spin = (turns: number): void => {
    const until = performance.now() + 1_200;
    while (performance.now() < until);
    if (turns > 1) setImmediate(spin, turns - 1);
    else console.log("spin ends");
  };
  setImmediate(spin, 6);
  return "begun";
});
console.log(await app.listen({ host: "127.0.0.1", port: 0 }));
worker.start();
