import { timingSafeEqual } from "node:crypto";
import { hmacSm3, subKey } from "../../kernel/seal.ts";
import { type FileName, readName } from "./view.ts";

/**
 * How long an address is good at least, and at most twice as long: it is rounded, so that everybody who asks within that time
 * gets the same one, and pages and pictures that are kept for a moment fit together. `draft` is for who writes: a text lies
 * open on a desk for hours.
 */
const lives = { shown: 10 * 60_000, draft: 12 * 3_600_000 } as const;

/** Turns the address of a file (`/m/…`) into one that is good for a while, also where the public may not see the file. */
export type Sign = (url: string, now: number, life?: keyof typeof lives) => string;
export type Addresses = {
  sign: Sign;
  /** Was this address given out by us, and is it still good? */
  holds(name: FileName, query: { until?: unknown; sig?: unknown }, now: number): boolean;
};

/** One address opens all sizes of one picture, until it ends; it says nothing about who got it. */
export function addresses({ INDEX_KEY }: { INDEX_KEY: Uint8Array }): Addresses {
  const key = subKey(INDEX_KEY, "media address", 32);
  const mac = ({ digest, kind }: Pick<FileName, "digest" | "kind">, until: string) =>
    hmacSm3(key, digest, kind, until).subarray(0, 16);
  return {
    sign(url, now, life = "shown") {
      const [path = "", query] = url.split("?");
      const name = readName(path.slice("/m/".length));
      if (!name) return url;
      const until = String((Math.floor(now / lives[life]) + 2) * lives[life]);
      const more = new URLSearchParams(query);
      more.set("until", until);
      more.set("sig", mac(name, until).toString("base64url"));
      return `${path}?${more}`;
    },
    holds(name, { until, sig }, now) {
      if (typeof until !== "string" || typeof sig !== "string" || !/^\d{13,15}$/.test(until)) return false;
      const given = Buffer.from(sig, "base64url");
      const right = mac(name, until);
      return given.length === right.length && timingSafeEqual(given, right) && now < Number(until);
    },
  };
}

/** A picture for those only who were given its address. */
export const signedPicture = <T extends { url: string; small: string }>(sign: Sign, now: number, picture: T): T => ({
  ...picture,
  url: sign(picture.url, now),
  small: sign(picture.small, now),
});
