import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { ask } from "@weimenhu/contract/shape";
import type { Caller } from "@weimenhu/domain/permissions";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { freshDatabase } from "../../test/database/index.ts";
import { type ManualClock, manualClock } from "./clock.ts";
import { type Db, openDb } from "./db.ts";
import { HotAnswers } from "./hot.ts";
import { createHttp } from "./http.ts";
import { openLog } from "./log.ts";
import { hotQuery, query, router } from "./rpc.ts";
import { rpcPrefix, rpcServer } from "./rpc-http.ts";
import { testConfig } from "./testing.ts";
import { bump, inTx } from "./tx.ts";

const caller: Caller = {
  personId: "P1",
  sessionId: "S",
  phoneVerified: true,
  consented: true,
  strong: true,
  grants: [],
  villager: [],
  follows: [],
};
const token = "a".repeat(43);
const made = vi.fn();
const resolveCaller = vi.fn(async () => caller);
const shape = ask(z.object({ village: z.string() }), z.object({ n: z.number(), caller: z.nullable(z.string()) }));
const api = router({
  list: hotQuery(
    shape,
    { scopes: ({ village }) => [`notices:${village}`, "regions"], ttlMs: 60_000 },
    async (ctx, { village }) => {
      made(village);
      const [row] = await ctx.db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM note WHERE village = ?", [village]);
      return { n: Number(row?.n), caller: ctx.caller?.personId ?? null };
    },
  ),
  mine: query(shape, "anyone", async (ctx) => ({ n: 0, caller: ctx.caller?.personId ?? null })),
});

let clock: ManualClock;
let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
let app: FastifyInstance;
let base: string;
beforeEach(async () => {
  clock = manualClock(1_790_000_000_000);
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url }), clock);
  await db.pool.query("CREATE TABLE note (id int AUTO_INCREMENT PRIMARY KEY, village varchar(20)) ENGINE=InnoDB");
  const config = testConfig();
  const log = openLog("silent");
  app = await createHttp({ config, log, pressure: { maxEventLoopDelay: 0, maxEventLoopUtilization: 0 } });
  await app.register(rpcServer({ router: api, db, clock, log, config, resolveCaller }), { prefix: rpcPrefix });
  base = (await app.listen({ host: "127.0.0.1", port: 0 })) + rpcPrefix;
  vi.clearAllMocks();
});
afterEach(async () => {
  await app.close();
  await db.close();
  await home.drop();
});

const ask1 = (village: string, headers: Record<string, string> = {}) =>
  fetch(`${base}/list?input=${encodeURIComponent(JSON.stringify({ village }))}`, { headers });
const countOf = async (village: string) =>
  ((await (await ask1(village)).json()) as { result: { data: { n: number } } }).result.data.n;
const write = (village: string, on = db) =>
  inTx(on, async (tx) => {
    await tx.execute(`INSERT INTO note (village) VALUES ('${village}')`);
    await bump(tx, `notices:${village}`);
  });

test("an answer is made once and served again until something of its scopes changes", async () => {
  expect(await countOf("a")).toBe(0);
  expect(await countOf("a")).toBe(0);
  expect(made).toHaveBeenCalledOnce();
  await write("b");
  expect(await countOf("a")).toBe(0);
  expect(made).toHaveBeenCalledOnce();
  await write("a");
  expect(await countOf("a")).toBe(1);
  expect(made).toHaveBeenCalledTimes(2);
});

test("a change by another process is seen without being told of it", async () => {
  const other = openDb(testConfig({ DATABASE_URL: home.url }), clock);
  expect(await countOf("a")).toBe(0);
  await write("a", other);
  await vi.waitFor(async () => expect(await countOf("a")).toBe(1), { timeout: 5_000, interval: 20 });
  await other.close();
});

test("an answer ends with its time even when nothing changed", async () => {
  await countOf("a");
  clock.advance(59_999);
  await countOf("a");
  expect(made).toHaveBeenCalledOnce();
  clock.advance(1);
  await countOf("a");
  expect(made).toHaveBeenCalledTimes(2);
});

test("who has the answer already gets 304 without a body; after a change the new one", async () => {
  const first = await ask1("a");
  const etag = first.headers.get("etag") ?? "";
  await first.text();
  expect(first.headers.get("cache-control")).toBe("public, no-cache");
  const again = await ask1("a", { "if-none-match": etag });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  for (const known of [`W/${etag}`, `"other", ${etag}`, `"other",W/${etag}`])
    expect((await ask1("a", { "if-none-match": known })).status).toBe(304);
  expect((await ask1("a", { "if-none-match": '"other", W/"another"' })).status).toBe(200);
  await write("a");
  const changed = await ask1("a", { "if-none-match": etag });
  expect([changed.status, changed.headers.get("etag") === etag]).toEqual([200, false]);
});

test("an answer that is kept never knows its caller, alone or in a batch with one that does", async () => {
  const headers = { authorization: `Bearer ${token}` };
  expect(await (await ask1("a", headers)).json()).toEqual({ result: { data: { n: 0, caller: null } } });
  expect(resolveCaller).not.toHaveBeenCalled();
  const client = createTRPCClient<typeof api>({ links: [httpBatchLink({ url: base, headers })] });
  const answers = await Promise.all([client.list.query({ village: "c" }), client.mine.query({ village: "c" })]);
  expect(answers.map((answer) => answer.caller)).toEqual([null, "P1"]);
});

test("a hundred who ask at once for what is not there yet cause one making", async () => {
  await Promise.all(Array.from({ length: 100 }, () => countOf("a")));
  expect(made).toHaveBeenCalledOnce();
});

test("bad input to a kept answer is refused and not kept", async () => {
  const answer = await fetch(`${base}/list?input=%7B%22village%22%3A1%7D`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { data: { refusal: { word: "BAD_INPUT" }, path: "list" } } });
});

test("the kept answers are bounded by their bytes", async () => {
  const hot = new HotAnswers({ versions: db.versions, clock, maxBytes: 100_000 });
  const make = vi.fn(async () => "x".repeat(20_000));
  const rule = { scopes: () => ["s"], ttlMs: 60_000 };
  for (const key of ["1", "2", "3", "1"]) await hot.answer(key, rule, {}, make);
  expect(make).toHaveBeenCalledTimes(4);
  await hot.answer("1", rule, {}, make);
  expect(make).toHaveBeenCalledTimes(4);
});

test("an answer that was being made while its scope changed is not taken for new", async () => {
  const hot = new HotAnswers({ versions: db.versions, clock });
  const rule = { scopes: () => ["notices:a"], ttlMs: 60_000 };
  const old = await hot.answer("k", rule, {}, async () => {
    await write("a");
    return "made before the change was known";
  });
  expect(old.body).toContain("before");
  expect(hot.known("k")).toBeNull();
  expect((await hot.answer("k", rule, {}, async () => "new")).body).toBe("new");
});
