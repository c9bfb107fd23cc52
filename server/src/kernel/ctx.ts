import type { Channel } from "@weimenhu/domain/identity/channel";
import type { Caller } from "@weimenhu/domain/permissions";
import type { Clock } from "./clock.ts";
import type { Db } from "./db.ts";
import type { Log } from "./log.ts";

export type { Caller, Who } from "@weimenhu/domain/permissions";

/** What a procedure knows of the call. */
export type Ctx = {
  readonly requestId: string;
  readonly clock: Clock;
  readonly db: Db;
  readonly log: Log;
  readonly channel: Channel;
  /** From the header `x-client: weapp/1.2.3`; the version is null when it was not sent. */
  readonly client: { readonly name: string; readonly version: string | null };
  readonly ip: string;
  readonly userAgent: string;
  readonly caller: Caller | null;
  /** Fires when the client goes away before its answer. */
  readonly signal: AbortSignal;
  /** For the web channels: puts the session token into the HttpOnly cookie, or takes it out. */
  setSession(token: string, maxAgeSeconds: number): void;
  clearSession(): void;
};
