import { type RiskLabel, riskLabelKeys, riskLabels } from "@weimenhu/domain/circle/duty";
import { useState } from "react";
import { isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { AreaField, Radios } from "../../ui/field.tsx";
import { folded } from "../../ui/folded.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Waiting } from "./moderation-card.tsx";
import { reachWords } from "./moderation-words.ts";

/** `gone`: it is not as it was shown any more, or not for this person to decide. */
export type Decided = "done" | "gone";

const choices = riskLabelKeys.map((key) => ({ key, word: riskLabels[key] }));
const outdated = [
  "STALE_VERSION",
  "WRONG_STATE",
  "NOT_FOUND",
  "POST_DELETED",
  "OTHER_PERSON_DECIDES",
  "SAME_PERSON",
] as const;

/** One decision: to show is asked once more; not to show needs a reason, which the author reads. */
export function ModerationSheet(props: {
  one: Waiting;
  pass: boolean;
  onClose: () => void;
  onDone: (how: Decided) => void;
}) {
  const { one, pass } = props;
  const decide = useAct("circle.decide");
  const [label, setLabel] = useState<RiskLabel | null>(null);
  const { text: note, set: setNote, forget } = useTyped(`decide:${one.id}`, "");
  const [checked, setChecked] = useState(false);
  const words = note.replace(/\s+/g, " ").trim();
  const noLabel = !pass && label === null;
  const noNote = label === "other" && words === "";
  const quote = `“${folded(one.text, 40, 2)}”`;
  const isOutdated = outdated.some((word) => isWord(decide.fault, word));

  const run = async () => {
    setChecked(true);
    if (noLabel || noNote) return;
    const why = label === null ? {} : { label, reason: words === "" ? riskLabels[label] : words };
    if (await decide.run({ id: one.id, pass, version: one.version, ...why })) {
      forget();
      props.onDone("done");
    }
  };

  return (
    <Sheet
      open
      title={pass ? "让大家看到" : "不让看到"}
      onClose={props.onClose}
      closeWord="先不定"
      unfilled={checked && (noLabel || noNote)}
      foot={
        <>
          {isWord(decide.fault, "STALE_VERSION") ? (
            <Note live tone="rice">
              作者刚改过内容，请重新看过再决定
            </Note>
          ) : (
            <FaultNote fault={decide.fault} onRetry={isOutdated ? undefined : run} />
          )}
          {isOutdated ? (
            <Button kind="primary" icon="rotate-cw" onTap={() => props.onDone("gone")}>
              重新看
            </Button>
          ) : (
            <Button kind={pass ? "primary" : "danger"} busy={decide.busy} onTap={run}>
              {pass ? "确定让大家看到" : "确定不让看到"}
            </Button>
          )}
        </>
      }
    >
      {pass ? (
        <Para>{`${quote}没有问题？${reachWords[one.audience]}都能看到。`}</Para>
      ) : (
        <>
          <Para>{`${quote}为什么不让看到？`}</Para>
          <Radios<RiskLabel> label="为什么不让看到" choices={choices} value={label} onChange={setLabel} />
          {checked && noLabel ? (
            <Box class="field-error" role="alert">
              请选择一个原因，作者会看到
            </Box>
          ) : null}
          <AreaField
            inSheet
            label={label === "other" ? "说明" : "说明（可以不填）"}
            hint="作者会看到，知道怎么改"
            value={note}
            onChange={setNote}
            maxLength={200}
            error={checked && noNote ? "请写清楚是什么原因" : null}
          />
        </>
      )}
    </Sheet>
  );
}
