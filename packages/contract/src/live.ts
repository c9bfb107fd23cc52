import * as z from "zod/mini";
import { type LiveAsk, liveLimits } from "./live-wire.ts";

export * from "./live-wire.ts";

const scope = z.string().check(z.regex(/^[a-z]{2,12}:[0-9A-Za-z]{1,32}$/));

/** What a client sends. What phones need of this wire stands in `live-wire.ts`, without shapes. */
export const liveAsk: z.ZodMiniType<LiveAsk> = z.object({
  client: z.string().check(z.maxLength(40)),
  token: z.optional(z.string().check(z.maxLength(200))),
  scopes: z.array(scope).check(z.maxLength(liveLimits.scopes)),
});
