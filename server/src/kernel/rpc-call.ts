import type { Channel } from "@weimenhu/domain/identity/channel";
import type { Caller } from "@weimenhu/domain/permissions";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Client } from "./client-gate.ts";
import type { Clock } from "./clock.ts";
import type { Ctx } from "./ctx.ts";
import type { Db } from "./db.ts";
import type { Log } from "./log.ts";
import { clearSession, setSession } from "./rpc-session.ts";

type Server = { db: Db; clock: Clock; log: Log; secure: boolean };

/** The context of one request. What is rarely asked for is made only when it is. */
export class RpcCall implements Ctx {
  readonly requestId: string;
  readonly clock: Clock;
  readonly db: Db;
  readonly channel: Channel;
  readonly client: Client;
  readonly caller: Caller | null;
  readonly #server: Server;
  readonly #req: FastifyRequest;
  readonly #reply: FastifyReply;
  #signal: AbortSignal | null = null;
  #log: Log | null = null;

  constructor(server: Server, req: FastifyRequest, reply: FastifyReply, client: Client, caller: Caller | null) {
    this.requestId = req.id;
    this.clock = server.clock;
    this.db = server.db;
    this.channel = client.channel;
    this.client = client;
    this.caller = caller;
    this.#server = server;
    this.#req = req;
    this.#reply = reply;
  }

  get ip(): string {
    return this.#req.ip;
  }

  get userAgent(): string {
    return this.#req.headers["user-agent"]?.slice(0, 300) ?? "";
  }

  get log(): Log {
    this.#log ??= this.#server.log.child({ request: this.requestId });
    return this.#log;
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      const controller = new AbortController();
      const { raw } = this.#reply;
      if (raw.destroyed) controller.abort();
      else raw.once("close", () => raw.writableEnded || controller.abort());
      this.#signal = controller.signal;
    }
    return this.#signal;
  }

  setSession(token: string, maxAgeSeconds: number): void {
    setSession(this.#reply, this.channel, this.#server.secure, token, maxAgeSeconds);
  }

  clearSession(): void {
    clearSession(this.#reply, this.channel, this.#server.secure);
  }

  /** The same call as seen by an answer that is kept for everybody. */
  anonymous(): RpcCall {
    return this.caller ? new RpcCall(this.#server, this.#req, this.#reply, this.client, null) : this;
  }
}
