import type { FastifyReply, FastifyRequest } from "fastify";
import { clientOf, isSameSite, isTooOld } from "./client-gate.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Caller, Ctx } from "./ctx.ts";
import type { Db } from "./db.ts";
import type { Log } from "./log.ts";
import { refuse } from "./refuse.ts";
import { RpcCall } from "./rpc-call.ts";
import { type Session, sessionOf } from "./rpc-session.ts";

/** A write that came with a cookie must come from a page of ours. */
export function checkSite(req: FastifyRequest, session: Session, origin: string): void {
  if (session.via === "bearer" || req.method === "GET") return;
  const headers = {
    origin: req.headers.origin,
    "sec-fetch-site": text(req.headers["sec-fetch-site"]),
    "x-client": text(req.headers["x-client"]),
  };
  if (!isSameSite(headers, origin, req.headers.host)) throw refuse("CROSS_SITE");
}

/**
 * A page that was opened by one person acts for nobody else: on the web another tab may have signed in as somebody else
 * meanwhile, and the cookie is theirs. Pages say who they were opened by; OTHER_PERSON when that is not who calls.
 */
export function checkPerson(req: FastifyRequest, session: Session, caller: Caller | null): void {
  if (session.via === "bearer" || req.method === "GET" || !caller) return;
  const opened = text(req.headers["x-person"]);
  if (opened !== undefined && opened !== caller.personId) throw refuse("OTHER_PERSON");
}

const text = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

type Settings = {
  db: Db;
  clock: Clock;
  log: Log;
  config: Pick<Config, "PUBLIC_URL" | "MIN_CLIENT">;
  resolveCaller: (token: string) => Promise<Caller | null>;
};

/** The context of a request that is not a procedure call (an upload): the same session, version and cross-site checks. */
export function requestContext(settings: Settings): (req: FastifyRequest, reply: FastifyReply) => Promise<Ctx> {
  const { origin, protocol } = new URL(settings.config.PUBLIC_URL);
  const secure = protocol === "https:";
  const { db, clock, log } = settings;
  return async (req, reply) => {
    const client = clientOf(text(req.headers["x-client"]));
    if (isTooOld(client, settings.config.MIN_CLIENT)) throw refuse("CLIENT_TOO_OLD");
    const session = sessionOf(req, client.channel, secure);
    if (session) checkSite(req, session, origin);
    const caller = session ? await settings.resolveCaller(session.token) : null;
    if (session) checkPerson(req, session, caller);
    return new RpcCall({ db, clock, log, secure }, req, reply, client, caller);
  };
}
