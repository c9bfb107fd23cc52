import { contract } from "@weimenhu/contract";
import type { RegionCode } from "@weimenhu/domain/base/region";
import type { Sign } from "../../foundation/media/index.ts";
import { hotQuery, mutation, query, router } from "../../kernel/rpc.ts";
import * as desk from "./service.desk.ts";
import { move } from "./service.moves.ts";
import * as portals from "./service.portals.ts";
import * as open from "./service.public.ts";
import { type SearchProvider, search, termSearch } from "./service.search.ts";
import { portalNames } from "./store.portals.ts";
import { draftAddresses, type Names } from "./view.desk.ts";

export type NoticesDeps = {
  /** The county that is shown when no place is asked for. */
  home: RegionCode;
  /** How staff are called; from identity. */
  displayNames: Names;
  /** `host:port` of portals on private networks that may be read all the same. */
  allowHosts: readonly string[];
  sign: Sign;
  search?: SearchProvider;
};

const minute = 60_000;

export function noticesRooms(deps: NoticesDeps) {
  const { home, allowHosts, search: finder = termSearch } = deps;
  const names: Names = async (db, ids) => {
    const [people, sources] = await Promise.all([deps.displayNames(db, ids), portalNames(db, ids)]);
    return new Map([...people, ...sources]);
  };
  const seen = draftAddresses(deps.sign);
  const n = contract.notices;
  const p = contract.portals;
  return {
    notices: router({
      list: hotQuery(
        n.list,
        { ttlMs: minute, scopes: (input) => open.listScopes(input.region ?? home) },
        (ctx, input) => open.list(home, ctx, input),
      ),
      get: hotQuery(n.get, { ttlMs: minute, scopes: (input) => [open.noticeScope(input.id)] }, (ctx, input) =>
        open.get(ctx, input),
      ),
      search: query(n.search, "anyone", (ctx, input) => search({ home, search: finder }, ctx, input)),
      desk: query(n.desk, "notices.desk", (ctx, input) => desk.desk(names, ctx, input)),
      deskGet: query(n.deskGet, "notices.desk", (ctx, input) => seen(ctx, desk.deskGet(names, ctx, input))),
      draft: mutation(n.draft, "notices.write", (ctx, input) => seen(ctx, desk.draft(names, ctx, input))),
      save: mutation(n.save, "notices.write", (ctx, input) => seen(ctx, desk.save(names, ctx, input))),
      move: mutation(n.move, "notices.desk", (ctx, input) => seen(ctx, move({ names, search: finder }, ctx, input))),
      versions: query(n.versions, "notices.desk", (ctx, input) => desk.versions(names, ctx, input)),
      version: query(n.version, "notices.desk", (ctx, input) => seen(ctx, desk.version(names, ctx, input))),
      history: query(n.history, "notices.desk", (ctx, input) => desk.history(names, ctx, input)),
    }),
    portals: router({
      list: query(p.list, "portals.manage", (ctx, input) => portals.list(ctx, input)),
      add: mutation(p.add, "portals.manage", (ctx, input) => portals.add(allowHosts, ctx, input)),
      set: mutation(p.set, "portals.manage", (ctx, input) => portals.set(ctx, input)),
      refresh: mutation(p.refresh, "portals.manage", (ctx, input) => portals.refresh(ctx, input)),
    }),
  };
}
