import { placeWords } from "@weimenhu/domain/cases/level";
import { reopenDays, silenceDays } from "@weimenhu/domain/cases/state";
import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { AreaField } from "../../ui/field.tsx";
import { Writer } from "../../ui/post-card.tsx";
import { Confirm, Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Thumbs } from "../../ui/thumbs.tsx";
import { Heading, Para } from "../../ui/words.tsx";
import type { WholeCase } from "../../wire.ts";
import { RateCard } from "./rate.tsx";

/** `waits`: the author waits for the village again. */
type Props = { file: WholeCase; onDone: (words: string | null, waits?: boolean) => void };

/** What whoever raised it may say: that it is solved, that it is not, how it was, or that it is not needed any more. */
export function AuthorPart({ file, onDone }: Props) {
  const rates = file.may.includes("rate") || file.may.includes("rateBadly");
  const ends = file.may.includes("confirm") || file.may.includes("reopen");
  if (!ends && !rates && !file.may.includes("withdraw")) return null;
  return (
    <Stack>
      {ends ? <Ends file={file} onDone={onDone} /> : null}
      {rates ? <RateCard file={file} onDone={onDone} /> : null}
      {file.may.includes("withdraw") ? <Withdraw file={file} onDone={onDone} /> : null}
    </Stack>
  );
}

function Ends({ file, onDone }: Props) {
  const confirm = useAct("cases.move", true);
  const [reopening, setReopening] = useState(false);
  const canConfirm = file.may.includes("confirm");
  const confirmed = (done: unknown) => {
    if (done !== null) onDone("已确认办结，谢谢您");
  };
  const run = async () => confirmed(await confirm.run({ id: file.id, move: "confirm" }));
  return (
    <Card>
      <Stack gap={3}>
        <Heading level={2}>
          {canConfirm ? `${placeWords(file.level).here}说办好了，您看呢？` : "问题又出现了？"}
        </Heading>
        {canConfirm ? <Finished file={file} /> : null}
        <Para size="small">
          {canConfirm ? `${silenceDays} 天不点，会自动办结，不算好评。` : `答复后 ${reopenDays} 天之内，可以重开一次。`}
        </Para>
        <FaultNote fault={confirm.fault} onRetry={run} />
        {canConfirm ? (
          <Button kind="primary" icon="check" busy={confirm.busy} onTap={run}>
            确认办结
          </Button>
        ) : null}
        {file.may.includes("reopen") ? (
          <Button icon="rotate-cw" onTap={() => setReopening(true)}>
            还没解决（重开）
          </Button>
        ) : null}
        {reopening ? (
          <Reopen
            file={file}
            onClose={() => setReopening(false)}
            onDone={(words, waits) => {
              setReopening(false);
              onDone(words, waits);
            }}
          />
        ) : null}
      </Stack>
    </Card>
  );
}

/** What is to be confirmed: the words and photos with which it was said to be done. */
function Finished({ file }: Pick<Props, "file">) {
  const step = file.steps.filter(({ move }) => move === "finish").pop();
  if (!step || (step.text === "" && step.photos.length === 0)) return null;
  return (
    <Box class="answer">
      <Stack gap={2}>
        {step.by ? <Writer by={step.by} /> : null}
        {step.text === "" ? null : <Para class="case-words">{step.text}</Para>}
        <Thumbs photos={step.photos} label="办好后的照片" />
      </Stack>
    </Box>
  );
}

function Reopen({ file, onClose, onDone }: Props & { onClose: () => void }) {
  const act = useAct("cases.move", true);
  const { text, set: setText, forget } = useTyped(`reopen:${file.id}`, "");
  const [tried, setTried] = useState(false);
  const empty = text.trim() === "";
  const ended = (done: unknown) => {
    if (done === null) return;
    forget();
    onDone(`已重开，${placeWords(file.level).here}会重新办理`, true);
  };
  const run = async () => {
    setTried(true);
    if (!empty) ended(await act.run({ id: file.id, move: "reopen", text: text.trim() }));
  };
  return (
    <Sheet
      open
      title="还没解决（重开）"
      onClose={onClose}
      closeWord="取消"
      unfilled={tried && empty}
      foot={
        <>
          <FaultNote fault={act.fault} onRetry={run} />
          <Button kind="primary" busy={act.busy} onTap={run}>
            确定重开
          </Button>
        </>
      }
    >
      <Para>写一写哪里没解决。只能重开一次，1 个工作日内受理，5 个工作日内答复。</Para>
      <AreaField
        label="哪里没解决"
        inSheet
        value={text}
        onChange={setText}
        maxLength={500}
        error={tried && empty ? "请写哪里没解决" : null}
      />
    </Sheet>
  );
}

function Withdraw({ file, onDone }: Props) {
  const act = useAct("cases.move", true);
  const [open, setOpen] = useState(false);
  const ended = (done: unknown) => {
    if (done === null) return;
    setOpen(false);
    onDone("已撤回，不再办理");
  };
  const run = async () => ended(await act.run({ id: file.id, move: "withdraw" }));
  return (
    <>
      <Button kind="plain" icon="undo-2" onTap={() => setOpen(true)}>
        不用办了，撤回
      </Button>
      <Confirm
        open={open}
        title="撤回这件事？"
        words={
          <Stack gap={3}>
            <Para>撤回后不再办理。帖子还在，要办可以再发一条。</Para>
            <FaultNote fault={act.fault} onRetry={run} />
          </Stack>
        }
        doWord="撤回"
        busy={act.busy}
        onDo={run}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
