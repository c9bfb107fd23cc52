import type { Fault } from "../../fault.ts";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Empty, FaultNote } from "../../ui/states.tsx";

/** The line of one's own list that keeps a post from being shown; null where it is not that. */
export function blockedBy(fault: Fault | null): string | null {
  if (fault?.kind !== "refused" || fault.word !== "POST_BLOCKED") return null;
  const { of } = fault.details;
  return typeof of === "string" ? of : null;
}

/** A link led to what one does not want to see: says so, to nobody else, and offers to see it again. */
export function BlockedPost({ of, onBack }: { of: string; onBack: () => void }) {
  const unblock = useAct("circle.unblock");
  const restore = async () => {
    if (!(await unblock.run({ of }))) return;
    outdate("circle.");
    onBack();
  };
  return (
    <Card>
      <Empty words="您设了“不看”，所以这条内容没有打开。恢复以后就能看到，对方不会知道。" icon="user-x">
        <Stack gap={3}>
          <FaultNote fault={unblock.fault} onRetry={() => void restore()} />
          <Button kind="primary" icon="eye" busy={unblock.busy} onTap={() => void restore()}>
            恢复，看这条
          </Button>
          <Button to={to("circle")}>看大家说的话</Button>
        </Stack>
      </Empty>
    </Card>
  );
}
