import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { Button } from "../../ui/button.tsx";
import { Row } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Para } from "../../ui/words.tsx";

/** Who wrote a post whose author hides: for staff above the village, with a reason that is written down. */
export function UnmaskSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const unmask = useAct("circle.unmask");
  const [why, setWhy] = useState("");
  const [missing, setMissing] = useState(false);
  const [found, setFound] = useState<{ name: string; phone: string | null } | null>(null);
  const look = async () => {
    setMissing(why.trim() === "");
    if (why.trim() !== "") setFound(await unmask.run({ id, why: why.trim() }));
  };
  return (
    <Sheet
      open
      title="查看发布人"
      onClose={onClose}
      foot={
        found ? null : (
          <>
            <FaultNote fault={unmask.fault} onRetry={look} />
            <Button kind="primary" busy={unmask.busy} onTap={look}>
              查看
            </Button>
          </>
        )
      }
    >
      {found ? (
        <Row title={found.name} value={found.phone ?? "没有手机号"} />
      ) : (
        <>
          <Para>发布人不想让邻居知道自己。每次查看都会记下您的姓名、时间和理由。</Para>
          <TextField
            label="为什么要看"
            value={why}
            onChange={setWhy}
            maxLength={200}
            error={missing && why.trim() === "" ? "请写明理由" : null}
          />
        </>
      )}
    </Sheet>
  );
}
