import { contract } from "@weimenhu/contract";
import { mutation, query, router } from "../../kernel/rpc.ts";
import * as service from "./service.ts";

const { ops } = contract;

export const opsRoom = (deps: service.OpsDeps) =>
  router({
    deadLetters: query(ops.deadLetters, "ops.manage", (ctx, input) => service.deadLetters(ctx, input)),
    redrive: mutation(ops.redrive, "ops.manage", (ctx, input) => service.redrive(ctx, input)),
    drop: mutation(ops.drop, "ops.manage", (ctx, input) => service.drop(ctx, input)),
    audit: query(ops.audit, "audit.read", (ctx, input) => service.audit(deps, ctx, input)),
  });
