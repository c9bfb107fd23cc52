import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { Button } from "../../ui/button.tsx";
import { AreaField, Radios } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";

const reasons = {
  abuse: "骂人、侮辱人",
  lie: "谣言、骗人",
  advert: "广告、拉人",
  privacy: "泄露别人的隐私",
  unlawful: "违法、有害",
  other: "其他",
} as const;
type Reason = keyof typeof reasons;
const choices = (Object.keys(reasons) as Reason[]).map((key) => ({ key, word: reasons[key] }));

/** Tells those who check what is wrong with a post or a comment. */
export function ReportSheet({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const report = useAct("circle.report");
  const [reason, setReason] = useState<Reason | null>(null);
  const [words, setWords] = useState("");
  const [checked, setChecked] = useState(false);
  const missing = reason === null || (reason === "other" && words.trim() === "");
  const send = async () => {
    setChecked(true);
    if (reason === null || missing) return;
    const more = words.replace(/\s+/g, " ").trim();
    const why = more === "" ? reasons[reason] : `${reasons[reason]}：${more}`;
    const done = await report.run({ id, why });
    if (done) onDone();
  };
  return (
    <Sheet
      open
      title="举报"
      onClose={onClose}
      closeWord="取消"
      unfilled={checked && missing}
      foot={
        <>
          <FaultNote fault={report.fault} onRetry={send} />
          <Button kind="primary" busy={report.busy} onTap={send}>
            提交举报
          </Button>
        </>
      }
    >
      <Radios label="为什么举报" choices={choices} value={reason} onChange={setReason} />
      <AreaField
        label={reason === "other" ? "请写明原因" : "补充说明（可以不写）"}
        inSheet
        value={words}
        onChange={setWords}
        maxLength={150}
        error={checked && reason === "other" && words.trim() === "" ? "请写明原因" : null}
      />
    </Sheet>
  );
}
