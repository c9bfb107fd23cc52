import type { NoticeMove } from "@weimenhu/domain/notices/state";
import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { now } from "../../platform/clock.ts";
import { Button } from "../../ui/button.tsx";
import { instantOf } from "../../ui/date.ts";
import { AreaField, WhenField } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Para } from "../../ui/words.tsx";
import type { DeskNotice } from "../../wire.ts";
import { moveWords } from "./words.ts";

/** One move of a notice: what it means, the words or the time that it needs, and the button that does it. */
export function MoveSheet(props: { notice: DeskNotice; move: NoticeMove; onClose: () => void; onDone: () => void }) {
  const { notice, move } = props;
  const words = moveWords[move];
  const act = useAct("notices.move");
  const [reason, setReason] = useState("");
  const [day, setDay] = useState("");
  const [time, setTime] = useState("");
  const [missing, setMissing] = useState(false);
  const at = words.at ? instantOf(day, time) : null;
  const reasonMissing = words.reason === true && reason.trim() === "";
  const timeMissing = words.at === true && (at === null || at <= now());

  const run = async () => {
    setMissing(reasonMissing || timeMissing);
    if (reasonMissing || timeMissing) return;
    const done = await act.run({
      id: notice.id,
      version: notice.version,
      move,
      ...(words.reason ? { reason: reason.trim() } : {}),
      ...(at === null ? {} : { at }),
    });
    if (done) props.onDone();
  };

  return (
    <Sheet
      open
      title={words.word}
      onClose={props.onClose}
      closeWord="取消"
      unfilled={missing && (reasonMissing || timeMissing)}
      foot={
        <>
          <FaultNote fault={act.fault} onRetry={run} />
          <Button kind={words.danger ? "danger" : "primary"} busy={act.busy} onTap={run}>
            {`确定${words.word}`}
          </Button>
        </>
      }
    >
      <Para>{words.ask}</Para>
      {words.reason ? (
        <AreaField
          label="理由"
          inSheet
          value={reason}
          onChange={setReason}
          maxLength={200}
          error={missing && reasonMissing ? "请写明理由" : null}
        />
      ) : null}
      {words.at ? (
        <>
          <WhenField label="哪一天" mode="date" value={day} onChange={setDay} />
          <WhenField
            label="几点"
            mode="time"
            value={time}
            onChange={setTime}
            error={missing && timeMissing ? "请选择一个以后的时间" : null}
          />
        </>
      ) : null}
    </Sheet>
  );
}
