import { type NoticeMove, noticeMoves, noticeTable } from "@weimenhu/domain/notices/state";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { fromField, now, toField } from "../../clock.ts";
import { queries, useAct } from "../../query.ts";
import { refusedOf } from "../../refused.ts";
import { focusField } from "../../ui/focus.ts";
import { ActTrouble } from "../../ui/states.tsx";
import type { Notice } from "./draft.ts";
import { moveWords } from "./words.ts";

type DialogProps = {
  move: NoticeMove;
  busy: boolean;
  error: unknown;
  cancel: () => void;
  make: (words: { reason?: string; at?: number }) => void;
};

function MoveDialog({ move, busy, error, cancel, make }: DialogProps) {
  const words = moveWords[move];
  const rule = noticeTable[move];
  const [reason, setReason] = useState("");
  const [time, setTime] = useState(() => toField(now() + 3_600_000));
  const [fault, setFault] = useState<string | null>(null);
  const finish = () => {
    const said = reason.trim();
    const at = rule.at ? fromField(time) : null;
    if (rule.reason && said === "") return setFault("请填写理由");
    if (rule.at && (at === null || at <= now())) return setFault("请选择一个以后的时间");
    setFault(null);
    make({ ...(said === "" ? {} : { reason: said }), ...(at === null ? {} : { at }) });
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title={words.label}
      onCancel={cancel}
      onOk={finish}
      okText={words.label}
      cancelText="先不办"
      okButtonProps={{ loading: busy, danger: words.danger ?? false }}
    >
      <div className="stack">
        <p>{words.ask}</p>
        {words.reason ? (
          <label className="field">
            {words.reason}
            <textarea rows={3} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
        ) : null}
        {rule.at ? (
          <label className="field">
            发布时间
            <input type="datetime-local" value={time} onChange={(event) => setTime(event.target.value)} />
          </label>
        ) : null}
        {fault ? (
          <p role="alert" className="mark bad">
            {fault}
          </p>
        ) : null}
        <ActTrouble error={error} />
      </div>
    </Modal>
  );
}

type MovesProps = {
  notice: Notice;
  /** Saves first what is still unsaved; null when that failed and the move must wait. */
  ready?: () => Promise<Notice | null>;
};
/** Only the moves that the server would accept from this person now. */
export function Moves({ notice, ready }: MovesProps) {
  const { message } = App.useApp();
  const [open, setOpen] = useState<NoticeMove | null>(null);
  const [saving, setSaving] = useState(false);
  const move = useAct("notices.move", ["notices.desk", "notices.versions", "notices.history"]);
  const make = async (which: NoticeMove, words: { reason?: string; at?: number }) => {
    setSaving(true);
    const current = ready ? await ready() : notice;
    setSaving(false);
    if (!current) return setOpen(null);
    move.mutate(
      { id: current.id, version: current.version, move: which, ...words },
      {
        onSuccess: (moved) => {
          queries.setQueryData(["notices.deskGet", { id: moved.id }], moved);
          setOpen(null);
          void message.success(`已${moveWords[which].label}`);
        },
        // Somebody else was faster: show how things stand now.
        onError: (error) => {
          if (["WRONG_STATE", "STALE_VERSION"].includes(refusedOf(error).word)) {
            void queries.invalidateQueries({ queryKey: ["notices.deskGet", { id: current.id }] });
          }
        },
      },
    );
  };
  return (
    <>
      {noticeMoves
        .filter((one) => notice.may.includes(one) && one !== (notice.pinned ? "pin" : "unpin"))
        .map((one) => (
          <Button
            key={one}
            type={moveWords[one].main ? "primary" : "default"}
            danger={moveWords[one].danger ?? false}
            onClick={() => {
              move.reset();
              setOpen(one);
            }}
          >
            {moveWords[one].label}
          </Button>
        ))}
      {open ? (
        <MoveDialog
          key={open}
          move={open}
          busy={saving || move.isPending}
          error={move.error}
          cancel={() => setOpen(null)}
          make={(words) => void make(open, words)}
        />
      ) : null}
    </>
  );
}
