import type { Caller } from "@weimenhu/domain/permissions";
import { refuse } from "./refuse.ts";
import type { Ctx } from "./rpc.ts";

/** The person who calls, in services behind a gate that lets only signed-in people through. */
export function signedIn(ctx: Pick<Ctx, "caller">): Caller {
  if (!ctx.caller) throw refuse("SIGN_IN_FIRST");
  return ctx.caller;
}

/** The version scope of what is known of a person who calls: grants, villages, sessions. Raise it with every change of these. */
export const callerScope = (personId: string): string => `person:${personId}`;
