import { contract } from "@weimenhu/contract";
import { hotQuery, router } from "../../kernel/rpc.ts";
import * as service from "./service.ts";

/** It is configuration: it stands until the next start. */
const forever = { ttlMs: 3_600_000, scopes: () => ["regions"] };

export const siteRoom = (deps: service.SiteDeps) =>
  router({
    about: hotQuery(contract.site.about, forever, (ctx) => service.about(deps, ctx)),
    document: hotQuery(contract.site.document, forever, (_ctx, input) => service.document(deps, input.name)),
  });
