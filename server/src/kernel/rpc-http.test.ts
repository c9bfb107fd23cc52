import net from "node:net";
import { Writable } from "node:stream";
import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from "@trpc/client";
import { act, ask } from "@weimenhu/contract/shape";
import type { Caller } from "@weimenhu/domain/permissions";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { systemClock } from "./clock.ts";
import { type Db, openDb } from "./db.ts";
import { createHttp } from "./http.ts";
import { openLog } from "./log.ts";
import { refuse } from "./refuse.ts";
import { hotQuery, mutation, query, router } from "./rpc.ts";
import { rpcPrefix, rpcServer } from "./rpc-http.ts";
import { testConfig } from "./testing.ts";

const started = vi.fn();
const aborted = vi.fn();
const word = z.object({ word: z.string().check(z.maxLength(5)) });
const echo = z.object({ said: z.string(), as: z.nullable(z.string()) });
type Node = { c: Node[] };
const node: z.ZodMiniType<Node> = z.lazy(() => z.object({ c: z.array(node) }));
const nested = (levels: number) => `${'{"c":['.repeat(levels)}${"]}".repeat(levels)}`;
const things = router({
  say: query(ask(word, echo), "anyone", async (ctx, input) => ({ said: input.word, as: ctx.caller?.personId ?? null })),
  mine: query(ask(z.object({}), echo), "person", async (ctx) => ({ said: "", as: ctx.caller?.personId ?? null })),
  change: mutation(act(word, echo), "anyone", async (ctx, input) => ({
    said: input.word,
    as: ctx.caller?.personId ?? null,
  })),
  publish: mutation(act(z.object({}), z.object({})), "notices.publish", async () => ({})),
  taken: mutation(act(z.object({}), z.object({})), "anyone", async () => {
    throw refuse("CODE_TOO_SOON", { why: "seconds ago", details: { seconds: 7 } });
  }),
  leak: query(ask(z.object({}), z.object({ a: z.string() })), "anyone", async () => ({ a: "x", idCard: "secret" })),
  broken: query(ask(z.object({}), z.object({ a: z.string() })), "anyone", async () => {
    throw new Error("the phone 19900000001 broke it", { cause: new Error("deep") });
  }),
  wrong: query(ask(z.object({}), z.object({ a: z.string() })), "anyone", async () => JSON.parse('{"a":19900000002}')),
  slow: query(ask(z.object({}), z.object({})), "anyone", async ({ signal }) => {
    started();
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(aborted())));
    return {};
  }),
  tree: mutation(act(node, z.object({})), "anyone", async () => ({})),
  hot: hotQuery(ask(node, z.object({})), { scopes: () => [], ttlMs: 60_000 }, async () => ({})),
  signIn: mutation(act(z.object({}), z.object({})), "anyone", async (ctx) => {
    ctx.setSession("t".repeat(43), 60);
    return {};
  }),
});
const api = router({ things });

const caller: Caller = {
  personId: "P1",
  sessionId: "S1",
  phoneVerified: true,
  strong: false,
  grants: [],
  villager: [],
  follows: [],
};
const lines: Record<string, unknown>[] = [];
const labels: string[] = [];
const log = openLog(
  "info",
  new Writable({ write: (chunk, _encoding, done) => done(void lines.push(JSON.parse(String(chunk)))) }),
);
const config = testConfig({ MIN_CLIENT: "weapp=1.2.0", RATE_ADDRESS: "500", RATE_ACCOUNT: "50" });
let app: FastifyInstance;
let db: Db;
let base: string;
const token = "a".repeat(43);

beforeAll(async () => {
  db = openDb(config);
  app = await createHttp({ config, log, pressure: { maxEventLoopDelay: 0, maxEventLoopUtilization: 0 } });
  const resolveCaller = async (given: string) => (given === token ? caller : null);
  const onCall = (path: string) => void labels.push(path);
  await app.register(rpcServer({ router: api, db, clock: systemClock, log, config, resolveCaller, onCall }), {
    prefix: rpcPrefix,
  });
  base = (await app.listen({ host: "127.0.0.1", port: 0 })) + rpcPrefix;
});
afterAll(async () => {
  await app.close();
  await db.close();
});
afterEach(() => {
  lines.splice(0);
  labels.splice(0);
});

