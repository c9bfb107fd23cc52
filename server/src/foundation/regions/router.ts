import { contract } from "@weimenhu/contract";
import { hotQuery, mutation, router } from "../../kernel/rpc.ts";
import * as service from "./service.ts";

const { regions } = contract;

export const regionsRoom = (deps: service.RegionDeps) =>
  router({
    tree: hotQuery(regions.tree, { ttlMs: 3_600_000, scopes: () => [service.treeScope] }, (ctx) => service.tree(ctx)),
    get: hotQuery(
      regions.get,
      { ttlMs: 60_000, scopes: (input) => [service.treeScope, service.placeScope(input.code)] },
      (ctx, input) => service.get(deps, ctx, input),
    ),
    follow: mutation(regions.follow, "person", (ctx, input) => service.follow(deps, ctx, input.code)),
    unfollow: mutation(regions.unfollow, "person", (ctx, input) => service.unfollow(deps, ctx, input.code)),
    setHome: mutation(regions.setHome, "person", (ctx, input) => service.setHome(deps, ctx, input.code)),
    add: mutation(regions.add, "regions.manage", (ctx, input) => service.add(deps, ctx, input)),
  });
