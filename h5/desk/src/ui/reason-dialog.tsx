import { Modal } from "antd";
import { type ReactNode, useState } from "react";
import { ActTrouble } from "./states.tsx";

type Props = {
  title: string;
  /** What happens then. */
  children: ReactNode;
  doWord: string;
  busy: boolean;
  error: unknown;
  close: () => void;
  run: (reason: string) => void;
};

/** Asks for the reason first: what is done here to a colleague stands in the audit with it. */
export function ReasonDialog({ title, children, doWord, busy, error, close, run }: Props) {
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState(false);
  const finish = () => {
    const words = reason.trim();
    setFault(words === "");
    if (words !== "") run(words);
  };
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      onOk={finish}
      okText={doWord}
      cancelText="先不办"
      okButtonProps={{ danger: true, loading: busy }}
    >
      <div className="stack">
        {children}
        <label className="field">
          理由
          <input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
        </label>
        {fault ? (
          <p role="alert" className="mark bad">
            请填写理由
          </p>
        ) : null}
        <ActTrouble error={error} />
      </div>
    </Modal>
  );
}
