import { type VerificationReason, verificationReasons } from "@weimenhu/domain/identity/verification";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { now, timeWords, waitedWords } from "../../clock.ts";
import { useAct, usePages, useSought } from "../../query.ts";
import { usePlace } from "../../route.tsx";
import { Choice } from "../../ui/choice.tsx";
import { focusField } from "../../ui/focus.ts";
import { Mark } from "../../ui/mark.tsx";
import { Paged } from "../../ui/paged.tsx";
import { ActTrouble } from "../../ui/states.tsx";
import { type Applicant, rosterHint } from "./hint.ts";

const reasonKeys = Object.keys(verificationReasons) as VerificationReason[];

type DecideProps = { one: Applicant; accept: boolean; close: () => void };
function Decide({ one, accept, close }: DecideProps) {
  const { message } = App.useApp();
  const decide = useAct("verification.decide", ["verification.queue"]);
  const [reason, setReason] = useState<VerificationReason | "">("");
  const [note, setNote] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const finish = () => {
    const words = note.trim();
    if (!accept && reason === "") return setFault("请选择理由");
    if (!accept && reason === "other" && words === "") return setFault("请写明理由");
    setFault(null);
    decide.mutate(
      { id: one.id, accept, ...(reason === "" ? {} : { reason }), ...(words === "" ? {} : { note: words }) },
      {
        onSuccess: () => {
          close();
          void message.success(accept ? "已通过" : "已退回，申请人会看到理由");
        },
      },
    );
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title={accept ? `通过 ${one.name} 的认证` : `不通过 ${one.name} 的认证`}
      onCancel={close}
      onOk={finish}
      okText={accept ? "通过" : "不通过"}
      cancelText="先不办"
      okButtonProps={{ loading: decide.isPending, danger: !accept }}
    >
      <div className="stack">
        {accept ? (
          <p>
            通过后，{one.name} 就是{one.regionName}的认证村民。{rosterHint(one).words}。
          </p>
        ) : (
          <>
            <label className="field">
              理由
              <Choice<VerificationReason>
                value={reason}
                any="请选择"
                options={reasonKeys.map((key) => [key, verificationReasons[key]] as const)}
                onChange={setReason}
              />
            </label>
            <label className="field">
              说明（申请人会看到）
              <textarea rows={3} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
            </label>
          </>
        )}
        {fault ? (
          <p role="alert" className="mark bad">
            {fault}
          </p>
        ) : null}
        <ActTrouble error={decide.error} />
      </div>
    </Modal>
  );
}

/** Applications that wait. */
export function Queue({ region }: { region: string }) {
  const sought = usePlace().query.get("id");
  const pages = usePages("verification.queue", { ...(region === "" ? {} : { region }), limit: 20 });
  useSought(pages, (one) => one.id, sought);
  const [open, setOpen] = useState<{ one: Applicant; accept: boolean } | null>(null);
  const at = now();
  return (
    <>
      <Paged pages={pages} empty="没有等待认证的申请">
        <ul className="tiles">
          {pages.items.map((one) => {
            const hint = rosterHint(one);
            return (
              <li key={one.id} className="card applicant" aria-current={one.id === sought ? "true" : undefined}>
                <div className="stack tight">
                  <h2>
                    {one.name} · {one.regionName} {one.group}
                  </h2>
                  <p className="hint">
                    身份证 {one.idCard} · 手机 {one.phone}
                  </p>
                  <p>
                    <Mark tone={hint.tone}>{hint.words}</Mark>
                  </p>
                </div>
                <p className="hint">
                  {timeWords(one.appliedAt, at)} 申请，已等 {waitedWords(one.appliedAt, at)}
                </p>
                <div className="line">
                  <Button aria-label={`不通过 ${one.name}`} onClick={() => setOpen({ one, accept: false })}>
                    不通过
                  </Button>
                  <Button type="primary" aria-label={`通过 ${one.name}`} onClick={() => setOpen({ one, accept: true })}>
                    通过
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
      </Paged>
      {open ? <Decide key={open.one.id} {...open} close={() => setOpen(null)} /> : null}
    </>
  );
}
