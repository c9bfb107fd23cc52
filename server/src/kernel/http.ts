import cookie from "@fastify/cookie";
import underPressure from "@fastify/under-pressure";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type Config, ConfigFault } from "./config.ts";
import { newToken } from "./id.ts";
import type { Log } from "./log.ts";
import { pageHeaders, plainPage } from "./plain-page.ts";
import { type Refusal, type RefusalWord, refuse } from "./refuse.ts";
import { refusalOf, wireError } from "./rpc-error.ts";

export type HttpSettings = {
  config: Pick<Config, "TRUST_PROXY">;
  log: Log;
  /**
   * Above either, requests are answered 503. By default only the delay of the event loop counts, at 1 s: a process that
   * is fully used yet answers at once is not overloaded.
   */
  pressure?: { maxEventLoopDelay: number; maxEventLoopUtilization: number };
};

/** A person's browser that goes somewhere; scripts, pictures and the API ask otherwise. */
const wantsPage = (request: FastifyRequest): boolean =>
  request.method === "GET" && (request.headers.accept ?? "").includes("text/html");

/** To somebody in front of a browser it is the address that is wrong. */
const pageWords: Partial<Record<RefusalWord, string>> = {
  NOT_FOUND: "没有找到这一页，可能已经删除，或者网址不对",
  MALFORMED: "网址不对，可能没有复制完整，请核对后再打开",
};

const json = "application/json; charset=utf-8";

/** The web server: ids, limits, cookies, overload, and faults without a stack trace. Routes are registered on it. */
export async function createHttp({ config, log, pressure }: HttpSettings): Promise<FastifyInstance> {
  const proxies = config.TRUST_PROXY.split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  const app = Fastify({
    logger: false,
    trustProxy: proxies.length > 0 ? proxies : false,
    bodyLimit: 256 * 1024,
    // A photo of ten megabytes from a field with one bar of signal takes its time.
    requestTimeout: 180_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 4_000 },
    genReqId: requestIds(),
    requestIdHeader: false,
    return503OnClosing: true,
    forceCloseConnections: "idle",
    frameworkErrors: (fault, req, reply) => void failed(fault, req, reply),
  });
  const failed = (fault: unknown, req: FastifyRequest, reply: FastifyReply) => {
    const refusal = asRefusal(fault);
    const line = { request: req.id, method: req.method, word: refusal.word };
    if (refusal.word === "INTERNAL") log.error({ ...line, err: fault }, "request failed");
    else log.info({ ...line, why: refusal.why }, "request refused");
    return say(reply, refusal, req);
  };
  app.addHook("onRequest", (req, reply, done) => {
    reply.header("x-request-id", req.id).header("x-content-type-options", "nosniff");
    done();
  });
  app.addHook("preClose", async () => {
    // A connection that was busy when closing began turns idle later; kept alive it would hold up the end for a minute.
    const closing = setInterval(() => app.server.closeIdleConnections(), 50);
    app.server.once("close", () => clearInterval(closing));
  });
  app.setErrorHandler(failed);
  app.setNotFoundHandler((req, reply) => say(reply, refuse("NOT_FOUND"), req));
  await app.register(cookie);
  await app.register(underPressure, {
    maxEventLoopDelay: pressure?.maxEventLoopDelay ?? 1_000,
    maxEventLoopUtilization: pressure?.maxEventLoopUtilization ?? 0,
    sampleInterval: 500,
    // Asynchronous, so that the plugin waits for it and a refusal goes the way of every other.
    pressureHandler: async (req, reply) => {
      // Whether the process is alive must be answered most of all when it is busy.
      if (req.url === "/healthz" || req.url === "/readyz") return;
      reply.header("retry-after", 10);
      throw refuse("BUSY", { why: "event loop", details: { seconds: 10 } });
    },
  });
  return app;
}

/** Unlike between processes, counted within one: chance for each request would cost as much as checking its input. */
function requestIds(): () => string {
  const process = newToken(9);
  let count = 0;
  return () => `${process}-${(++count).toString(36)}`;
}

const bindFaults: Record<string, (at: { host: string; port: number }) => [setting: "HOST" | "PORT", what: string]> = {
  EADDRINUSE: ({ port }) => ["PORT", `${port} is in use by another program`],
  EACCES: ({ port }) => ["PORT", `this user may not listen on ${port}`],
  EADDRNOTAVAIL: ({ host }) => ["HOST", `${host} is not an address of this machine`],
  ENOTFOUND: ({ host }) => ["HOST", `${host} is not an address of this machine`],
  EAI_AGAIN: ({ host }) => ["HOST", `${host} is not an address of this machine`],
};

/** Runs `listen`; where a setting is why nobody can listen there, the fault is a `ConfigFault` that names it. */
export async function listening<T>(
  at: { host: string; port: number; prefix?: "METRICS_" },
  listen: () => Promise<T>,
): Promise<T> {
  try {
    return await listen();
  } catch (fault) {
    const known = bindFaults[fault instanceof Error && "code" in fault ? String(fault.code) : ""];
    if (!known) throw fault;
    const [setting, what] = known(at);
    throw new ConfigFault([`${at.prefix ?? ""}${setting}: ${what}`]);
  }
}

function say(reply: FastifyReply, refusal: Refusal, request: FastifyRequest): FastifyReply {
  if (wantsPage(request)) {
    const words = pageWords[refusal.word] ?? refusal.onWire().zh;
    return reply.code(refusal.http).headers(pageHeaders).send(plainPage(words));
  }
  return reply
    .code(refusal.http)
    .header("content-type", json)
    .header("cache-control", "no-store")
    .send(JSON.stringify({ error: wireError(refusal, undefined, request.id) }));
}

function asRefusal(fault: unknown): Refusal {
  const status = fault instanceof Error && "statusCode" in fault ? Number(fault.statusCode) : 500;
  if (status === 413) return refuse("BODY_TOO_LARGE");
  const why = fault instanceof Error && "code" in fault ? String(fault.code) : "request";
  return status >= 400 && status < 500 ? refuse("MALFORMED", { why }) : refusalOf(fault);
}
