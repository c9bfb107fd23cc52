import { Writable } from "node:stream";
import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from "@trpc/client";
import { act, ask } from "@weimenhu/contract/shape";
import { vi } from "vitest";
import * as z from "zod/mini";
import { systemClock } from "../src/kernel/clock.ts";
import { openDb } from "../src/kernel/db.ts";
import { createHttp } from "../src/kernel/http.ts";
import { openLog } from "../src/kernel/log.ts";
import { refuse } from "../src/kernel/refuse.ts";
import { hotQuery, mutation, query, router } from "../src/kernel/rpc.ts";
import { rpcPrefix, rpcServer } from "../src/kernel/rpc-http.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { somebody } from "./room.ts";

const started = vi.fn();
const aborted = vi.fn();
const word = z.object({ word: z.string().check(z.maxLength(5)) });
const echo = z.object({ said: z.string(), as: z.nullable(z.string()) });
type Node = { c: Node[] };
const node: z.ZodMiniType<Node> = z.lazy(() => z.object({ c: z.array(node) }));
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

/** The token of P1, who has a phone and nothing else. */
export const token = "a".repeat(43);
export const bearer = { authorization: `Bearer ${token}` };
const caller = somebody([], { personId: "P1", sessionId: "S1", strong: false });

/** A procedure of every kind on a real port, and what is written about each call. */
export async function rpcKit() {
  const lines: Record<string, unknown>[] = [];
  const labels: string[] = [];
  const log = openLog(
    "info",
    new Writable({ write: (chunk, _encoding, done) => done(void lines.push(JSON.parse(String(chunk)))) }),
  );
  const config = testConfig({ MIN_CLIENT: "weapp=1.2.0", RATE_ADDRESS: "500", RATE_ACCOUNT: "50" });
  const db = openDb(config);
  const app = await createHttp({ config, log, pressure: { maxEventLoopDelay: 0, maxEventLoopUtilization: 0 } });
  const resolveCaller = async (given: string) => (given === token ? caller : null);
  const onCall = (path: string) => void labels.push(path);
  await app.register(rpcServer({ router: api, db, clock: systemClock, log, config, resolveCaller, onCall }), {
    prefix: rpcPrefix,
  });
  const base = (await app.listen({ host: "127.0.0.1", port: 0 })) + rpcPrefix;
  return {
    base,
    /** What was logged, and the names that the metrics count. */
    lines,
    labels,
    forget() {
      lines.splice(0);
      labels.splice(0);
    },
    /** Of `things.slow`. */
    started,
    aborted,
    single: (headers: Record<string, string> = {}) =>
      createTRPCClient<typeof api>({ links: [httpLink({ url: base, headers })] }),
    batched: (headers: Record<string, string> = {}) =>
      createTRPCClient<typeof api>({ links: [httpBatchLink({ url: base, headers })] }),
    async close() {
      await app.close();
      await db.close();
    },
  };
}

/** The refusal that a call ends in; fails when it ends otherwise. */
export async function refusalOf(call: Promise<unknown>) {
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
}
