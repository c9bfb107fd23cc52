import type { AnyProcedure, AnyRouter } from "@trpc/server";
import type { Caller } from "@weimenhu/domain/permissions";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Client, clientOf, isTooOld } from "./client-gate.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Db } from "./db.ts";
import { HotAnswers } from "./hot.ts";
import type { Log } from "./log.ts";
import { type Refusal, type RefusalWord, refusalIn, refuse } from "./refuse.ts";
import type { Meta } from "./rpc.ts";
import { RpcCall } from "./rpc-call.ts";
import { checkPerson, checkSite } from "./rpc-context.ts";
import { isTooDeep } from "./rpc-depth.ts";
import { refusalOf, wireError } from "./rpc-error.ts";
import { Limits } from "./rpc-limits.ts";
import { readCalls } from "./rpc-read.ts";
import { sessionOf } from "./rpc-session.ts";

export const rpcPrefix = "/trpc";

export type RpcSettings = {
  router: AnyRouter;
  db: Db;
  clock: Clock;
  log: Log;
  config: Pick<Config, "PUBLIC_URL" | "MIN_CLIENT" | "RATE_ADDRESS" | "RATE_ACCOUNT">;
  /** Who holds this session token; null when it is unknown, ended or expired. */
  resolveCaller: (token: string) => Promise<Caller | null>;
  onCall?: (path: string, outcome: "OK" | RefusalWord, ms: number) => void;
};

const json = "application/json; charset=utf-8";
const hotHeaders = "public, no-cache";

/**
 * tRPC's wire format on Fastify, without the official adapter's layer of web requests. Register it as a plugin of its
 * own: `await app.register(rpcServer(settings), { prefix: rpcPrefix })`.
 */
export function rpcServer(settings: RpcSettings) {
  return async (app: FastifyInstance): Promise<void> => {
    const endpoint = new Endpoint(settings);
    const parse = app.getDefaultJsonParser("error", "error");
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("application/json", { parseAs: "string" }, (req, body: string, done) => {
      // The stock client sends no body when there is no input, yet names its type.
      if (body === "") done(null, undefined);
      else void parse(req, body, done);
    });
    app.setErrorHandler((fault: unknown, req, reply) => endpoint.refused(req, reply, faultOfParser(fault)));
    app.route({ method: "GET", url: "/*", exposeHeadRoute: false, handler: endpoint.handle });
    app.route({ method: "POST", url: "/*", handler: endpoint.handle });
    app.route({
      method: ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"],
      url: "/*",
      // Before the body is read: nothing of it matters.
      onRequest: async (req, reply) =>
        endpoint.refused(req, reply.header("allow", "GET, POST"), refuse("WRONG_METHOD")),
      handler: () => undefined,
    });
  };
}

function faultOfParser(fault: unknown): unknown {
  const code = fault instanceof Error && "code" in fault ? fault.code : null;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return refuse("BODY_TOO_LARGE");
  const status = fault instanceof Error && "statusCode" in fault ? Number(fault.statusCode) : 500;
  return status >= 400 && status < 500 ? refuse("MALFORMED", { why: typeof code === "string" ? code : "body" }) : fault;
}

type Procedure = { method: "GET" | "POST"; meta: Meta };

function proceduresOf(router: AnyRouter): ReadonlyMap<string, Procedure> {
  const found = Object.entries(router._def.procedures as Record<string, AnyProcedure>).map(([path, procedure]) => {
    const meta = procedure._def.meta as Partial<Meta> | undefined;
    if (!meta?.who || !meta.shape || !meta.call)
      throw new Error(`${path} was not made with query, mutation or hotQuery`);
    return [path, { method: procedure._def.type === "query" ? "GET" : "POST", meta: meta as Meta }] as const;
  });
  return new Map(found);
}

type Answer = { text: string; status: number };

class Endpoint {
  readonly #set: RpcSettings;
  readonly #procedures: ReadonlyMap<string, Procedure>;
  readonly #limits: Limits;
  readonly #hot: HotAnswers;
  readonly #origin: string;
  readonly #server: { db: Db; clock: Clock; log: Log; secure: boolean };

  constructor(settings: RpcSettings) {
    const { db, clock, log, config } = settings;
    this.#set = settings;
    this.#procedures = proceduresOf(settings.router);
    this.#limits = new Limits(config);
    this.#hot = new HotAnswers({ versions: db.versions, clock });
    this.#origin = new URL(config.PUBLIC_URL).origin;
    this.#server = { db, clock, log, secure: this.#origin.startsWith("https:") };
  }

