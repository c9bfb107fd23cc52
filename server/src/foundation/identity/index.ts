/** The front door of people: signing in, accounts, verified villagers, roles. */
import type { Holding } from "../../kernel/holdings.ts";
import { accountRoom } from "./account/router.ts";
import type { IdentityDeps } from "./deps.ts";
import { grantsRoom } from "./grants/router.ts";
import { mandatesRoom } from "./mandates/router.ts";
import { signInRoom } from "./sign-in/router.ts";
import { verificationRoom } from "./verification/router.ts";

export { identityHoldings } from "./account/holdings.ts";
export { changedJob, sendChanged } from "./account/tell-old.ts";
export type { IdentityDeps, MandateNews } from "./deps.ts";
export { bootstrapAdmins, type FirstAdmin } from "./grants/first.ts";
export { type Cadre, cadresOn, isCadreOn, isStaffed, staffedOf } from "./grants/holders.ts";
export { callbacks, type HopDeps } from "./hop/callbacks.ts";
export { sweepIdentity } from "./jobs.ts";
export { type Principal, principalNames, principalOf, principalPhone } from "./mandates/acting.ts";
export { agreeJob, sendAgree } from "./mandates/jobs.ts";
export { accountOf, ageOf } from "./people/age.ts";
export { asPerson, holdPerson, holdPersons } from "./people/hold.ts";
export { contactOf, displayNames, inOffice, namesScope, officeNames, publicNames } from "./people/names.ts";
export { reachOf } from "./people/reach.ts";
export { patientOf, realPerson } from "./people/real.ts";
export { openPeople } from "./people/store.ts";
export { type Resealed, resealColumn, type SealedColumn, sealedColumns } from "./seals/store.ts";
export { resolveCaller } from "./sessions/caller.ts";
export { codeJob, sendCode } from "./sign-in/jobs.ts";
export { countWithin } from "./sign-in/store.ts";
export { waitingVerifications } from "./verification/decide.ts";
export { type Guardians, guardians } from "./verification/guardian.ts";
export { idCardIndex } from "./verification/sealed.ts";
export { countVillagers as villagersOf } from "./verification/store.ts";

/** The routers of `contract.{signIn, account, verification, mandates, grants}`. `holdings`: what every room keeps about people. */
export const identityRooms = (deps: IdentityDeps, holdings: readonly Holding[]) => ({
  signIn: signInRoom(deps),
  account: accountRoom(deps, holdings),
  verification: verificationRoom(deps),
  mandates: mandatesRoom(deps),
  grants: grantsRoom(deps),
});
