import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { go, to } from "../../platform/navigate.ts";
import { leave, setConsent } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";

const word = "注销";

/** To take the consent back is to close the account: without it nothing personal may be kept. Typed, since nothing brings it back. */
export function CloseAccount() {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const close = useAct("account.close");
  const shut = () => {
    setOpen(false);
    setTyped("");
    setWrong(false);
    close.clear();
  };
  const run = async () => {
    setWrong(typed.trim() !== word);
    if (typed.trim() !== word || !(await close.run({ confirm: word }))) return;
    setConsent("");
    leave();
    go(to("me"));
  };
  return (
    <Section title="撤回同意、注销账号">
      <Card>
        <Stack gap={3}>
          <Para>
            不想再让我们保存和使用您的信息，可以撤回同意，也就是注销账号。马上生效，不能恢复。注销后照样能看公告。
          </Para>
          <Button kind="plain" icon="trash-2" onTap={() => setOpen(true)}>
            注销账号
          </Button>
        </Stack>
      </Card>
      <Sheet
        open={open}
        title="注销账号"
        onClose={shut}
        closeWord="不注销了"
        unfilled={wrong}
        foot={
          <>
            <FaultNote fault={close.fault} onRetry={run} />
            <Button kind="danger" busy={close.busy} busyText="正在注销…" onTap={run}>
              确定注销
            </Button>
          </>
        }
      >
        <Para>会删掉：手机号、姓名、身份证号、微信和支付宝的绑定、关注的村、认证、所有设备上的登录。</Para>
        <Para>会留下：法律要求保存的操作记录，里面没有您的姓名和手机号。</Para>
        <Note tone="seal">注销以后不能恢复。以后再用同一个手机号登录，是一个新账号，要重新认证。</Note>
        <TextField
          label="确定的话，请输入“注销”两个字"
          value={typed}
          onChange={setTyped}
          maxLength={10}
          error={wrong ? "请输入“注销”两个字" : null}
        />
      </Sheet>
    </Section>
  );
}
