import { refusals } from "@weimenhu/contract/refusals";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../../../kernel/clock.ts";
import type { Db } from "../../../kernel/db.ts";
import type { Log } from "../../../kernel/log.ts";
import { pageHeaders } from "../../../kernel/plain-page.ts";
import { type RefusalWord, refusalIn } from "../../../kernel/refuse.ts";
import { Limits } from "../../../kernel/rpc-limits.ts";
import { sessionOf, setSession } from "../../../kernel/rpc-session.ts";
import type { IdentityDeps } from "../deps.ts";
import type { Subject } from "../people/store.ts";
import { resolveCaller } from "../sessions/caller.ts";
import { lifeMs } from "../sessions/service.ts";
import { asked, isOff, loginRefusal } from "../sign-in/outside.ts";
import { enter, wechatSubjects } from "../sign-in/platform.ts";
import { failedPage } from "./page.ts";
import { leave, localPath, returned, type Trip, tripSeconds } from "./state.ts";

export type HopDeps = IdentityDeps & { db: Db; clock: Clock; log: Log };
type Vendor = Trip["vendor"];
type Query = Record<string, unknown>;
/** From one address: a village or a mobile network may sit behind it. */
const backsPerMinute = 300;

/**
 * Signing in on the H5 site inside WeChat's and Alipay's own browsers: `GET /auth/wechat?back=/…&consent=<version>` leads
 * to the platform and over `/auth/wechat/back` home again, with a session.
 */
export function callbacks(app: FastifyInstance, deps: HopDeps): void {
  // Each way back asks the platform once, so it must not be a machine's to call.
  const limits = new Limits({ RATE_ADDRESS: backsPerMinute, RATE_ACCOUNT: backsPerMinute });
  for (const vendor of ["wechat", "alipay"] as const) {
    const route = { method: "GET" as const, exposeHeadRoute: false };
    app.route({ ...route, url: `/auth/${vendor}`, handler: (req, reply) => start(deps, vendor, req, reply) });
    app.route({
      ...route,
      url: `/auth/${vendor}/back`,
      handler: (req, reply) => back(deps, vendor, limits, req, reply),
    });
  }
}

const isSecure = (deps: HopDeps): boolean => deps.publicUrl.startsWith("https:");
const cookieName = (deps: HopDeps): string => `${isSecure(deps) ? "__Host-" : ""}wmh_hop`;
const cookieRule = (deps: HopDeps) => ({ path: "/", httpOnly: true, sameSite: "lax", secure: isSecure(deps) }) as const;

function start(deps: HopDeps, vendor: Vendor, req: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query = req.query as Query;
  const trip: Trip = {
    vendor,
    back: localPath(query["back"]),
    consent: typeof query["consent"] === "string" ? query["consent"] : "",
  };
  // Nothing is asked of a platform before the privacy text was agreed to.
  if (isOff(deps, vendor === "wechat" ? "wechat-web" : vendor)) return failed(deps, reply, "SIGN_IN_OFF", null);
  if (trip.consent !== privacyVersion) return failed(deps, reply, "CONSENT_FIRST", null);
  const { cookie, state } = leave(deps.seal, deps.clock.now(), trip);
  const port = vendor === "wechat" ? deps.wechatWeb : deps.alipay;
  const url = port.authorizeUrl({ back: `${deps.publicUrl}/auth/${vendor}/back`, state });
  reply.setCookie(cookieName(deps), cookie, { ...cookieRule(deps), maxAge: tripSeconds });
  return reply.header("cache-control", "no-store").redirect(url, 302);
}

async function back(
  deps: HopDeps,
  vendor: Vendor,
  limits: Limits,
  req: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = req.query as Query;
  const trip = returned(deps.seal, deps.clock.now(), vendor, req.cookies[cookieName(deps)], query["state"]);
  reply.clearCookie(cookieName(deps), cookieRule(deps));
  if (!trip) return failed(deps, reply, "LOGIN_CODE_BAD", null);
  const code = query[vendor === "wechat" ? "code" : "auth_code"];
  // Without a code the person said no on the platform's page.
  if (typeof code !== "string" || code === "" || code.length > 200) {
    return failed(deps, reply, "LOGIN_CODE_BAD", trip);
  }
  try {
    await limits.address(req.ip, 1);
    const subjects = await subjectsOf(deps, vendor, code);
    const token = await enter(deps, await visitorOf(deps, req), "web", subjects);
    setSession(reply, "web", isSecure(deps), token, lifeMs("web", deps.sessionDays) / 1000);
    return reply.header("cache-control", "no-store").redirect(trip.back, 303);
  } catch (fault) {
    const refusal = refusalIn(fault);
    if (!refusal) deps.log.error({ request: req.id, err: fault }, "the hop failed");
    return failed(deps, reply, refusal?.word ?? "INTERNAL", trip);
  }
}

async function subjectsOf(deps: HopDeps, vendor: Vendor, code: string): Promise<Subject[]> {
  if (vendor === "wechat") {
    const known = await asked(deps.log, deps.wechatWeb.exchange(code));
    if ("no" in known) throw loginRefusal(known.no);
    return wechatSubjects("wechat-web", known);
  }
  const known = await asked(deps.log, deps.alipay.session(code));
  if ("no" in known) throw loginRefusal(known.no);
  return [{ provider: "alipay", subject: known.openId }];
}

async function visitorOf(deps: HopDeps, req: FastifyRequest) {
  const session = sessionOf(req, "web", isSecure(deps));
  const caller =
    session?.via === "cookie" ? await resolveCaller(deps.db, deps.clock, session.token, deps.sessionDays) : null;
  const userAgent = req.headers["user-agent"] ?? "";
  return { db: deps.db, clock: deps.clock, channel: "web" as const, ip: req.ip, userAgent, caller };
}

function failed(deps: HopDeps, reply: FastifyReply, word: RefusalWord, trip: Trip | null): FastifyReply {
  const again = trip && `/auth/${trip.vendor}?${new URLSearchParams({ back: trip.back, consent: trip.consent })}`;
  deps.log.info({ word }, "the hop was refused");
  return reply.code(refusals[word].http).headers(pageHeaders).send(failedPage(refusals[word].zh, again));
}
