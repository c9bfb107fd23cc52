import { contract } from "@weimenhu/contract";
import { mutation, query, router } from "../../../kernel/rpc.ts";
import { agree, decline, end, mine, sendCode } from "./agree.ts";
import { askFor } from "./ask.ts";
import { decide, queue } from "./decide.ts";
import type { MandateDeps } from "./deps.ts";

const { mandates } = contract;

export const mandatesRoom = (deps: MandateDeps) =>
  router({
    mine: query(mandates.mine, "phone", (ctx) => mine(deps, ctx)),
    ask: mutation(mandates.ask, "agreed", (ctx, input) => askFor(deps, ctx, input)),
    sendCode: mutation(mandates.sendCode, "agreed", (ctx, input) => sendCode(deps, ctx, input)),
    agree: mutation(mandates.agree, "agreed", (ctx, input) => agree(deps, ctx, input)),
    decline: mutation(mandates.decline, "phone", (ctx, input) => decline(deps, ctx, input)),
    end: mutation(mandates.end, "phone", (ctx, input) => end(deps, ctx, input)),
    queue: query(mandates.queue, "villagers.decide", (ctx, input) => queue(deps, ctx, input)),
    decide: mutation(mandates.decide, "villagers.decide", (ctx, input) => decide(deps, ctx, input)),
  });
