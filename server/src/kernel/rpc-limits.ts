import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { refuse } from "./refuse.ts";

/** Calls a minute, by address and by account. In memory: each process counts for itself, which is enough against floods. */
export class Limits {
  readonly #address: RateLimiterMemory;
  readonly #account: RateLimiterMemory;

  constructor(config: { RATE_ADDRESS: number; RATE_ACCOUNT: number }) {
    this.#address = new RateLimiterMemory({ points: config.RATE_ADDRESS, duration: 60 });
    this.#account = new RateLimiterMemory({ points: config.RATE_ACCOUNT, duration: 60 });
  }

  address = (ip: string, calls: number): Promise<void> => consume(this.#address, ip, calls);
  account = (personId: string, calls: number): Promise<void> => consume(this.#account, personId, calls);
}

async function consume(limiter: RateLimiterMemory, key: string, calls: number): Promise<void> {
  try {
    await limiter.consume(key, calls);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw refuse("TOO_MANY", { details: { seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1_000)) } });
  }
}
