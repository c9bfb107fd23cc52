import { type AnswerMove, answerMoves, answerWords } from "@weimenhu/domain/cases/move-words";
import { isInRecord } from "@weimenhu/domain/cases/record";
import { Alert, App, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useMe } from "../../frame/me.ts";
import { keeper, newKey } from "../../key.ts";
import { queries, useAct } from "../../query.ts";
import { refusedOf } from "../../refused.ts";
import { ActTrouble } from "../../ui/states.tsx";
import { UploadState, useUpload } from "../../ui/uploading.tsx";
import { keepReply, type Photo, readReply, replyKey } from "./kept.ts";
import { Templates } from "./templates.tsx";
import type { WholeCase } from "./told.tsx";

/** Somebody else was faster: the page shows what they did, the words stay. */
export const isOvertaken = (error: unknown): boolean =>
  error !== null && ["WRONG_STATE", "NOT_ALLOWED"].includes(refusedOf(error).word);

/** They were sent more than a day ago, and no answer has shown them. */
function arePhotosGone(error: unknown): boolean {
  const { word, details } = refusedOf(error);
  return word === "BAD_INPUT" && Array.isArray(details.fields) && details.fields.includes("photos");
}

/** The answer: what it does, its words (ready for the usual one), photos, and the button. */
export function Reply({ file, showed }: { file: WholeCase; showed: boolean }) {
  const me = useMe();
  const { message } = App.useApp();
  const move = useAct("cases.move", ["cases.get", "cases.desk", "circle.get"]);
  const [keys] = useState(() => keeper(newKey, replyKey(me.id, file.id)));
  const [before] = useState(() => readReply(me.id, file.id));
  const [chosen, setChosen] = useState<AnswerMove | null>(before?.how ?? null);
  const [typed, setTyped] = useState<string | null>(before?.text || null);
  const [photos, setPhotos] = useState<Photo[]>(before?.photos ?? []);
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const uploading = useUpload("picture", ({ id, small, url }) =>
    setPhotos((all) => [...all, { id, small: small ?? url }]),
  );
  const hows = answerMoves.filter((one) => file.may.includes(one));
  const how = hows.find((one) => one === chosen) ?? hows[0] ?? "note";
  const words = answerWords[how];
  const text = typed ?? words.prefill;
  const overtaken = isOvertaken(move.error);
  useEffect(() => {
    const nothing = (typed ?? "").trim() === "" && photos.length === 0;
    keepReply(me.id, file.id, nothing ? null : { how: chosen, text: typed ?? "", photos });
  }, [me.id, file.id, chosen, typed, photos]);
  useEffect(() => {
    if (overtaken) void queries.invalidateQueries({ queryKey: ["cases.get"] });
  }, [overtaken]);

  const ended = (done: AnswerMove) => {
    keys.settled();
    keepReply(me.id, file.id, null);
    setTyped(null);
    setChosen(null);
    setPhotos([]);
    void message.success(`已发送：${answerWords[done].word}`);
  };
  const shown = useRef(ended);
  shown.current = ended;
  const { isPending, reset } = move;
  // Its answer was lost and the record shows it: the box may offer another move by now, under which it would go out once more.
  useEffect(() => {
    const { tried, text } = readReply(me.id, file.id) ?? {};
    if (isPending || !tried || text !== tried.text || !isInRecord(file.steps, tried)) return;
    reset();
    shown.current(tried.move);
  }, [me.id, file, isPending, reset]);

  const send = () => {
    if (text.trim() === "" && how !== "accept") return setFault("请写几句答复的话");
    if (uploading.busy) return setFault("照片还在传，传好后再点发送");
    if (how === "finish" && showed && photos.length === 0)
      return setFault("发起人是用照片反映的，请加一张办好后的照片");
    setFault(null);
    // Kept as typed, also when these are the ready words: a lost answer takes nothing away.
    setTyped(text);
    keepReply(me.id, file.id, { how: chosen, text, photos, tried: { move: how, text, steps: file.steps.length } });
    const ids = photos.map(({ id }) => id);
    const act = { id: file.id, move: how, text: text.trim(), ...(ids.length > 0 ? { photos: ids } : {}) };
    move.mutate(
      { ...act, key: keys.keyFor(act) },
      {
        onSuccess: () => ended(how),
        // The key stands for something else: under it this can never be done.
        onError: (error) => {
          if (refusedOf(error).word === "KEY_REUSED") keys.settled();
        },
      },
    );
  };
  return (
    <section className="card stack" aria-label="答复">
      <h2>答复</h2>
      <fieldset className="line ways">
        <legend className="sr">怎么答复</legend>
        {hows.map((one) => (
          <label key={one} className="way">
            <input type="radio" name="how" checked={one === how} onChange={() => setChosen(one)} />
            {answerWords[one].word}
          </label>
        ))}
      </fieldset>
      <label className="field">
        答复的话
        <textarea rows={5} maxLength={2000} value={text} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <p className="hint">{words.hint}</p>
      <Templates text={text} onTake={setTyped} />
      <div className="line">
        {photos.map((photo, i) => (
          <span key={photo.id} className="stack tight">
            <img className="case-picture" src={photo.small} alt={`要发的照片 ${i + 1}`} />
            <Button
              aria-label={`移除照片 ${i + 1}`}
              onClick={() => setPhotos((all) => all.filter(({ id }) => id !== photo.id))}
            >
              移除
            </Button>
          </span>
        ))}
        <Button disabled={uploading.busy || photos.length >= 9} onClick={() => input.current?.click()}>
          {how === "finish" ? "加办好后的照片" : "加照片"}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept="image/jpeg,image/png,image/webp"
          onChange={(event) => {
            const picked = event.target.files?.[0];
            event.target.value = "";
            if (picked) uploading.start(picked);
          }}
        />
      </div>
      <UploadState uploading={uploading} />
      {fault ? (
        <p role="alert" className="mark bad">
          {fault}
        </p>
      ) : null}
      {overtaken ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title="刚才别人先处理了，最新情况在旁边。您写的话还在，看过再发。"
        />
      ) : move.error !== null && photos.length > 0 && arePhotosGone(move.error) ? (
        <p role="alert" className="mark bad">
          照片放得太久，已经不在了。请移除后重新加，再发送。
        </p>
      ) : (
        <ActTrouble error={move.error} />
      )}
      <Button type="primary" loading={move.isPending} onClick={send}>
        {words.send}
      </Button>
    </section>
  );
}
