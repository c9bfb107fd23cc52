import { ask } from "@weimenhu/contract/shape";
import autocannon from "autocannon";
import Fastify from "fastify";
import * as z from "zod/mini";
import { systemClock } from "../src/kernel/clock.ts";
import { openDb } from "../src/kernel/db.ts";
import { createHttp } from "../src/kernel/http.ts";
import { openLog } from "../src/kernel/log.ts";
import { openMetrics } from "../src/kernel/metrics.ts";
import { query, router } from "../src/kernel/rpc.ts";
import { rpcPrefix, rpcServer } from "../src/kernel/rpc-http.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { interleave, type Scenario } from "./harness.ts";

const item = z.object({ id: z.string(), title: z.string(), village: z.string(), at: z.int(), pinned: z.boolean() });
const shape = ask(
  z.object({ village: z.string().check(z.regex(/^\d{12}$/)), limit: z.optional(z.int().check(z.gte(1), z.lte(50))) }),
  z.object({ items: z.array(item), next: z.nullable(z.string()) }),
);
const items = Array.from({ length: 10 }, (_, n) => ({
  id: `01ARZ3NDEKTSV4RRFFQ69G5F${10 + n}`,
  title: "关于竹溪村自来水管道检修停水的通知",
  village: "990101001001",
  at: 1_790_000_000_000 + n,
  pinned: n === 0,
}));

/** Our endpoint as a server runs it (limits, overload guard, metrics, input and output validation) against Fastify sending the same bytes. */
async function run(): Promise<{ ours: number; limit: number }> {
  const config = testConfig({ RATE_ADDRESS: "1000000", RATE_ACCOUNT: "1000000" });
  const db = openDb(config);
  const log = openLog("silent");
  const { onCall } = openMetrics();
  const ours = await createHttp({ config, log });
  const api = router({ notices: router({ list: query(shape, "anyone", async () => ({ items, next: null })) }) });
  const settings = { router: api, db, clock: systemClock, log, config, resolveCaller: async () => null };
  await ours.register(rpcServer({ ...settings, onCall }), { prefix: rpcPrefix });
  const bare = Fastify();
  bare.get("/json", async () => ({ result: { data: { items, next: null } } }));
  const input = encodeURIComponent(JSON.stringify({ village: "990101001001", limit: 10 }));
  const urls = {
    ours: `${await ours.listen({ host: "127.0.0.1", port: 0 })}${rpcPrefix}/notices.list?input=${input}`,
    limit: `${await bare.listen({ host: "127.0.0.1", port: 0 })}/json`,
  };
  try {
    const [a, b] = await Promise.all([urls.ours, urls.limit].map(async (url) => (await fetch(url)).text()));
    if (a !== b) throw new Error("the two sides do not answer the same bytes");
    return await interleave(rate(urls.ours), rate(urls.limit), 5);
  } finally {
    await Promise.all([ours.close(), bare.close(), db.close()]);
  }
}

const rate = (url: string) => async (): Promise<number> => {
  const result = await autocannon({ url, connections: 50, duration: 2, workers: 1 });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url} did not answer well`);
  return result.requests.average;
};

export const scenarios: Scenario[] = [{ scenario: "rpc", unit: "req/s", run }];
