import { randomBytes } from "node:crypto";

/** One-time codes as the vendors give them out: single use, five minutes. */
export type Codes<T> = {
  issue(what: T): string;
  /** "used" and "unknown" (also: expired) are told apart, as the vendors do. */
  redeem(code: string): { what: T } | { no: "used" | "unknown" };
};

const LIFE_MS = 5 * 60_000;

export function createCodes<T>(): Codes<T> {
  const given = new Map<string, { what: T; until: number; used: boolean }>();
  return {
    issue(what) {
      const code = randomBytes(16).toString("hex");
      given.set(code, { what, until: Date.now() + LIFE_MS, used: false });
      return code;
    },
    redeem(code) {
      const one = given.get(code);
      if (!one) return { no: "unknown" };
      if (one.used) return { no: "used" };
      one.used = true;
      return one.until < Date.now() ? { no: "unknown" } : { what: one.what };
    },
  };
}
