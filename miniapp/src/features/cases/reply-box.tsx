import { type AnswerMove, answerMoves, answerWords } from "@weimenhu/domain/cases/move-words";
import { isInRecord } from "@weimenhu/domain/cases/record";
import { useEffect, useRef, useState } from "react";
import { type Fault, isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { usePhotos } from "../../hooks/use-photos.ts";
import { useSession } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { AreaField, Chips } from "../../ui/field.tsx";
import { PhotoGrid } from "../../ui/photo-grid.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Heading, Note } from "../../ui/words.tsx";
import type { WholeCase } from "../../wire.ts";
import { Templates } from "./templates.tsx";
import { keepReply, replyKey, typedReply } from "./typed-reply.ts";

/** They were sent more than a day ago, and no answer has shown them. */
const photosGone = (fault: Fault | null): boolean =>
  fault?.kind === "refused" &&
  fault.word === "BAD_INPUT" &&
  Array.isArray(fault.details.fields) &&
  fault.details.fields.includes("photos");

/**
 * The answer: what it does to the case, its words (ready for the usual one), photos, and the button. When somebody else
 * was faster the words stay, and the page shows what they did.
 */
export function ReplyBox(props: {
  file: WholeCase;
  /** The post has photos: then its end must be shown with one too. */
  showed: boolean;
  onDone: (words: string | null) => void;
}) {
  const { file } = props;
  const { skin } = useSession();
  const [key] = useState(() => replyKey(file.id));
  const move = useAct("cases.move", true, key);
  const [before] = useState(() => typedReply(file.id));
  const [chosen, setChosen] = useState<AnswerMove | null>(before?.how ?? null);
  const [typed, setTyped] = useState<string | null>(before?.text || null);
  const [tried, setTried] = useState(false);
  const photos = usePhotos(before?.photos ?? [], 9);
  const hows = answerMoves.filter((one) => file.may.includes(one));
  const how = hows.find((one) => one === chosen) ?? hows[0] ?? "note";
  const words = answerWords[how];
  const text = typed ?? words.prefill;
  const all = photos.photos;
  const sent = all.flatMap(({ id }) => id ?? []);
  const asTyped = {
    how: chosen,
    photos: all.flatMap(({ id, url }) => (id !== null && url !== null ? { id, url } : [])),
  };
  const toKeep = useRef(asTyped);
  toKeep.current = asTyped;
  const ids = sent.join();
  useEffect(() => {
    const nothing = (typed ?? "").trim() === "" && ids === "";
    keepReply(file.id, nothing ? null : { ...toKeep.current, how: chosen, text: typed ?? "" });
  }, [file.id, chosen, typed, ids]);

  const noWords = text.trim() === "" && how !== "accept";
  const noPhoto = how === "finish" && props.showed && sent.length === 0;
  const onTheWay = all.some(({ state }) => state === "sending");
  const unsent = all.flatMap(({ state }, i) => (state === "fault" ? [i + 1] : []));

  const ended = (done: AnswerMove) => {
    keepReply(file.id, null);
    setTyped(null);
    setChosen(null);
    setTried(false);
    photos.clear();
    move.clear();
    props.onDone(`已发送：${answerWords[done].word}`);
  };
  const send = async () => {
    setTried(true);
    if (noWords || noPhoto || onTheWay || unsent.length > 0) return;
    // The prepared words too are kept like typed ones: a lost answer takes nothing away.
    keepReply(file.id, { ...asTyped, text }, { move: how, text, steps: file.steps.length });
    setTyped(text);
    const input = { id: file.id, move: how, text: text.trim(), ...(sent.length > 0 ? { photos: sent } : {}) };
    if ((await move.run(input)) !== null) ended(how);
  };
  const overtaken = isWord(move.fault, "WRONG_STATE") || isWord(move.fault, "NOT_ALLOWED");
  const shown = useRef({ ended, tell: props.onDone });
  shown.current = { ended, tell: props.onDone };
  useEffect(() => {
    if (overtaken) shown.current.tell(null);
  }, [overtaken]);
  // Its answer was lost and the record shows it: the box may offer another move by now, under which it would go out once more.
  useEffect(() => {
    const { tried, text } = typedReply(file.id) ?? {};
    if (move.busy || !tried || text !== tried.text) return;
    if (isInRecord(file.steps, tried)) shown.current.ended(tried.move);
  }, [file, move.busy]);

  return (
    <Card>
      <Stack gap={3}>
        <Heading level={2}>答复</Heading>
        {hows.length > 1 ? (
          <Chips
            label="怎么答复"
            choices={hows.map((key) => ({ key, word: answerWords[key].word }))}
            value={how}
            onChange={(next) => {
              setChosen(next);
              move.clear();
            }}
            wrap={skin !== 0}
          />
        ) : null}
        <AreaField
          label="答复的话"
          hint={words.hint}
          value={text}
          onChange={setTyped}
          maxLength={2000}
          error={tried && noWords ? "请写几句答复的话" : null}
        />
        <Templates text={text} onTake={setTyped} />
        <PhotoGrid
          photos={photos.photos}
          full={photos.full}
          note={photos.note}
          onAdd={photos.add}
          onRemove={photos.remove}
          onSend={photos.send}
          addWord={how === "finish" ? "拍办好后的照片" : "加照片"}
        />
        {tried && noPhoto ? <Note tone="seal">发起人是用照片反映的，请拍一张办好后的照片</Note> : null}
        {tried && onTheWay ? <Note tone="rice">照片还在传，传好后再点发送</Note> : null}
        {tried && unsent.length > 0 && !onTheWay ? (
          <Note tone="seal">{`第 ${unsent.join("、")} 张照片没有传上，请重试或移除`}</Note>
        ) : null}
        {overtaken ? (
          <Note live tone="rice">
            刚才别人先处理了，最新情况在上面。您写的话还在，看过再发。
          </Note>
        ) : photosGone(move.fault) && sent.length > 0 ? (
          <Note live tone="rice">
            照片放得太久，已经不在了。请移除后重新加，再发送。
          </Note>
        ) : (
          <FaultNote fault={move.fault} onRetry={send} />
        )}
        <Button kind="primary" icon="send" busy={move.busy} busyText="正在发送…" onTap={send}>
          {words.send}
        </Button>
      </Stack>
    </Card>
  );
}
