import { Button, Modal } from "antd";
import { useState } from "react";
import { useAct } from "../query.ts";
import { focusField } from "./focus.ts";
import { ActTrouble } from "./states.tsx";

/** Who wrote a post whose author hides: only with a reason, and each look is on the record. */
export function Unmask({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const unmask = useAct("circle.unmask");
  const { data } = unmask;
  const close = () => {
    setOpen(false);
    setWhy("");
    unmask.reset();
  };
  const run = () => {
    if (why.trim() === "") return setFault("请写明为什么要看");
    setFault(null);
    unmask.mutate({ id, why: why.trim() });
  };
  return (
    <>
      <div>
        <Button onClick={() => setOpen(true)}>查看匿名作者</Button>
      </div>
      <Modal
        open={open}
        afterOpenChange={focusField}
        title="查看匿名作者"
        onCancel={close}
        {...(data ? { footer: <Button onClick={close}>看完了</Button> } : {})}
        onOk={run}
        okText="查看并留下记录"
        cancelText="不看了"
        okButtonProps={{ loading: unmask.isPending }}
      >
        <div className="stack">
          {data ? (
            <p role="status">{`${data.name} · ${data.phone ?? "没有手机号"}`}</p>
          ) : (
            <>
              <p>发起人选择了不让邻居看到名字。查看的人、时间和理由都会记入审计。</p>
              <label className="field">
                为什么要看
                <textarea rows={3} maxLength={200} value={why} onChange={(event) => setWhy(event.target.value)} />
              </label>
            </>
          )}
          {fault ? (
            <p role="alert" className="mark bad">
              {fault}
            </p>
          ) : null}
          <ActTrouble error={unmask.error} />
        </div>
      </Modal>
    </>
  );
}
