import { deskRoom } from "./features/desk/index.ts";
import { noticesRooms, waiting as waitingNotices } from "./features/notices/index.ts";
import { opsRoom, opsWaiting } from "./features/ops/index.ts";
import { siteRoom } from "./features/site/index.ts";
import type { IdentityDeps } from "./foundation/identity/index.ts";
import { displayNames, identityRooms, villagersOf, waitingVerifications } from "./foundation/identity/index.ts";
import { regionsRoom } from "./foundation/regions/index.ts";
import type { Config } from "./kernel/config.ts";
import { router } from "./kernel/rpc.ts";

/** Every procedure of the product. Clients see only the type. */
export function makeApi(config: Config, identity: IdentityDeps) {
  const home = config.HOME_COUNTY;
  return router({
    site: siteRoom(config),
    regions: regionsRoom({ home, villagersOf }),
    ...identityRooms(identity),
    ...noticesRooms({
      home,
      displayNames: displayNames(identity),
      allowHosts: config.PORTAL_ALLOW_HOSTS,
    }),
    desk: deskRoom({ sources: [waitingNotices, waitingVerifications(identity), opsWaiting] }),
    ops: opsRoom(),
  });
}
export type AppRouter = ReturnType<typeof makeApi>;
