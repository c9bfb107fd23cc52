import { useState } from "react";
import { isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { finish, to } from "../../platform/navigate.ts";
import { copyText } from "../../platform/share.ts";
import { signedIn, useSession } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { Empty, FaultNote, FaultView, Skeleton } from "../../ui/states.tsx";
import { Heading, Note, Para } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";

/** Staff prove themselves once more: six digits of an authenticator, which is set up here the first time. */
export default function SecondFactor() {
  const { me, state } = useSession();
  return (
    <Page title="动态口令">
      {state === "asking" ? (
        <Skeleton rows={3} />
      ) : (
        <Card>{me === null ? <FaultView fault={signInFirst} /> : <Part me={me} />}</Card>
      )}
    </Page>
  );
}

const signInFirst = { kind: "refused", word: "SIGN_IN_FIRST", zh: "请先登录", details: {} } as const;
const phoneFirst = { kind: "refused", word: "PHONE_FIRST", zh: "请先验证手机号", details: {} } as const;

function Part({ me }: { me: Me }) {
  const [secret, setSecret] = useState<string | null>(null);
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
      {secret === null ? null : <Secret secret={secret} />}
      <Digits first={secret !== null} onUnknown={() => setEnrolled(false)} />
    </Stack>
  );
}

function Begin(props: { onSecret: (secret: string) => void; onAlready: () => void }) {
  const enrol = useAct("signIn.enrol");
  const run = async () => {
    const answer = await enrol.run({});
    if (answer) props.onSecret(answer.secret);
  };
  return (
    <Stack>
      <Heading level={2}>先绑定动态口令</Heading>
      <Para>办理村务、查看村民资料，除了登录还要输入一次动态口令，防止别人冒用您的账号。只绑定这一次。</Para>
      <Para>请先在手机上装一个“身份验证器”应用（应用商店里搜“身份验证器”），再点下面的按钮。</Para>
      <FaultNote fault={enrol.fault} onRetry={run} />
      {isWord(enrol.fault, "TOTP_ALREADY") ? (
        <Button kind="primary" onTap={props.onAlready}>
          去输入动态口令
        </Button>
      ) : (
        <Button kind="primary" icon="key-round" busy={enrol.busy} onTap={run}>
          开始绑定
        </Button>
      )}
    </Stack>
  );
}

/** Four letters at a time: read and typed by hand without losing one's place. */
const inFours = (secret: string): string => (secret.match(/.{1,4}/g) ?? []).join(" ");

function Secret({ secret }: { secret: string }) {
  const [copied, setCopied] = useState<"no" | "yes" | "failed">("no");
  const copy = async () => setCopied((await copyText(secret)) ? "yes" : "failed");
  return (
    <Stack gap={3}>
      <Heading level={2}>第一步：把密钥放进验证器</Heading>
      <Para>在验证器里点“添加”，选“手动输入密钥”，账户名填“微门户”，再把下面的密钥粘贴或照着输进去。</Para>
      <Para size="title">{inFours(secret)}</Para>
      <Button icon="copy" onTap={copy}>
        复制密钥
      </Button>
      {copied === "yes" ? (
        <Note live tone="pine">
          已复制，请到验证器里粘贴
        </Note>
      ) : null}
      {copied === "failed" ? (
        <Note live tone="rice">
          没有复制成功，请照着输入
        </Note>
      ) : null}
      <Note tone="rice">密钥只显示这一次，不要告诉任何人，也不要截图发给别人</Note>
      <Heading level={2}>第二步：输入验证器里的数字</Heading>
    </Stack>
  );
}

function Digits({ first, onUnknown }: { first: boolean; onUnknown: () => void }) {
  const [digits, setDigits] = useState("");
  const [short, setShort] = useState(false);
  const second = useAct("signIn.second");
  const run = async () => {
    setShort(digits.length !== 6);
    if (digits.length !== 6) return;
    const answer = await second.run({ digits });
    if (!answer) return;
    signedIn(answer);
    finish(to("me"));
  };
  const wrong = second.fault && isWord(second.fault, "TOTP_WRONG") ? second.fault.zh : null;
  return (
    <Stack>
      {first ? null : <Para>请打开手机上的身份验证器，把“微门户”那一行的 6 位数字输进来。数字每半分钟换一次。</Para>}
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
      {wrong ? null : <FaultNote fault={second.fault} onRetry={run} />}
      {isWord(second.fault, "TOTP_ENROL_FIRST") ? <Button onTap={onUnknown}>去绑定动态口令</Button> : null}
      <Button kind="primary" icon="shield-check" busy={second.busy} busyText="正在核对…" onTap={run}>
        确定
      </Button>
      <Button kind="plain" onTap={() => finish(to("me"))}>
        以后再说
      </Button>
      <Para size="small">验证器丢了、换了手机，请联系县里的安全管理员。</Para>
    </Stack>
  );
}
