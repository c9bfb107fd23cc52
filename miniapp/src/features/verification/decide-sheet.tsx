import { type VerificationReason, verificationReasons } from "@weimenhu/domain/identity/verification";
import { useState } from "react";
import { isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { AreaField, Radios } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Para } from "../../ui/words.tsx";
import { reasonWords, type Waiting } from "./words.ts";

/** `gone`: somebody else decided meanwhile. */
export type Decided = "accepted" | "refused" | "gone";

const reasons = Object.keys(verificationReasons) as VerificationReason[];
const choices = reasons.map((key) => ({ key, word: reasonWords[key], under: verificationReasons[key] }));

/** One decision: to accept is asked once more; to refuse needs a reason that tells the applicant what to do. */
export function DecideSheet(props: {
  item: Waiting;
  accept: boolean;
  onClose: () => void;
  onDone: (how: Decided) => void;
}) {
  const { item, accept } = props;
  const decide = useAct("verification.decide");
  const [reason, setReason] = useState<VerificationReason | null>(null);
  const [note, setNote] = useState("");
  const [checked, setChecked] = useState(false);
  const noReason = !accept && reason === null;
  const noNote = !accept && reason === "other" && note.trim() === "";
  const gone = isWord(decide.fault, "WRONG_STATE") || isWord(decide.fault, "NOT_FOUND");

  const run = async () => {
    setChecked(true);
    if (noReason || noNote) return;
    const done = await decide.run({
      id: item.id,
      accept,
      ...(accept || reason === null ? {} : { reason }),
      ...(note.trim() === "" ? {} : { note: note.trim() }),
    });
    if (done) props.onDone(accept ? "accepted" : "refused");
  };

  return (
    <Sheet
      open
      title={accept ? "通过认证" : "不通过"}
      onClose={props.onClose}
      closeWord="取消"
      unfilled={checked && (noReason || noNote)}
      foot={
        <>
          <FaultNote fault={decide.fault} onRetry={run} />
          {gone ? (
            <Button kind="primary" onTap={() => props.onDone("gone")}>
              刷新名单
            </Button>
          ) : (
            <Button kind={accept ? "primary" : "danger"} busy={decide.busy} onTap={run}>
              {accept ? "确定通过" : "确定不通过"}
            </Button>
          )}
        </>
      }
    >
      {accept ? (
        <Para>{`确定 ${item.name} 是${item.regionName}的村民？通过以后，他就是认证村民，可以办本村的事。`}</Para>
      ) : (
        <>
          <Radios<VerificationReason> label="为什么不通过" choices={choices} value={reason} onChange={setReason} />
          {checked && noReason ? (
            <Box class="field-error" role="alert">
              请选择一个原因，对方会看到
            </Box>
          ) : null}
          <AreaField
            inSheet
            label={reason === "other" ? "说明" : "说明（可以不填）"}
            hint="对方会看到。请不要写别人的信息"
            value={note}
            onChange={setNote}
            maxLength={200}
            error={checked && noNote ? "选了“其他原因”，请写清楚是什么" : null}
          />
        </>
      )}
    </Sheet>
  );
}
