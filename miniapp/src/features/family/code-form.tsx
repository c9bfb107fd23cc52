import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useCountdown } from "../../platform/countdown.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note } from "../../ui/words.tsx";
import type { Mandate } from "./words.ts";

/** The principal reads six digits on their own phone and says them to whom they trust. */
export function CodeForm({ one, onDone }: { one: Mandate; onDone: () => void }) {
  const send = useAct("mandates.sendCode");
  const agree = useAct("mandates.agree");
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState("");
  const [short, setShort] = useState(false);
  const { left, start } = useCountdown();
  const ask = async () => {
    agree.clear();
    const done = await send.run({ id: one.id });
    if (!done) return;
    setSent(true);
    setCode("");
    start(done.seconds);
  };
  const check = async () => {
    setShort(code.length < 6);
    if (code.length === 6 && (await agree.run({ id: one.id, code }))) onDone();
  };
  const again = left > 0 ? `${left} 秒后可以再发` : sent ? "再发一次" : "给他发同意码";
  return (
    <Stack gap={3}>
      {sent ? (
        <>
          <Note live tone="pine">
            他在微门户认证过的，手机上会收到 6 位同意码，10 分钟内有效。没有收到的，请用别的办法。
          </Note>
          <TextField
            label="他告诉您的同意码"
            hint="短信里的 6 位数字"
            type="number"
            value={code}
            onChange={(text) => setCode(text.replace(/\D/g, "").slice(0, 6))}
            maxLength={12}
            autoComplete="off"
            error={short && code.length < 6 ? "请输入 6 位数字" : null}
            onDone={check}
          />
          <FaultNote fault={agree.fault} onRetry={check} />
          <Button kind="primary" icon="check" busy={agree.busy} onTap={check}>
            他同意了，提交
          </Button>
        </>
      ) : null}
      <FaultNote fault={send.fault} onRetry={ask} />
      <Button icon="smartphone" disabled={left > 0} busy={send.busy} onTap={ask}>
        {again}
      </Button>
    </Stack>
  );
}