const bearer = { authorization: `Bearer ${token}` };
const single = (headers: Record<string, string> = {}) =>
  createTRPCClient<typeof api>({ links: [httpLink({ url: base, headers })] });
const batched = (headers: Record<string, string> = {}) =>
  createTRPCClient<typeof api>({ links: [httpBatchLink({ url: base, headers })] });
const wordOf = async (call: Promise<unknown>) => {
  const fault = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(fault instanceof TRPCClientError)) throw new Error("not refused", { cause: fault });
  return {
    word: fault.data?.refusal?.word,
    http: fault.data?.httpStatus,
    message: fault.message,
    details: fault.data?.refusal?.details,
  };
};

test("the stock client asks, acts and batches", async () => {
  expect(await single().things.say.query({ word: "你好" })).toEqual({ said: "你好", as: null });
  expect(await single(bearer).things.change.mutate({ word: "x" })).toEqual({ said: "x", as: "P1" });
  const client = batched(bearer);
  expect(await Promise.all([client.things.say.query({ word: "a" }), client.things.mine.query({})])).toEqual([
    { said: "a", as: "P1" },
    { said: "", as: "P1" },
  ]);
  expect(await single().things.signIn.mutate({})).toEqual({});
});

test("in a batch one refusal leaves the other answers standing, with status 207", async () => {
  const client = batched();
  const answers = await Promise.allSettled([client.things.say.query({ word: "a" }), client.things.mine.query({})]);
  expect(answers.map((answer) => answer.status)).toEqual(["fulfilled", "rejected"]);
  const input = encodeURIComponent('{"0":{"word":"a"},"1":{}}');
  expect((await fetch(`${base}/things.say,things.mine?batch=1&input=${input}`)).status).toBe(207);
});

test("a refusal carries its word, its Chinese, its details and its status; why it was goes into the log only", async () => {
  expect(await wordOf(single().things.taken.mutate({}))).toEqual({
    word: "CODE_TOO_SOON",
    http: 429,
    message: "刚刚发过验证码，请 1 分钟后再获取",
    details: { seconds: 7 },
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: "info", word: "CODE_TOO_SOON", path: "things.taken", why: "seconds ago" });
});

test("who may call is asked before anything else", async () => {
  expect(await wordOf(single().things.mine.query({}))).toMatchObject({ word: "SIGN_IN_FIRST", http: 401 });
  expect(await wordOf(single(bearer).things.publish.mutate({}))).toMatchObject({ word: "NOT_ALLOWED", http: 403 });
});

test("bad input names the fields and never repeats the value, neither in the answer nor in the log", async () => {
  const answer = await fetch(`${base}/things.say?input=${encodeURIComponent('{"word":"19900000003"}')}`);
  const text = await answer.text();
  expect(answer.status).toBe(400);
  expect(JSON.parse(text).error.data.refusal).toEqual({
    word: "BAD_INPUT",
    zh: "填写的内容不对，请检查后再试",
    details: { fields: ["word"] },
  });
  expect(text + JSON.stringify(lines)).not.toContain("19900000003");
});

test("input nested beyond measure is refused like any bad input, and is no fault of ours", async () => {
  const post = (levels: number, url = "/things.tree", body = nested(levels)) =>
    fetch(base + url, { method: "POST", body, headers: { "content-type": "application/json" } });
  expect((await post(32)).status).toBe(200);
  for (const levels of [33, 10_000]) {
    const answer = await post(levels);
    expect([answer.status, (await answer.json()).error.data.refusal.word]).toEqual([400, "BAD_INPUT"]);
  }
  const batch = await post(0, "/things.tree?batch=1", `{"0":${nested(10_000)}}`);
  expect((await batch.json())[0].error.data.refusal.word).toBe("BAD_INPUT");
  const kept = await fetch(`${base}/things.hot?input=${"[".repeat(6_000)}${"]".repeat(6_000)}`);
  expect((await kept.json()).error.data.refusal.word).toBe("BAD_INPUT");
  expect(lines.filter((line) => line["level"] === "error" || line["level"] === 50)).toEqual([]);
});

test("fields that are not declared never leave", async () => {
  expect(await single().things.leak.query({})).toEqual({ a: "x" });
});

