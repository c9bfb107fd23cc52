import autocannon from "autocannon";
import Fastify, { type FastifyInstance } from "fastify";
import { noticesRooms } from "../src/features/notices/index.ts";
import { listStatement } from "../src/features/notices/store.public.ts";
import { addresses } from "../src/foundation/media/index.ts";
import { systemClock } from "../src/kernel/clock.ts";
import type { Db } from "../src/kernel/db.ts";
import { createHttp } from "../src/kernel/http.ts";
import { openLog } from "../src/kernel/log.ts";
import { router } from "../src/kernel/rpc.ts";
import { rpcPrefix, rpcServer } from "../src/kernel/rpc-http.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { county, openCounty, villages } from "../test/notices-county.ts";
import { type Bench, interleave, type Scenario } from "./harness.ts";

const limit = 20;
const notices = 60_000;

/**
 * Both sides answer the first page of 20 over HTTP to 50 connections. Ours: `notices.list` through the whole stack. The
 * limit: a bare Fastify route that runs the same join by mysql2 `execute` and sends its rows. `hot`: one village that
 * everybody reads. `cold`: many villages, and every request a new one, so that no kept answer is ever given.
 */
async function measure({ databaseUrl }: Bench, cold: boolean): Promise<{ ours: number; limit: number }> {
  const db = await openCounty(databaseUrl, notices, false);
  const asked = cold ? villages : villages.slice(0, 1);
  const ours = await product(db);
  const bare = raw(db);
  const ourBase = await ours.listen({ host: "127.0.0.1", port: 0 });
  const bareBase = await bare.listen({ host: "127.0.0.1", port: 0 });
  const input = (region: string, mark = "") =>
    encodeURIComponent(JSON.stringify({ region, limit, ...(cold ? { mark } : {}) }));
  // The client puts something new for the placeholder each time; the product drops the field, but only after the cache.
  const fresh = (region: string) => input(region, "MARK").replace("MARK", "[%3Cid%3E]");
  const ourPaths = asked.map((region) => `${rpcPrefix}/notices.list?input=${fresh(region)}`);
  const barePaths = asked.map((region) => `/raw/${region}`);
  try {
    await sameIds(
      `${ourBase}${rpcPrefix}/notices.list?input=${input(asked[0] ?? county)}`,
      `${bareBase}${barePaths[0]}`,
    );
    return await interleave(rate(ourBase, ourPaths), rate(bareBase, barePaths), 11);
  } finally {
    await Promise.all([ours.close(), bare.close(), db.close()]);
  }
}

async function product(db: Db): Promise<FastifyInstance> {
  const config = testConfig({ RATE_ADDRESS: "1000000", RATE_ACCOUNT: "1000000" });
  const log = openLog("silent");
  const app = await createHttp({ config, log, pressure: { maxEventLoopDelay: 0, maxEventLoopUtilization: 0 } });
  const rooms = noticesRooms({
    home: county,
    displayNames: async () => new Map(),
    allowHosts: [],
    sign: addresses(config).sign,
  });
  const settings = { router: router(rooms), db, clock: systemClock, log, config, resolveCaller: async () => null };
  await app.register(rpcServer({ ...settings, onCall: () => undefined }), { prefix: rpcPrefix });
  return app;
}

function raw(db: Db): FastifyInstance {
  const app = Fastify();
  app.get<{ Params: { region: string } }>("/raw/:region", async (request) => {
    const question = { region: request.params.region, category: null, after: null, limit: limit + 1 };
    const [rows] = await db.pool.execute(...listStatement(question));
    return { items: rows };
  });
  return app;
}

/** The two sides must read the same rows, or nothing is compared. */
async function sameIds(ours: string, bare: string): Promise<void> {
  const [a, b] = await Promise.all([ours, bare].map(async (url) => (await fetch(url)).text()));
  const ids = (text = "") =>
    [...text.matchAll(/"id":"(\w{26})"/g)]
      .map((match) => match[1])
      .slice(0, limit)
      .join();
  if (ids(a) === "" || ids(a) !== ids(b)) throw new Error("the two sides do not answer the same notices");
}

const rate = (url: string, paths: string[]) => async (): Promise<number> => {
  const requests = paths.map((path) => ({ method: "GET" as const, path }));
  const result = await autocannon({ url, requests, idReplacement: true, connections: 50, duration: 1, workers: 1 });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url} did not answer well`);
  return result.requests.average;
};

export const hot = (bench: Bench) => measure(bench, false);
export const cold = (bench: Bench) => measure(bench, true);
export const scenarios: Scenario[] = [{ scenario: "notices-hot", unit: "req/s", run: hot }];
