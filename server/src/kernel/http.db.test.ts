import { ask } from "@weimenhu/contract/shape";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { freshDatabase } from "../../test/database/index.ts";
import { systemClock } from "./clock.ts";
import { type Db, openDb } from "./db.ts";
import { createHttp } from "./http.ts";
import { openLog } from "./log.ts";
import { openMetrics, serveMetrics } from "./metrics.ts";
import { query, router } from "./rpc.ts";
import { rpcServer } from "./rpc-http.ts";
import { testConfig } from "./testing.ts";

const log = openLog("silent");
let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeAll(async () => {
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url, DATABASE_POOL: "1" }));
});
afterAll(async () => {
  await db.close();
  await home.drop();
});

test("an overloaded process answers 503 with the seconds to wait, and still says that it is alive", async () => {
  const app = await createHttp({
    config: testConfig(),
    log,
    pressure: { maxEventLoopDelay: 0.001, maxEventLoopUtilization: 0 },
  });
  const handler = vi.fn(async () => ({ ok: true }));
  app.get("/work", handler);
  app.get("/healthz", async () => ({ alive: true }));
  await vi.waitFor(async () => expect((await app.inject("/work")).statusCode).toBe(503), { timeout: 5_000 });
  handler.mockClear();
  const answer = await app.inject("/work");
  expect(answer.headers).toMatchObject({ "retry-after": "10", "cache-control": "no-store" });
  expect(answer.json().error.data.refusal).toMatchObject({ word: "BUSY", details: { seconds: 10 } });
  expect(handler).not.toHaveBeenCalled();
  expect((await app.inject("/healthz")).json()).toEqual({ alive: true });
  await app.close();
});

test("when too many wait for the database the rest are told to come back, and those who waited are served", async () => {
  const config = testConfig({ RATE_ADDRESS: "100000" });
  const app = await createHttp({ config, log, pressure: { maxEventLoopDelay: 0, maxEventLoopUtilization: 0 } });
  const nap = query(ask(z.object({}), z.object({})), "anyone", async (ctx) => {
    await ctx.db.rows("SELECT SLEEP(0.005)");
    return {};
  });
  await app.register(
    rpcServer({ router: router({ nap }), db, clock: systemClock, log, config, resolveCaller: async () => null }),
  );
  const answers = await Promise.all(Array.from({ length: 100 }, () => app.inject("/nap?input=%7B%7D")));
  const refused = answers.filter((answer) => answer.statusCode === 503);
  expect(answers.filter((answer) => answer.statusCode === 200).length).toBeGreaterThanOrEqual(50);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers["retry-after"]).toBe("5");
  expect(refused[0]?.json().error.data.refusal.word).toBe("BUSY");
  await app.close();
});

test("who opens a broken or a missing address in a browser reads a sentence; everything else gets the wire's answer", async () => {
  const app = await createHttp({ config: testConfig(), log });
  for (const [url, status] of [
    ["/%E0%A4%A", 400],
    ["/notice?id=%E0%A4%A", 404],
    ["/nowhere", 404],
  ] as const) {
    const page = await app.inject({ url, headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });
    expect([page.statusCode, page.headers["content-type"]]).toEqual([status, "text/html; charset=utf-8"]);
    expect(page.body).toMatch(/<h1>[^<]*网址不对[^<]*<\/h1><a href="\/">回到首页<\/a>/);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect((await app.inject({ url })).json().error.data.refusal.word).toBeTruthy();
    expect((await app.inject({ url, method: "POST", headers: { accept: "text/html" } })).json().error).toBeTruthy();
  }
  await app.close();
});

test("Prometheus reads calls, outbox and pool on a port of their own", async () => {
  const metrics = openMetrics();
  metrics.watch(db);
  metrics.onCall("notices.list", "OK", 12);
  const server = await serveMetrics({ METRICS_HOST: "127.0.0.1", METRICS_PORT: 0 }, metrics);
  const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  expect(text).toContain('rpc_seconds_bucket{le="0.025",procedure="notices.list",outcome="OK"} 1');
  expect(text).toContain("outbox_lag_seconds 0");
  expect(text).toContain('outbox_jobs{state="dead"} 0');
  expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(404);
  await server.close();
});
