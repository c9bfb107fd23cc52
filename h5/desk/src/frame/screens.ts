import { type ComponentType, lazy } from "react";
import type { PageKey } from "./nav.ts";

/** Each feature is its own chunk: signing in does not wait for the editor. */
export const screens: Record<PageKey, ComponentType> = {
  waiting: lazy(() => import("../features/waiting/waiting.tsx")),
  cases: lazy(() => import("../features/cases/cases.tsx")),
  board: lazy(() => import("../features/cases/board.tsx")),
  moderation: lazy(() => import("../features/circle/moderation.tsx")),
  notices: lazy(() => import("../features/notices/notices.tsx")),
  portals: lazy(() => import("../features/portals/portals.tsx")),
  verification: lazy(() => import("../features/verification/verification.tsx")),
  roster: lazy(() => import("../features/verification/roster.tsx")),
  grants: lazy(() => import("../features/grants/grants.tsx")),
  regions: lazy(() => import("../features/regions/regions.tsx")),
  system: lazy(() => import("../features/ops/system.tsx")),
  audit: lazy(() => import("../features/ops/audit.tsx")),
  account: lazy(() => import("../features/account/account.tsx")),
};
