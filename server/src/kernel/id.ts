import { randomBytes, randomFillSync } from "node:crypto";
import type { Clock } from "./clock.ts";
import { systemClock } from "./clock.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
let lastMs = 0;
let lastRandom = 0n;
/** Drawn ahead: each call to the system costs more than the rest of an id. */
const drawn = Buffer.alloc(2_000);
let used = drawn.length;

function chance(bytes: number): Buffer {
  if (used + bytes > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += bytes;
  return drawn.subarray(used - bytes, used);
}

function encode(value: bigint, length: number): string {
  let text = "";
  for (let rest = value, i = 0; i < length; i++, rest >>= 5n) text = alphabet[Number(rest & 31n)] + text;
  return text;
}

/**
 * A ULID: 48 bits of milliseconds, 80 bits of chance, 26 characters of Crockford's base 32. Ids of one process always
 * rise, also within a millisecond and when the wall clock steps back, so newer rows land at the end of the index.
 */
export function newId(clock: Clock = systemClock): string {
  const now = clock.now();
  if (now > lastMs) {
    lastMs = now;
    // The top bit stays free, so that counting up within a millisecond cannot overflow.
    lastRandom = BigInt(`0x${chance(10).toString("hex")}`) >> 1n;
  } else {
    lastRandom += 1n + BigInt(chance(2).readUInt16BE());
  }
  return encode(BigInt(lastMs), 10) + encode(lastRandom, 16);
}

/** A secret for a person or a lease: `bytes` of chance as base64url. */
export const newToken = (bytes = 32): string => randomBytes(bytes).toString("base64url");

/** A one-time code of `digits` digits, each equally likely. */
export function newCode(digits = 6): string {
  const range = 10 ** digits;
  const limit = Math.floor(2 ** 32 / range) * range;
  for (;;) {
    const value = randomBytes(4).readUInt32BE();
    if (value < limit) return String(value % range).padStart(digits, "0");
  }
}
