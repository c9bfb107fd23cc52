import { useState } from "react";
import { isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { finish, to } from "../../platform/navigate.ts";
import { signedIn } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Form, useForm } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { Empty, FaultNote, FaultView } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";
import { Begin, ByAppInstead, type Enrolled, Secret } from "./enrol.tsx";

/** Staff prove themselves once more: six digits of an authenticator, which is set up here the first time. */
export default function SecondFactor() {
  return (
    <Page title="动态口令">
      <SignedInOnly>
        {(me) => (
          <Card>
            <Part me={me} />
          </Card>
        )}
      </SignedInOnly>
    </Page>
  );
}

const phoneFirst = { kind: "refused", word: "PHONE_FIRST", zh: "请先验证手机号", details: {} } as const;

function Part({ me }: { me: Me }) {
  const [secret, setSecret] = useState<Enrolled | null>(null);
  const [enrolled, setEnrolled] = useState(me.enrolled);
  if (me.roles.length === 0) {
    return (
      <Empty words="动态口令只给村、镇、县的工作人员用，您不需要" icon="key-round">
        <Button onTap={() => finish(to("me"))}>返回</Button>
      </Empty>
    );
  }
  if (me.phone === null) return <FaultView fault={phoneFirst} />;
  if (me.strong) {
    return (
      <Stack>
        <Note tone="pine">您已经通过验证，可以办理了</Note>
        <Button kind="primary" onTap={() => finish(to("me"))}>
          好的
        </Button>
      </Stack>
    );
  }
  if (!enrolled && secret === null) {
    return <Begin onSecret={setSecret} onAlready={() => setEnrolled(true)} />;
  }
  return (
    <Stack gap={5}>
      {secret === null ? null : <Secret enrolled={secret} />}
      <Digits first={secret !== null} onUnknown={() => setEnrolled(false)} />
    </Stack>
  );
}

function Digits({ first, onUnknown }: { first: boolean; onUnknown: () => void }) {
  const [digits, setDigits] = useState("");
  const [short, setShort] = useState(false);
  const second = useAct("signIn.second");
  const form = useForm();
  const run = async () => {
    setShort(digits.length !== 6);
    if (digits.length !== 6) return form.refuse();
    const answer = await second.run({ digits });
    if (!answer) return form.refuse();
    signedIn(answer);
    finish(to("me"));
  };
  const wrong = second.fault && isWord(second.fault, "TOTP_WRONG") ? second.fault.zh : null;
  return (
    <Stack>
      {first ? null : <Para>请打开手机上的身份验证器，把“微门户”那一行的 6 位数字输进来。数字每半分钟换一次。</Para>}
      <Form tries={form.tries}>
        <TextField
          label="动态口令"
          hint="验证器里现在的 6 位数字"
          type="number"
          value={digits}
          onChange={(text) => setDigits(text.replace(/\D/g, "").slice(0, 6))}
          maxLength={12}
          autoComplete="one-time-code"
          error={short ? "请输入 6 位数字" : wrong}
          onDone={run}
        />
      </Form>
      {wrong ? null : <FaultNote fault={second.fault} onRetry={run} />}
      {isWord(second.fault, "TOTP_ENROL_FIRST") ? <Button onTap={onUnknown}>去绑定动态口令</Button> : null}
      <Button kind="primary" icon="shield-check" busy={second.busy} busyText="正在核对…" onTap={run}>
        确定
      </Button>
      <Button kind="plain" onTap={() => finish(to("me"))}>
        以后再说
      </Button>
      {first ? null : <ByAppInstead />}
      <Para size="small">验证器丢了、换了手机，请联系县里的安全管理员。</Para>
    </Stack>
  );
}
