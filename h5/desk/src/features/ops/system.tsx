import { App, Button, Modal } from "antd";
import { useState } from "react";
import { now, timeWords } from "../../clock.ts";
import { type ItemOf, useAct, usePages, useSought } from "../../query.ts";
import { usePlace } from "../../route.tsx";
import { focusField } from "../../ui/focus.ts";
import { jobName } from "../../ui/jobs.ts";
import { ActTrouble, PageHead } from "../../ui/states.tsx";
import { PagedSheet } from "../../ui/table.tsx";

type Dead = ItemOf<"ops.deadLetters">;

function Acts({ letter, drop }: { letter: Dead; drop: () => void }) {
  const { message } = App.useApp();
  const redrive = useAct("ops.redrive", ["ops.deadLetters"]);
  return (
    <div className="stack tight">
      <Button
        aria-label={`重新办理：${jobName(letter.kind)}`}
        loading={redrive.isPending}
        onClick={() =>
          redrive.mutate({ id: letter.id }, { onSuccess: () => void message.success("已重新排队，马上再办一次") })
        }
      >
        重新办理
      </Button>
      <Button danger aria-label={`不再办理：${jobName(letter.kind)}`} onClick={drop}>
        不再办理
      </Button>
      <ActTrouble error={redrive.error} />
    </div>
  );
}

function Drop({ letter, close }: { letter: Dead; close: () => void }) {
  const { message } = App.useApp();
  const drop = useAct("ops.drop", ["ops.deadLetters"]);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState(false);
  const finish = () => {
    const said = reason.trim();
    setFault(said === "");
    if (said === "") return;
    drop.mutate(
      { id: letter.id, reason: said },
      {
        onSuccess: () => {
          close();
          void message.success("已不再办理");
        },
      },
    );
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title={`不再办理：${jobName(letter.kind)}`}
      onCancel={close}
      onOk={finish}
      okText="不再办理"
      cancelText="先留着"
      okButtonProps={{ danger: true, loading: drop.isPending }}
    >
      <div className="stack">
        <p>这件事就不做了，不能恢复；排在它后面的会接着办。</p>
        <label className="field">
          理由（记入审计）
          <textarea rows={3} maxLength={200} value={reason} onChange={(e) => setReason(e.target.value)} />
        </label>
        {fault ? (
          <p role="alert" className="mark bad">
            请填写理由
          </p>
        ) : null}
        <ActTrouble error={drop.error} />
      </div>
    </Modal>
  );
}

const columns = (at: number, drop: (letter: Dead) => void) => [
  {
    title: "任务",
    render: (_: unknown, letter: Dead) => (
      <>
        {jobName(letter.kind)}
        <p className="mono hint">{letter.kind}</p>
      </>
    ),
  },
  { title: "试过", render: (_: unknown, letter: Dead) => <span className="nowrap">{letter.tries} 次</span> },
  { title: "最后的错误", render: (_: unknown, letter: Dead) => <span className="mono">{letter.error}</span> },
  {
    title: "开始",
    render: (_: unknown, letter: Dead) => <span className="nowrap">{timeWords(letter.createdAt, at)}</span>,
  },
  {
    title: "停下",
    render: (_: unknown, letter: Dead) => <span className="nowrap">{timeWords(letter.diedAt, at)}</span>,
  },
  { title: "办理", render: (_: unknown, letter: Dead) => <Acts letter={letter} drop={() => drop(letter)} /> },
];

export default function SystemPage() {
  const pages = usePages("ops.deadLetters", { limit: 20 });
  const sought = usePlace().query.get("id");
  useSought(pages, (letter) => letter.id, sought);
  const [dropping, setDropping] = useState<Dead | null>(null);
  return (
    <div className="stack">
      <PageHead
        title="系统"
        hint="系统自己办的事，试了多次没有办成，就停在这里。查明原因后点“重新办理”，不会重复；不用再办的点“不再办理”。"
      />
      <PagedSheet<Dead>
        label="没有办成的后台任务"
        pages={pages}
        columns={columns(now(), setDropping)}
        keyOf={(letter) => letter.id}
        sought={sought}
        empty="没有停下的后台任务"
      />
      {dropping ? <Drop key={dropping.id} letter={dropping} close={() => setDropping(null)} /> : null}
    </div>
  );
}
