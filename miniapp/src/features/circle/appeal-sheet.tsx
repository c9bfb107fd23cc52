import { dutyLimits } from "@weimenhu/domain/circle/duty";
import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { now } from "../../platform/clock.ts";
import { AppealedNote } from "../../ui/appealed.tsx";
import { Button } from "../../ui/button.tsx";
import { AreaField } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import type { Appealed } from "../../wire.ts";

type Props = {
  /** What `may` be appealed for, under which id. */
  id: string | null;
  appealed: Appealed | undefined;
  onDone: () => void;
};

/** Asks for a person's eyes on what was refused, once for each text; and what became of that. */
export function Appeal({ id, appealed, onDone }: Props) {
  if (appealed) return <AppealedNote appealed={appealed} />;
  return id === null ? null : <Ask id={id} onDone={onDone} />;
}

function Ask({ id, onDone }: { id: string; onDone: () => void }) {
  const appeal = useAct("circle.appeal", true);
  const [open, setOpen] = useState(false);
  const { text: why, set: setWhy, forget } = useTyped(`appeal:${id}`, "");
  const [missing, setMissing] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const send = async () => {
    const words = why.replace(/\s+/g, " ").trim();
    setMissing(words === "");
    if (words === "" || !(await appeal.run({ id, why: words }))) return;
    forget();
    setOpen(false);
    setDone(now());
    onDone();
  };
  if (done !== null) return <AppealedNote live appealed={{ at: done, decidedAt: null, upheld: null }} />;
  return (
    <>
      <Button small icon="undo-2" onTap={() => setOpen(true)}>
        弄错了？申诉
      </Button>
      <Sheet
        open={open}
        title="申诉"
        onClose={() => setOpen(false)}
        closeWord="取消"
        unfilled={missing && why.trim() === ""}
        foot={
          <>
            <FaultNote fault={appeal.fault} onRetry={send} />
            <Button kind="primary" busy={appeal.busy} onTap={send}>
              提交申诉
            </Button>
          </>
        }
      >
        <AreaField
          label="为什么应该让大家看到"
          hint="写给工作人员看，别人看不到"
          inSheet
          value={why}
          onChange={setWhy}
          maxLength={dutyLimits.appeal}
          error={missing && why.trim() === "" ? "请写几句话" : null}
        />
      </Sheet>
    </>
  );
}
