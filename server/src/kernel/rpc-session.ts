import type { Channel } from "@weimenhu/domain/identity/channel";
import type { FastifyReply, FastifyRequest } from "fastify";

/** Where the session token came from: only a cookie comes along by itself, and needs the defence against foreign pages. */
export type Session = { token: string; via: "bearer" | "cookie" };

/** Site and desk each have a cookie of their own: signing in on one does not weaken or replace the session on the other. */
const cookieName = (channel: Channel, secure: boolean): string =>
  `${secure ? "__Host-" : ""}wmh_${channel === "desk" ? "desk" : "web"}`;

export function sessionOf(
  req: Pick<FastifyRequest, "headers" | "cookies">,
  channel: Channel,
  secure: boolean,
): Session | null {
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(req.headers.authorization ?? "")?.[1];
  if (bearer) return { token: bearer, via: "bearer" };
  const cookie = req.cookies[cookieName(channel, secure)];
  return cookie && /^[A-Za-z0-9_-]{20,200}$/.test(cookie) ? { token: cookie, via: "cookie" } : null;
}

/** Lax, not Strict: people come back from WeChat's and Alipay's consent pages by a top-level navigation. */
export function setSession(
  reply: FastifyReply,
  channel: Channel,
  secure: boolean,
  token: string,
  maxAge: number,
): void {
  reply.setCookie(cookieName(channel, secure), token, { path: "/", httpOnly: true, sameSite: "lax", secure, maxAge });
}

export function clearSession(reply: FastifyReply, channel: Channel, secure: boolean): void {
  reply.clearCookie(cookieName(channel, secure), { path: "/", httpOnly: true, sameSite: "lax", secure });
}
