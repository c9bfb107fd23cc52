import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { RefusalOnWire } from "@weimenhu/contract/refusals";
import { isOutOfReach, isPassing } from "./db-faults.ts";
import { type Refusal, refusalIn, refuse } from "./refuse.ts";

/** The error answer: tRPC's shape, in which `data.refusal` is ours. */
export type WireError = {
  message: string;
  code: number;
  data: { code: TRPC_ERROR_CODE_KEY; httpStatus: number; path?: string; requestId?: string; refusal: RefusalOnWire };
};

const keys: Record<number, TRPC_ERROR_CODE_KEY> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  426: "PRECONDITION_FAILED",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
};

/** Everything that is not a refusal is a bug, and says no more than that; except that the database is out of reach or busy. */
export const refusalOf = (thrown: unknown): Refusal =>
  refusalIn(thrown) ??
  (isOutOfReach(thrown)
    ? refuse("BUSY", { why: "the database is out of reach" })
    : isPassing(thrown)
      ? refuse("BUSY", { why: "others were in the way for too long" })
      : refuse("INTERNAL"));

export function wireError(refusal: Refusal, path: string | undefined, requestId: string | undefined): WireError {
  const onWire = refusal.onWire();
  const key = keys[refusal.http] ?? "INTERNAL_SERVER_ERROR";
  return {
    message: onWire.zh,
    code: TRPC_ERROR_CODES_BY_KEY[key],
    data: {
      code: key,
      httpStatus: refusal.http,
      ...(path === undefined ? {} : { path }),
      ...(requestId === undefined ? {} : { requestId }),
      refusal: onWire,
    },
  };
}
