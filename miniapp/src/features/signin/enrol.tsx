import { View } from "@tarojs/components";
import { useState } from "react";
import { isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useSignOut } from "../../hooks/use-sign-out.ts";
import { byFinger, isWeb } from "../../platform/env.ts";
import { signsInWith } from "../../platform/login.ts";
import { go, to } from "../../platform/navigate.ts";
import { copyText } from "../../platform/share.ts";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Stack } from "../../ui/card.tsx";
import { QrCode } from "../../ui/qr.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Heading, Note, Para } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";
import { signInWords } from "./by-platform.tsx";

export type Enrolled = OutputOf<"signIn.enrol">;

/** Before the first time: what it is for and what is needed. */
export function Begin(props: { onSecret: (secret: Enrolled) => void; onAlready: () => void }) {
  const enrol = useAct("signIn.enrol");
  const run = async () => {
    const answer = await enrol.run({});
    if (answer) props.onSecret(answer);
  };
  return (
    <Stack>
      <Heading level={2}>先绑定动态口令</Heading>
      <Para>办理村务、查看村民资料，除了登录还要输入一次动态口令，防止别人冒用您的账号。只绑定这一次。</Para>
      <ByAppInstead />
      <Para>请先在手机上装一个“身份验证器”应用（应用商店里搜“身份验证器”），再点下面的按钮。</Para>
      <Para size="small">上次没有绑完的话，请先把验证器里的“微门户”那一行删掉。</Para>
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

/** In a mini-program the platform's own account together with the phone is proof enough: only a sign-in by message is not. */
export function ByAppInstead() {
  const out = useSignOut(() => go(to("signIn"), "replace"));
  if (signsInWith === "code") return null;
  const word = signInWords[signsInWith];
  return (
    <Stack gap={3}>
      <Note>{`更简单的办法：换成${word}，就不用动态口令`}</Note>
      <FaultNote fault={out.fault} onRetry={out.run} />
      <Button icon="log-in" busy={out.busy} onTap={out.run}>
        {`换成${word}`}
      </Button>
    </Stack>
  );
}

/** The key on its way into the authenticator: copied on the phone itself, or scanned by another one. */
export function Secret({ enrolled: { secret, uri } }: { enrolled: Enrolled }) {
  const [copied, setCopied] = useState<"no" | "yes" | "failed">("no");
  const [scanning, setScanning] = useState(!byFinger);
  const copy = async () => setCopied((await copyText(secret)) ? "yes" : "failed");
  return (
    <Stack gap={3}>
      <Heading level={2}>第一步：把密钥放进验证器</Heading>
      {isWeb && byFinger ? <OpenAuthenticator uri={uri} /> : null}
      {scanning ? <ByCamera uri={uri} /> : null}
      <List label="怎么放">
        <Row title="1. 点“复制密钥”" />
        <Row title="2. 打开验证器，点“添加”或“＋”，选“手动输入”" />
        <Row title="3. 账户名写“微门户”，在密钥那一格长按、点“粘贴”，再点“完成”" />
        <Row title="4. 回到这里，做第二步" />
      </List>
      <Card>
        <Para size="title">{inFours(secret)}</Para>
      </Card>
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
      {scanning ? null : (
        <Button kind="plain" onTap={() => setScanning(true)}>
          验证器在另一部手机上
        </Button>
      )}
      <Note tone="rice">密钥只显示这一次。不要告诉任何人，也不要截图</Note>
      <Heading level={2}>第二步：输入验证器里的数字</Heading>
    </Stack>
  );
}

/** Four letters at a time: read and typed by hand without losing one's place. */
const inFours = (secret: string): string => (secret.match(/.{1,4}/g) ?? []).join(" ");

/** Phones hand this kind of address to their authenticator; mini-programs cannot open it. */
function OpenAuthenticator({ uri }: { uri: string }) {
  return (
    <Stack gap={2}>
      <View className="tap btn" {...{ role: "link", href: uri }}>
        直接放进验证器
      </View>
      <Para size="small">点了没有反应，就照下面四步做。</Para>
    </Stack>
  );
}

function ByCamera({ uri }: { uri: string }) {
  return (
    <Stack gap={2}>
      <Para>用另一部手机上的验证器扫这个二维码，就不用输密钥：</Para>
      <QrCode text={uri} label="绑定动态口令的二维码" />
    </Stack>
  );
}
