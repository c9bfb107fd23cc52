import { timingSafeEqual } from "node:crypto";
import * as z from "zod/mini";
import { newToken } from "../../../kernel/id.ts";
import type { Seal } from "../../../kernel/seal.ts";

/** One trip through a platform's consent page. */
export type Trip = { vendor: "wechat" | "alipay"; back: string; consent: string };

const lifeMs = 10 * 60_000;
const kept = z.object({
  vendor: z.enum(["wechat", "alipay"]),
  back: z.string(),
  consent: z.string(),
  until: z.number(),
  nonce: z.string(),
});

/**
 * The trip lies in a cookie of this browser, and its MAC travels as `state` (64 hex digits: WeChat takes no other signs).
 * Who lures somebody onto a link with his own code fails: that browser has no cookie that fits (login CSRF).
 */
export function leave(seal: Seal, now: number, trip: Trip): { cookie: string; state: string } {
  const text = JSON.stringify({ ...trip, until: now + lifeMs, nonce: newToken(16) });
  const cookie = Buffer.from(text).toString("base64url");
  return { cookie, state: stateOf(seal, cookie) };
}

/** Null when state and cookie do not belong together, or too long ago. */
export function returned(
  seal: Seal,
  now: number,
  vendor: Trip["vendor"],
  cookie: string | undefined,
  state: unknown,
): Trip | null {
  if (cookie === undefined || typeof state !== "string" || !/^[0-9a-f]{64}$/.test(state)) return null;
  if (!timingSafeEqual(Buffer.from(state), Buffer.from(stateOf(seal, cookie)))) return null;
  // The MAC holds, so the text is our own.
  const trip = kept.parse(JSON.parse(Buffer.from(cookie, "base64url").toString("utf8")));
  return trip.vendor === vendor && now < trip.until ? trip : null;
}

export const tripSeconds = lifeMs / 1000;
const stateOf = (seal: Seal, cookie: string): string => seal.blindIndex(cookie, "hop.state");

/** A path on this site, or `/`: `//other.site`, `/\other.site` and whole addresses would lead people away (open redirect). */
export function localPath(back: unknown): string {
  if (typeof back !== "string" || back.length > 500 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(back)) return "/";
  const here = "http://here.invalid";
  return URL.canParse(back, here) && new URL(back, here).origin === here ? back : "/";
}
