import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { refreshMe } from "../../session.ts";
import { AgreeFirst } from "../../ui/agree-first.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Heading, Para } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";
import { CodeForm } from "./code-form.tsx";
import { useConsent } from "./consent.tsx";

/** Another number for this account: what stays, what ends, and the code that proves it. */
export function ChangePhone(props: { me: Me; phone: string; onDone: () => void; onLeave: () => void }) {
  const { me } = props;
  const consent = useConsent(true);
  const change = useAct("account.changePhone");
  const proof = {
    ...change,
    run: ({ phone, code }: { phone: string; code: string }) => change.run({ phone, code }),
  };
  const done = async () => {
    outdate("account.");
    await refreshMe();
    props.onDone();
  };
  return (
    <Stack>
      <Card>
        <Stack gap={3}>
          <Heading level={2}>换手机号</Heading>
          <Para>{`现在是 ${props.phone}。换了以后，旧手机号不再能登录这个账号，用新手机号登录。账号还是这一个：关注的村、村民认证、发过的内容都在。`}</Para>
          <Para>为了安全，别的设备会退出，要重新登录。</Para>
        </Stack>
      </Card>
      {me.consented ? (
        <Card>
          <CodeForm
            consent={consent}
            proof={proof}
            label="新手机号"
            change
            doWord="换成这个手机号"
            onDone={() => void done()}
          />
        </Card>
      ) : (
        <AgreeFirst />
      )}
      <Button kind="plain" onTap={props.onLeave}>
        不换了
      </Button>
    </Stack>
  );
}