  handle = async (req: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const began = performance.now();
    try {
      const client = clientOf(header(req, "x-client"));
      if (isTooOld(client, this.#set.config.MIN_CLIENT)) throw refuse("CLIENT_TOO_OLD");
      const { paths, inputs, batch } = readCalls(req);
      await this.#limits.address(req.ip, paths.length);
      const first = paths[0] ?? "";
      if (!batch && req.method === "GET" && this.#isHot(first)) {
        return await this.#hotReply(req, reply, client, first, inputs[0], began);
      }
      const caller = await this.#callerOf(req, client, paths);
      const call = new RpcCall(this.#server, req, reply, client, caller);
      if (!batch) return send(reply, await this.#one(req, call, first, inputs[0], began));
      const answers = await Promise.all(paths.map((path, at) => this.#one(req, call, path, inputs[at], began)));
      const alike = answers.every((answer) => answer.status === answers[0]?.status);
      const text = `[${answers.map((answer) => answer.text).join(",")}]`;
      return send(reply, { text, status: alike ? (answers[0]?.status ?? 200) : 207 });
    } catch (fault) {
      return this.refused(req, reply, fault, began);
    }
  };

  /** A request that was refused as a whole, before any of its procedures ran. */
  refused = (req: FastifyRequest, reply: FastifyReply, fault: unknown, began = performance.now()): FastifyReply => {
    const refusal = this.#note(fault, req, undefined, began);
    const seconds = refusal.details?.["seconds"];
    if (typeof seconds === "number") reply.header("retry-after", seconds);
    // A single object: the stock batch client takes it as the answer to each of its calls.
    return send(reply, {
      text: JSON.stringify({ error: wireError(refusal, undefined, req.id) }),
      status: refusal.http,
    });
  };

  async #callerOf(req: FastifyRequest, client: Client, paths: readonly string[]): Promise<Caller | null> {
    const session = sessionOf(req, client.channel, this.#server.secure);
    if (!session) return null;
    checkSite(req, session, this.#origin);
    // Answers for everybody do not ask who is calling.
    if (req.method === "GET" && paths.every((path) => this.#isHot(path))) return null;
    const caller = await this.#set.resolveCaller(session.token);
    checkPerson(req, session, caller);
    if (caller) await this.#limits.account(caller.personId, paths.length);
    return caller;
  }

  #metaAt(path: string, method: string): Meta {
    const found = this.#procedures.get(path);
    if (!found) throw refuse("UNKNOWN_PROCEDURE");
    if (found.method !== method) throw refuse("WRONG_METHOD");
    return found.meta;
  }

  #isHot(path: string): boolean {
    return this.#procedures.get(path)?.meta.hot !== undefined;
  }

  async #one(req: FastifyRequest, call: RpcCall, path: string, input: unknown, began: number): Promise<Answer> {
    try {
      const meta = this.#metaAt(path, req.method);
      const { hot } = meta;
      const text = hot
        ? (await this.#hot.answer(keyOf(path, input), hot, input, () => run(meta, call.anonymous(), input))).body
        : await run(meta, call, input);
      this.#set.onCall?.(path, "OK", performance.now() - began);
      return { text, status: 200 };
    } catch (fault) {
      const refusal = this.#note(fault, req, path, began, call.client);
      return { text: JSON.stringify({ error: wireError(refusal, path, req.id) }), status: refusal.http };
    }
  }

  async #hotReply(
    req: FastifyRequest,
    reply: FastifyReply,
    client: Client,
    path: string,
    input: unknown,
    began: number,
  ) {
    const meta = this.#metaAt(path, req.method);
    if (!meta.hot) throw new Error("not a hot procedure");
    const key = keyOf(path, input);
    let answer = this.#hot.known(key);
    if (!answer) {
      const make = () => run(meta, new RpcCall(this.#server, req, reply, client, null), input);
      try {
        answer = await this.#hot.answer(key, meta.hot, input, make);
      } catch (fault) {
        const refusal = this.#note(fault, req, path, began, client);
        return send(reply, { text: JSON.stringify({ error: wireError(refusal, path, req.id) }), status: refusal.http });
      }
    }
    this.#set.onCall?.(path, "OK", performance.now() - began);
    reply.header("etag", answer.etag).header("cache-control", hotHeaders);
    if (matches(req.headers["if-none-match"], answer.etag)) return reply.code(304).send();
    return reply.header("content-type", json).send(answer.body);
  }

  /** One line for each call that ended badly: refusals at info, our own bugs at error with their cause. */
  #note(fault: unknown, req: FastifyRequest, path: string | undefined, began: number, client?: Client): Refusal {
    const refusal = refusalOf(fault);
    const { word } = refusal;
    const ms = Math.round(performance.now() - began);
    // Only a name of ours: what somebody made up would grow the metrics without end and stand in the log as it came.
    const known = path !== undefined && this.#procedures.has(path) ? path : undefined;
    this.#set.onCall?.(known ?? "", word, ms);
    const line = { request: req.id, path: known, word, ms, client: client?.name, version: client?.version };
    if (word === "INTERNAL") this.#set.log.error({ ...line, err: fault }, "call failed");
    else if (word === "BUSY") this.#set.log.warn({ ...line, why: refusal.why, ...causeOf(fault) }, "call not served");
    else this.#set.log.info({ ...line, why: refusal.why }, "call refused");
    return refusal;
  }
}

/** A refusal says all by its `why`. */
const causeOf = (fault: unknown) => (refusalIn(fault) ? {} : { err: fault });

function keyOf(path: string, input: unknown): string {
  // Writing it out recurses as well.
  if (isTooDeep(input)) throw refuse("BAD_INPUT", { details: { fields: [] } });
  return `${path} ${input === undefined ? "" : JSON.stringify(input)}`;
}

const header = (req: FastifyRequest, name: string): string | undefined => {
  const value = req.headers[name];
  return typeof value === "string" ? value : undefined;
};

/** Proxies that squeeze make a strong tag weak, so both are the same to us. */
function matches(known: string | undefined, etag: string): boolean {
  if (known === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return known.split(",").some((tag) => bare(tag) === bare(etag));
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status).header("content-type", json).header("cache-control", "no-store");
  if (answer.status === 503 && !reply.hasHeader("retry-after")) reply.header("retry-after", 5);
  return reply.send(answer.text);
}

/** The answer of one call as tRPC writes it. */
const run = async (meta: Meta, ctx: RpcCall, input: unknown): Promise<string> =>
  JSON.stringify({ result: { data: await meta.call(ctx, input) } });
