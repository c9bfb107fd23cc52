import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useAct } from "../../query.ts";
import { focusField } from "../../ui/focus.ts";
import { ActTrouble } from "../../ui/states.tsx";

const word = "注销";

/** To take the consent back is to close the account: without it nothing personal may be kept. Typed, since nothing brings it back. */
export function CloseAccount() {
  const [open, setOpen] = useState(false);
  return (
    <section className="card stack" aria-label="撤回同意、注销账号">
      <h2>撤回同意、注销账号</h2>
      <p>不想再让我们保存和使用您的信息，可以撤回同意，也就是注销账号。马上生效，不能恢复，岗位也一起结束。</p>
      <p>
        <Button danger onClick={() => setOpen(true)}>
          注销账号
        </Button>
      </p>
      {open ? <CloseDialog cancel={() => setOpen(false)} /> : null}
    </section>
  );
}

function CloseDialog({ cancel }: { cancel: () => void }) {
  const { message } = App.useApp();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  // The session is over with the account: asking again who is here leads to the sign-in page.
  const close = useAct("account.close", ["account.me"]);
  const run = () => {
    setWrong(typed.trim() !== word);
    if (typed.trim() !== word) return;
    close.mutate({ confirm: word }, { onSuccess: () => void message.success("账号已注销") });
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title="注销账号"
      onCancel={cancel}
      onOk={run}
      okText="确定注销"
      cancelText="不注销了"
      okButtonProps={{ danger: true, loading: close.isPending }}
    >
      <div className="stack">
        <p>会删掉：手机号、姓名、身份证号、微信和支付宝的绑定、关注的村、认证、岗位、所有设备上的登录。</p>
        <p>会留下：已经发布的公告，还有法律要求保存的操作记录。</p>
        <p>注销以后不能恢复。以后再用同一个手机号登录，是一个新账号，要重新认证、重新授权。</p>
        <label className="field">
          确定的话，请输入“注销”两个字
          <input
            value={typed}
            maxLength={10}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && run()}
          />
        </label>
        {wrong ? (
          <p role="alert" className="mark bad">
            请输入“注销”两个字
          </p>
        ) : null}
        <ActTrouble error={close.error} />
      </div>
    </Modal>
  );
}
