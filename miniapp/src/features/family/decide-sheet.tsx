import { useState } from "react";
import { isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { Button } from "../../ui/button.tsx";
import { AreaField, TextField } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Para } from "../../ui/words.tsx";
import type { Beside } from "./words.ts";

const titles = { allow: "登记授权", refuse: "退回", end: "结束授权" } as const;
const sure = { allow: "确定登记", refuse: "确定退回", end: "确定结束" } as const;

/** A yes needs the place of the paper, a no and an end a reason that both sides read. */
export function DecideSheet(props: {
  one: Beside;
  move: "allow" | "refuse" | "end";
  onClose: () => void;
  onDone: () => void;
  onGone: () => void;
}) {
  const { one, move } = props;
  const decide = useAct("mandates.decide");
  const [words, setWords] = useState("");
  const [checked, setChecked] = useState(false);
  const missing = words.trim() === "";
  const gone = isWord(decide.fault, "WRONG_STATE") || isWord(decide.fault, "NOT_FOUND");
  const run = async () => {
    setChecked(true);
    if (missing) return;
    const said = move === "allow" ? { paper: words.trim() } : { reason: words.trim() };
    if (await decide.run({ id: one.id, move, ...said })) props.onDone();
  };
  const who = `${one.holder}替${one.name}办`;
  return (
    <Sheet
      open
      title={titles[move]}
      onClose={props.onClose}
      closeWord="取消"
      unfilled={checked && missing}
      foot={
        <>
          <FaultNote fault={gone ? null : decide.fault} onRetry={run} />
          {gone ? (
            <Button kind="primary" onTap={props.onGone}>
              已经有了结果，刷新名单
            </Button>
          ) : (
            <Button kind={move === "allow" ? "primary" : "danger"} busy={decide.busy} onTap={run}>
              {sure[move]}
            </Button>
          )}
        </>
      }
    >
      <Para>{move === "allow" ? `确定看过本人签字的授权书和身份证，同意${who}？` : who}</Para>
      {move === "allow" ? (
        <TextField
          label="授权书放在哪里"
          hint="比如：村委会档案柜 3 号盒。不要写姓名"
          value={words}
          onChange={setWords}
          maxLength={40}
          error={checked && missing ? "请写授权书放在哪里，以后好找" : null}
        />
      ) : (
        <AreaField
          inSheet
          label="原因"
          hint="双方都会看到"
          value={words}
          onChange={setWords}
          maxLength={200}
          error={checked && missing ? "请写清楚原因" : null}
        />
      )}
    </Sheet>
  );
}
