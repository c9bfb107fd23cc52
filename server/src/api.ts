import { deskRoom } from "./features/desk/index.ts";
import { noticesHolding, noticesRooms, waiting as waitingNotices } from "./features/notices/index.ts";
import { opsRoom, opsWaiting } from "./features/ops/index.ts";
import { siteRoom } from "./features/site/index.ts";
import type { IdentityDeps } from "./foundation/identity/index.ts";
import {
  displayNames,
  holdPerson,
  identityHoldings,
  identityRooms,
  officeNames,
  villagersOf,
  waitingVerifications,
} from "./foundation/identity/index.ts";
import { mediaHolding } from "./foundation/media/index.ts";
import { followsHolding, regionsRoom } from "./foundation/regions/index.ts";
import { auditHolding } from "./kernel/audit-holding.ts";
import type { Config } from "./kernel/config.ts";
import { allHoldings } from "./kernel/holdings.ts";
import { router } from "./kernel/rpc.ts";

/** What the rooms keep about people, in the order of the export file. A new room that keeps anything adds itself here. */
export const holdingsOf = (identity: Pick<IdentityDeps, "seal">) =>
  allHoldings(identityHoldings(identity), [followsHolding, mediaHolding, noticesHolding, auditHolding]);

/** Every procedure of the product. Clients see only the type. */
export function makeApi(config: Config, identity: IdentityDeps) {
  const home = config.HOME_COUNTY;
  return router({
    site: siteRoom(config),
    regions: regionsRoom({ home, villagersOf, holdPerson }),
    ...identityRooms(identity, holdingsOf(identity)),
    ...noticesRooms({
      home,
      displayNames: displayNames(identity),
      allowHosts: config.PORTAL_ALLOW_HOSTS,
    }),
    desk: deskRoom({ sources: [waitingNotices, waitingVerifications(identity), opsWaiting] }),
    ops: opsRoom({ officeNames: officeNames(identity) }),
  });
}
export type AppRouter = ReturnType<typeof makeApi>;