test.each(["broken", "wrong"] as const)(
  "a bug (%s) says nothing but 'later', and is logged once with its cause",
  async (name) => {
    const answer = await fetch(`${base}/things.${name}?input=%7B%7D`);
    const body = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(body).error.data).toMatchObject({
      refusal: { word: "INTERNAL" },
      requestId: answer.headers.get("x-request-id"),
    });
    expect(body).not.toMatch(/ at |stack|1990000000|broke it|fit its shape/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: "error",
      request: answer.headers.get("x-request-id"),
      err: expect.anything(),
    });
    expect(JSON.stringify(lines[0])).not.toContain("1990000000");
  },
);

const long = Array.from({ length: 500 }, () => "things.say").join(",");
const bad: [string, string, RequestInit, number, string][] = [
  [
    "malformed JSON in the body",
    "/things.change",
    { method: "POST", body: '{"word":', headers: { "content-type": "application/json" } },
    400,
    "MALFORMED",
  ],
  ["malformed JSON in the address", "/things.say?input=%7B", {}, 400, "MALFORMED"],
  [
    "a poisoned prototype",
    "/things.change",
    { method: "POST", body: '{"__proto__":{}}', headers: { "content-type": "application/json" } },
    400,
    "MALFORMED",
  ],
  [
    "another content type",
    "/things.change",
    { method: "POST", body: "word=1", headers: { "content-type": "application/x-www-form-urlencoded" } },
    400,
    "MALFORMED",
  ],
  ["an unknown procedure", "/things.none", {}, 404, "UNKNOWN_PROCEDURE"],
  ["a name of every object", "/__proto__", {}, 404, "UNKNOWN_PROCEDURE"],
  [
    "a body of 2 MB",
    "/things.change",
    { method: "POST", body: `{"word":"${"x".repeat(2e6)}"}`, headers: { "content-type": "application/json" } },
    413,
    "BODY_TOO_LARGE",
  ],
  ["a batch of 500", `/${long}?batch=1&input=%7B%7D`, {}, 400, "BATCH_TOO_LARGE"],
  ["a mutation by GET", "/things.change?input=%7B%7D", {}, 405, "WRONG_METHOD"],
  [
    "a query by POST",
    "/things.say",
    { method: "POST", body: "{}", headers: { "content-type": "application/json" } },
    405,
    "WRONG_METHOD",
  ],
  ["PUT", "/things.say", { method: "PUT", body: "{}" }, 405, "WRONG_METHOD"],
  ["DELETE", "/things.say", { method: "DELETE" }, 405, "WRONG_METHOD"],
  ["broken percent-encoding in the path", "/things.%E0%A4", {}, 400, "MALFORMED"],
  ["broken percent-encoding in the input", "/things.say?input=%22%E0%A4%22", {}, 400, "MALFORMED"],
  ["the input twice", "/things.say?input=1&input=2", {}, 400, "MALFORMED"],
  ["a batch whose inputs are a word", "/things.say?batch=1&input=%22x%22", {}, 400, "MALFORMED"],
];
test.each(bad)(
  "%s is a clear refusal, logged once, without a stack trace",
  async (_what, path, init, http, expected) => {
    const answer = await fetch(base + path, init);
    const text = await answer.text();
    expect([answer.status, JSON.parse(text).error.data.refusal.word]).toEqual([http, expected]);
    expect(JSON.parse(text).error.message).toMatch(/\p{Script=Han}/u);
    expect(text).not.toMatch(/stack|\.ts:|node_modules/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: "info", word: expected });
  },
);

test("what somebody makes up as a name of a procedure is in no log line and in no label of the metrics", async () => {
  const answer = await fetch(
    `${base}/19900000001,things.say,things.x?batch=1&input=%7B%221%22%3A%7B%22word%22%3A%22a%22%7D%7D`,
  );
  expect(answer.status).toBe(207);
  expect(lines.map(({ path: named, word }) => [named, word])).toEqual([
    [undefined, "UNKNOWN_PROCEDURE"],
    [undefined, "UNKNOWN_PROCEDURE"],
  ]);
  expect(JSON.stringify(lines)).not.toContain("19900000001");
  expect(labels.splice(0).toSorted((a, b) => a.localeCompare(b))).toEqual(["", "", "things.say"]);
});

