import type { AnyProcedure, AnyRouter } from "@trpc/server";
import type { Clock } from "./clock.ts";
import type { Ctx } from "./ctx.ts";
import type { Db } from "./db.ts";
import { newId } from "./id.ts";
import type { Log } from "./log.ts";
import type { Meta } from "./rpc.ts";

/**
 * What anybody would be answered, asked from inside the process: for pages that the server draws itself. Only queries that
 * are open to everybody; validation and shapes are those of the wire.
 */
export function publicAnswers(router: AnyRouter, house: { db: Db; clock: Clock; log: Log }) {
  const procedures = router._def.procedures as Record<string, AnyProcedure>;
  return async (path: string, input: object): Promise<unknown> => {
    const procedure = Object.hasOwn(procedures, path) ? procedures[path] : undefined;
    const meta = procedure?._def.meta as Meta | undefined;
    if (!procedure || procedure._def.type !== "query" || meta?.who !== "anyone")
      throw new Error(`${path} is not public`);
    const ctx: Ctx = {
      ...house,
      requestId: newId(house.clock),
      channel: "web",
      client: { name: "server", version: null },
      ip: "",
      userAgent: "",
      caller: null,
      signal: new AbortController().signal,
      setSession: () => {},
      clearSession: () => {},
    };
    return meta.call(ctx, input);
  };
}
