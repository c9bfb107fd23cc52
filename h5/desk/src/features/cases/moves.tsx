import { type MoveWords, type SheetMove, sheetMoves, sheetWordsFor } from "@weimenhu/domain/cases/move-words";
import { type RefusalReason, refusalReasons } from "@weimenhu/domain/cases/state";
import { refusalNames } from "@weimenhu/domain/cases/words";
import { Alert, App, Button, Modal } from "antd";
import { useEffect, useState } from "react";
import { myRegions, useMe } from "../../frame/me.ts";
import { keeper } from "../../key.ts";
import { queries, useAct, useAsk } from "../../query.ts";
import { Choice } from "../../ui/choice.tsx";
import { focusField } from "../../ui/focus.ts";
import { ActTrouble } from "../../ui/states.tsx";
import { isOvertaken } from "./reply.tsx";
import type { WholeCase } from "./told.tsx";

const reasons = Object.keys(refusalReasons) as RefusalReason[];

/** What else may be done with this case. */
export function Moves({ file }: { file: WholeCase }) {
  const [move, setMove] = useState<SheetMove | null>(null);
  const me = useMe();
  const fromAbove = !myRegions(me, "cases.handle").includes(file.village);
  const moves = sheetMoves.filter((one) => file.may.includes(one));
  if (moves.length === 0) return null;
  return (
    <section className="card stack" aria-label="其他办法">
      <h2>其他办法</h2>
      <div className="line">
        {moves.map((one) => (
          <Button key={one} danger={sheetWordsFor(one, fromAbove).danger === true} onClick={() => setMove(one)}>
            {sheetWordsFor(one, fromAbove).word}
          </Button>
        ))}
      </div>
      {move ? (
        <MoveDialog
          key={move}
          file={file}
          move={move}
          words={sheetWordsFor(move, fromAbove)}
          close={() => setMove(null)}
        />
      ) : null}
    </section>
  );
}

type Dialog = { file: WholeCase; move: SheetMove; words: MoveWords; close: () => void };

function MoveDialog({ file, move, words, close }: Dialog) {
  const { message } = App.useApp();
  const act = useAct("cases.move", ["cases.get", "cases.desk", "circle.get"]);
  const [keys] = useState(() => keeper());
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState<RefusalReason | "">("");
  const [to, setTo] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const cadres = useAsk("cases.cadres", { id: file.id }, move === "assign");
  const text = typed ?? (reason === "" ? "" : refusalReasons[reason]);
  const overtaken = isOvertaken(act.error);
  useEffect(() => {
    if (overtaken) void queries.invalidateQueries({ queryKey: ["cases.get"] });
  }, [overtaken]);
  const run = () => {
    if (move === "refuse" && reason === "") return setFault("请选择原因");
    if (move === "assign" && to === "") return setFault("请选择经办人");
    if (words.text && text.trim() === "") return setFault("请写几句话");
    setFault(null);
    const input = {
      id: file.id,
      move,
      ...(words.text ? { text: text.trim() } : {}),
      ...(reason === "" ? {} : { reason }),
      ...(to === "" ? {} : { to }),
    };
    act.mutate(
      { ...input, key: keys.keyFor(input) },
      {
        onSuccess: () => {
          close();
          void message.success(`已办：${words.word}`);
        },
      },
    );
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title={words.word}
      onCancel={close}
      onOk={run}
      okText={`确定${words.word}`}
      cancelText="取消"
      okButtonProps={{ loading: act.isPending, danger: words.danger === true }}
    >
      <div className="stack">
        <p>{words.ask}</p>
        {move === "assign" ? (
          <label className="field">
            经办人
            <Choice
              value={to}
              any={cadres.isPending ? "正在读取…" : "请选择"}
              options={(cadres.data?.items ?? []).map((one) => [one.id, `${one.name}（${one.title}）`] as const)}
              onChange={setTo}
            />
          </label>
        ) : null}
        <ActTrouble error={cadres.error} />
        {move === "refuse" ? (
          <label className="field">
            原因
            <Choice<RefusalReason>
              value={reason}
              any="请选择"
              options={reasons.map((key) => [key, refusalNames[key]] as const)}
              onChange={setReason}
            />
          </label>
        ) : null}
        {words.text ? (
          <label className="field">
            {words.text}
            <textarea rows={4} maxLength={500} value={text} onChange={(event) => setTyped(event.target.value)} />
          </label>
        ) : null}
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
            title="刚才别人先处理了，请取消后看最新情况。您写的话可以先复制。"
          />
        ) : (
          <ActTrouble error={act.error} />
        )}
      </div>
    </Modal>
  );
}