test("a client below the oldest version is told to update, whatever it asks; a newer one and a browser are not", async () => {
  expect(await wordOf(single({ "x-client": "weapp/1.1.9" }).things.mine.query({}))).toMatchObject({
    word: "CLIENT_TOO_OLD",
    http: 426,
  });
  expect(await wordOf(batched({ "x-client": "weapp/0.9.0" }).things.say.query({ word: "a" }))).toMatchObject({
    word: "CLIENT_TOO_OLD",
  });
  expect(await single({ "x-client": "weapp/1.10.0" }).things.say.query({ word: "a" })).toMatchObject({ said: "a" });
  expect(await single({ "x-client": "web/0.0.1" }).things.say.query({ word: "a" })).toMatchObject({ said: "a" });
});

test("a foreign page cannot act with the cookie; our own page can; a bearer token needs no such proof", async () => {
  const post = async (headers: Record<string, string>) => {
    const all = { "content-type": "application/json", ...headers };
    const answer = await fetch(`${base}/things.change`, { method: "POST", body: '{"word":"x"}', headers: all });
    const body = await answer.json();
    return body.error?.data.refusal.word ?? body.result.data.as;
  };
  const cookie = `wmh_web=${token}`;
  const own = { origin: new URL(base).origin, "x-client": "web/1.0.0" };
  expect(await post({ cookie, ...own })).toBe("P1");
  expect(await post({ cookie, ...own, "sec-fetch-site": "same-origin" })).toBe("P1");
  expect(await post({ cookie, origin: "https://evil.example", "x-client": "web/1.0.0" })).toBe("CROSS_SITE");
  expect(await post({ cookie, ...own, "sec-fetch-site": "cross-site" })).toBe("CROSS_SITE");
  expect(await post({ cookie, ...own, "sec-fetch-site": "same-site" })).toBe("CROSS_SITE");
  expect(await post({ cookie, origin: own.origin })).toBe("CROSS_SITE");
  expect(await post({ cookie, "x-client": "web/1.0.0" })).toBe("CROSS_SITE");
  expect(await post(bearer)).toBe("P1");
  expect(await post({ ...own })).toBeNull();
  // The desk has a cookie of its own.
  expect(await post({ cookie, ...own, "x-client": "desk/1.0.0" })).toBeNull();
  expect(await post({ cookie: `wmh_desk=${token}`, ...own, "x-client": "desk/1.0.0" })).toBe("P1");
});

test("the session cookie is closed to scripts and to foreign pages", async () => {
  const answer = await fetch(`${base}/things.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json" },
  });
  expect(answer.headers.get("set-cookie")).toBe(
    `wmh_web=${"t".repeat(43)}; Max-Age=60; Path=/; HttpOnly; SameSite=Lax`,
  );
});

test("a procedure learns that its client has gone", async () => {
  const { port } = new URL(base);
  const socket = net.connect(Number(port), "127.0.0.1");
  socket.write(`GET ${rpcPrefix}/things.slow?input=%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n`);
  await vi.waitFor(() => expect(started).toHaveBeenCalledOnce());
  socket.destroy();
  await vi.waitFor(() => expect(aborted).toHaveBeenCalledOnce());
});

test("too many calls by one account are held off with the seconds to wait, others are not", async () => {
  const fields = { word: "TOO_MANY", http: 429 };
  let refused: Response | undefined;
  for (let n = 0; n < 60 && !refused; n++) {
    const answer = await fetch(`${base}/things.mine?input=%7B%7D`, { headers: bearer });
    if (answer.status === 429) refused = answer;
    else await answer.text();
  }
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await refused?.json())?.error.data).toMatchObject({
    httpStatus: fields.http,
    refusal: { word: fields.word },
  });
  expect(await single().things.say.query({ word: "a" })).toMatchObject({ said: "a" });
});

test("too many calls from one address are held off, batched ones counted each", async () => {
  const batch = Array.from({ length: 20 }, () => "things.leak").join(",");
  let status = 200;
  for (let n = 0; n < 30 && status !== 429; n++) {
    const answer = await fetch(`${base}/${batch}?batch=1&input=%7B%7D`);
    status = answer.status;
    await answer.text();
  }
  expect(status).toBe(429);
});
