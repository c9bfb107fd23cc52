import type { MoveWords, SheetMove } from "@weimenhu/domain/cases/move-words";
import { type RefusalReason, refusalReasons } from "@weimenhu/domain/cases/state";
import { refusalNames } from "@weimenhu/domain/cases/words";
import { useState } from "react";
import { isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { AreaField, Radios } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { WholeCase } from "../../wire.ts";

const reasons = (Object.keys(refusalReasons) as RefusalReason[]).map((key) => ({
  key,
  word: refusalNames[key],
  under: refusalReasons[key],
}));

/** One move: what it means, the words, reason or person it needs, and the button. */
export function MoveSheet(props: {
  file: WholeCase;
  move: SheetMove;
  words: MoveWords;
  onClose: () => void;
  onDone: (words: string | null) => void;
}) {
  const { file, move, words } = props;
  const { text: typed, set: setTyped, forget, kept } = useTyped(`move:${file.id}:${move}`, null);
  // As it was when the sheet was opened: that it was done, and the answer lost, may be seen behind the sheet.
  const [about] = useState(`@${file.steps.length}`);
  const act = useAct("cases.move", true, words.text ? kept : undefined, about);
  const [reason, setReason] = useState<RefusalReason | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  // Not taken up: the reason's own sentence already says the right way; it may be changed.
  const text = typed ?? (reason ? refusalReasons[reason] : "");
  const missing = {
    text: words.text !== undefined && text.trim() === "",
    reason: move === "refuse" && reason === null,
    to: move === "assign" && to === null,
  };
  const unfilled = missing.text || missing.reason || missing.to;
  const overtaken = isWord(act.fault, "WRONG_STATE") || isWord(act.fault, "NOT_ALLOWED");
  const ended = (done: unknown) => {
    if (done === null) return;
    forget();
    props.onDone(`已办：${words.word}`);
  };
  const run = async () => {
    setTried(true);
    if (unfilled) return;
    const input = {
      id: file.id,
      move,
      ...(words.text ? { text: text.trim() } : {}),
      ...(reason ? { reason } : {}),
      ...(to ? { to } : {}),
    };
    ended(await act.run(input));
  };
  return (
    <Sheet
      open
      title={words.word}
      onClose={() => (overtaken ? props.onDone(null) : props.onClose())}
      closeWord="取消"
      unfilled={tried && unfilled}
      foot={
        <>
          {overtaken ? (
            <Note live tone="rice">
              刚才别人先处理了。点“取消”看最新情况，您写的话可以先复制。
            </Note>
          ) : (
            <FaultNote fault={act.fault} onRetry={run} />
          )}
          <Button kind={words.danger ? "danger" : "primary"} busy={act.busy} onTap={run}>
            {`确定${words.word}`}
          </Button>
        </>
      }
    >
      <Para>{words.ask}</Para>
      {move === "assign" ? <Cadres id={file.id} value={to} onChange={setTo} /> : null}
      {move === "refuse" ? <Radios label="原因" choices={reasons} value={reason} onChange={setReason} /> : null}
      {tried && missing.reason ? <Note tone="seal">请选一个原因</Note> : null}
      {tried && missing.to ? <Note tone="seal">请选一位经办人</Note> : null}
      {words.text ? (
        <AreaField
          label={words.text}
          inSheet
          value={text}
          onChange={setTyped}
          maxLength={500}
          error={tried && missing.text ? "请写几句话" : null}
        />
      ) : null}
    </Sheet>
  );
}

function Cadres(props: { id: string; value: string | null; onChange: (id: string) => void }) {
  const cadres = useAsk("cases.cadres", { id: props.id });
  return (
    <AnswerView answer={cadres}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty words="没有别的经办人可以选" icon="users" />
        ) : (
          <Stack gap={2}>
            <Radios
              label="经办人"
              choices={items.map(({ id, name, title }) => ({ key: id, word: name, under: title }))}
              value={props.value}
              onChange={props.onChange}
            />
          </Stack>
        )
      }
    </AnswerView>
  );
}
