import type { ReactNode } from "react";
import { faultOf } from "../fault.ts";
import { refreshMe, useSession } from "../session.ts";
import type { Me } from "../wire.ts";
import { Card } from "./card.tsx";
import { FaultView, Skeleton } from "./states.tsx";

/** What is only for somebody signed in. Others are led there; who they are may also not be known yet, or asked in vain. */
export function SignedInOnly({ asks = "请先登录", children }: { asks?: string; children: (me: Me) => ReactNode }) {
  const { me, state } = useSession();
  if (me !== null) return <>{children(me)}</>;
  if (state === "asking") return <Skeleton rows={4} />;
  return (
    <Card>
      {state === "lost" ? (
        <FaultView fault={faultOf("offline")} onRetry={() => void refreshMe()} />
      ) : (
        <FaultView fault={{ kind: "refused", word: "SIGN_IN_FIRST", zh: asks, details: {} }} />
      )}
    </Card>
  );
}
