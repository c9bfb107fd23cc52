import { useState } from "react";
import { type Fault, faultOf } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { alipayPhone, signsInWith } from "../../platform/login.ts";
import { finish, to } from "../../platform/navigate.ts";
import { act, CallFault } from "../../rpc.ts";
import { useSession } from "../../session.ts";
import { AgreeFirst } from "../../ui/agree-first.tsx";
import { Button, PlatformButton } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Heading, Note, Para } from "../../ui/words.tsx";
import type { Me, SignedIn } from "../../wire.ts";
import { afterSignIn } from "./after.ts";
import { ChangePhone } from "./change-phone.tsx";
import { CodeForm } from "./code-form.tsx";
import { useConsent } from "./consent.tsx";

/** A verified phone makes one person of the accounts on the three channels. */
export default function PhonePage() {
  const phone = useSession(({ me }) => me?.phone ?? null);
  return (
    <Page title={phone === null ? "验证手机号" : "手机号"}>
      <SignedInOnly>{(me) => (me.phone ? <Verified me={me} phone={me.phone} /> : <Ways me={me} />)}</SignedInOnly>
    </Page>
  );
}

function Verified({ me, phone }: { me: Me; phone: string }) {
  const [state, setState] = useState<"stands" | "changes" | "changed">("stands");
  if (state === "changes") {
    return <ChangePhone me={me} phone={phone} onDone={() => setState("changed")} onLeave={() => setState("stands")} />;
  }
  return (
    <Card>
      <Stack>
        <Note live={state === "changed"} tone="pine">
          {state === "changed"
            ? "手机号换好了。别的设备都退出了，要重新登录；用短信验证码登录的，请用新手机号"
            : `手机号 ${phone} 已经验证`}
        </Note>
        <Button kind="primary" onTap={() => finish(to("me"))}>
          好的
        </Button>
        <Button icon="smartphone" onTap={() => setState("changes")}>
          换手机号
        </Button>
      </Stack>
    </Card>
  );
}

function Ways({ me }: { me: Me }) {
  const consent = useConsent(true);
  const [byCode, setByCode] = useState(signsInWith === "code");
  const enter = useAct("signIn.withCode");
  const done = (answer: SignedIn) => afterSignIn(answer, consent.version);
  return (
    <Stack>
      <Card>
        <Stack gap={3}>
          <Heading level={2}>为什么要手机号</Heading>
          <Para>用来认出是您本人：换手机、换微信或支付宝登录，都是同一个账号；办事有结果也好通知您。</Para>
          <Para>别人只看得到前三位和后四位。</Para>
        </Stack>
      </Card>
      {me.consented ? (
        <Card>
          {byCode ? (
            <CodeForm consent={consent} proof={enter} doWord="验证手机号" onDone={done} />
          ) : (
            <ByPlatform onDone={done} />
          )}
        </Card>
      ) : (
        <AgreeFirst />
      )}
      {signsInWith === "code" || !me.consented ? null : (
        <Button onTap={() => setByCode(!byCode)}>{byCode ? "换回一键验证" : "用短信验证码验证"}</Button>
      )}
      <Button kind="plain" onTap={() => finish(to("me"))}>
        以后再说
      </Button>
    </Stack>
  );
}

/** The number that WeChat or Alipay knows, given by the platform's own button and only when the person allows it. */
function ByPlatform({ onDone }: { onDone: (answer: SignedIn) => void }) {
  const [state, set] = useState<{ busy: boolean; refused: boolean; fault: Fault | null }>(idle);
  const tell = async (ask: () => Promise<SignedIn>) => {
    set({ ...idle, busy: true });
    try {
      const answer = await ask();
      set(idle);
      onDone(answer);
    } catch (error) {
      if (!(error instanceof CallFault)) console.warn("the platform gave no phone number", error);
      const fault = error instanceof CallFault ? error.fault : { ...faultOf("broken"), zh: noNumber };
      set({ ...idle, fault });
    }
  };
  return (
    <Stack>
      {state.refused ? (
        <Note live tone="rice">
          没有拿到手机号，这没有关系。可以再点一次，也可以用短信验证码，或者以后再说。
        </Note>
      ) : null}
      <FaultNote fault={state.fault} />
      {state.busy ? (
        <Button kind="primary" icon="smartphone" busy>
          一键验证手机号
        </Button>
      ) : (
        <PlatformButton
          does="phone"
          kind="primary"
          onPhoneCode={(code) => tell(() => act("signIn.wechatPhone", { code }))}
          onAllowed={() => tell(async () => act("signIn.alipayPhone", await alipayPhone()))}
          onRefused={() => set({ ...idle, refused: true })}
        >
          一键验证手机号
        </PlatformButton>
      )}
    </Stack>
  );
}

const idle = { busy: false, refused: false, fault: null };
const noNumber = "没有拿到手机号，请再点一次，或者用短信验证码";
