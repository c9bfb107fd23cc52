import { contract } from "@weimenhu/contract";
import { mutation, query, router } from "../../../kernel/rpc.ts";
import type { IdentityDeps } from "../deps.ts";
import { removeSecond } from "./remove-second.ts";
import * as service from "./service.ts";

const { grants } = contract;

export const grantsRoom = (deps: IdentityDeps) =>
  router({
    list: query(grants.list, "grants.manage", (ctx, input) => service.list(deps, ctx, input)),
    give: mutation(grants.give, "grants.manage", (ctx, input) => service.give(deps, ctx, input)),
    end: mutation(grants.end, "grants.manage", (ctx, input) => service.end(ctx, input)),
    removeSecond: mutation(grants.removeSecond, "grants.manage", (ctx, input) => removeSecond(ctx, input)),
  });
