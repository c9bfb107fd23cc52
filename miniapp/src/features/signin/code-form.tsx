import { refusals } from "@weimenhu/contract/refusals";
import { maskPhone } from "@weimenhu/domain/base/mask";
import { normalPhone } from "@weimenhu/domain/base/phone";
import { type ReactNode, useState } from "react";
import { type Fault, isWord } from "../../fault.ts";
import type { Act } from "../../hooks/use-act.ts";
import { useCountdown } from "../../platform/countdown.ts";
import { act, faultIn } from "../../rpc.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Form, Unfilled, useForm } from "../../ui/form.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note } from "../../ui/words.tsx";
import type { Consent } from "./consent.tsx";

const atPhone = ["PHONE_BAD", "PHONE_OWN", "PHONE_OTHERS", "PHONE_TAKEN", "CODE_TOO_MANY"];
const atCode = ["CODE_WRONG", "CODE_EXPIRED", "CODE_TRIES"];

const words = (fault: Fault | null, of: string[]): string | null =>
  fault?.kind === "refused" && of.includes(fault.word) ? fault.zh : null;
const others = (fault: Fault | null, of: string[]): Fault | null => (words(fault, of) ? null : fault);

/** What is done with a number and the code that came to it. */
type Proof<T> = Act<{ phone: string; code: string; consent: string }, T>;

/** By phone number and a code that comes by message: first the number, then the six digits. */
export function CodeForm<T>(props: {
  consent: Consent;
  proof: Proof<T>;
  /** What the number is called. */
  label?: string;
  /** The number is to take the place of one's own. */
  change?: boolean;
  /** The word of the last button. */
  doWord: string;
  onDone: (answer: T) => void;
  /** Drawn above the button: the consent check. */
  children?: ReactNode;
}) {
  const { consent } = props;
  const [typed, setTyped] = useState("");
  const [code, setCode] = useState("");
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [wrong, setWrong] = useState<{ phone?: string; code?: string }>({});
  const form = useForm();
  const request = useRequest();
  const enter = props.proof;

  const other = () => {
    setSentTo(null);
    setCode("");
    setWrong({});
    request.clear();
    enter.clear();
  };
  const send = async () => {
    const phone = normalPhone(typed);
    setWrong(phone === null ? { phone: refusals.PHONE_BAD.zh } : {});
    if (!consent.given() || phone === null) return form.refuse();
    if (turnedBack === null) enter.clear();
    else other();
    if (await request.run(phone, consent.version, props.change === true)) setSentTo(phone);
    else form.refuse();
  };
  const submit = async () => {
    const complete = code.length === 6;
    setWrong(complete ? {} : { code: "请输入短信里的 6 位数字" });
    if (!consent.given() || !complete || sentTo === null) return form.refuse();
    const answer = await enter.run({ phone: sentTo, code, consent: consent.version });
    if (answer) props.onDone(answer);
    else form.refuse();
  };

  // The code was right, and the number is one that this account cannot have: only another number leads on.
  const turnedBack = words(enter.fault, atPhone);
  const phoneWrong = wrong.phone ?? words(request.fault, atPhone) ?? turnedBack;
  const codeWrong = wrong.code ?? words(enter.fault, atCode);
  const consentName = consent.missing ? ["同意说明"] : [];

  if (sentTo === null || turnedBack !== null) {
    return (
      <Form tries={form.tries}>
        <Stack>
          <TextField
            label={props.label ?? "手机号"}
            type="tel"
            value={typed}
            onChange={setTyped}
            maxLength={20}
            autoComplete="tel"
            error={phoneWrong}
            onDone={send}
          />
          {props.children}
          <FaultNote fault={others(request.fault, atPhone)} onRetry={send} />
          <Unfilled names={[...(phoneWrong ? [props.label ?? "手机号"] : []), ...consentName]} />
          <Button kind="primary" icon="send" busy={request.busy} busyText="正在发送…" onTap={send}>
            获取验证码
          </Button>
        </Stack>
      </Form>
    );
  }
  const again = request.left > 0 ? `${request.left} 秒后可以重新获取` : "重新获取验证码";
  return (
    <Form tries={form.tries}>
      <Stack>
        <Note
          live
          tone="pine"
        >{`验证码已发到 ${maskPhone(sentTo)}，5 分钟内有效。没收到请稍等，或看看是不是被当成垃圾短信`}</Note>
        <TextField
          label="验证码"
          hint="短信里的 6 位数字"
          type="number"
          value={code}
          onChange={(text) => setCode(text.replace(/\D/g, "").slice(0, 6))}
          maxLength={12}
          autoComplete="one-time-code"
          error={codeWrong}
          onDone={submit}
        />
        {consent.missing ? props.children : null}
        <FaultNote fault={others(enter.fault, atCode)} onRetry={submit} />
        <Unfilled names={[...(codeWrong ? ["验证码"] : []), ...consentName]} />
        <Button kind="primary" icon="log-in" busy={enter.busy} busyText="正在核对…" onTap={submit}>
          {props.doWord}
        </Button>
        <FaultNote fault={request.fault} onRetry={send} />
        <Button disabled={request.left > 0} busy={request.busy} busyText="正在发送…" onTap={send}>
          {again}
        </Button>
        <Button kind="plain" onTap={other}>
          改一下号码
        </Button>
      </Stack>
    </Form>
  );
}

/** Asks for a code and counts down to the next. Asked too soon, the earlier code is on its way: that is no failure. */
function useRequest() {
  const [state, set] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const { left, start } = useCountdown();
  const run = async (phone: string, consent: string, change: boolean): Promise<boolean> => {
    set({ busy: true, fault: null });
    try {
      const { seconds } = await act("signIn.requestCode", { phone, consent, ...(change ? { change } : {}) });
      start(seconds);
      set({ busy: false, fault: null });
      return true;
    } catch (error) {
      const fault = faultIn(error);
      const wait = isWord(fault, "CODE_TOO_SOON") && fault.kind === "refused" ? fault.details.seconds : null;
      if (typeof wait === "number") {
        start(wait);
        set({ busy: false, fault: { ...fault, zh: `刚刚发过验证码，请看短信；${wait} 秒后可以重新获取` } });
        return true;
      }
      set({ busy: false, fault });
      return false;
    }
  };
  return { ...state, left, run, clear: () => set({ busy: false, fault: null }) };
}
