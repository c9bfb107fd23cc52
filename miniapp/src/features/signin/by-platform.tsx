import { View } from "@tarojs/components";
import { useState } from "react";
import { type Fault, faultOf } from "../../fault.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { hopHref } from "../../platform/hop.ts";
import { loginCode } from "../../platform/login.ts";
import { cameFrom } from "../../platform/navigate.ts";
import { act, CallFault } from "../../rpc.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { FaultNote } from "../../ui/states.tsx";
import type { SignedIn } from "../../wire.ts";
import type { Consent } from "./consent.tsx";

export type App = "wechat" | "alipay";
export const signInWords: Record<App, string> = { wechat: "微信一键登录", alipay: "支付宝一键登录" };

/** Whether the county does without this way; unknown counts as no: the server refuses it in plain words anyway. */
export function useOff(app: App, hop: boolean): boolean {
  const off = useAsk("site.about", {}, { keep: true }).data?.signInOff ?? [];
  return off.includes(hop && app === "wechat" ? "wechat-web" : app);
}

/** The platform's own account, in a mini-program. The platform is not even asked before the consent. */
export function PlatformSignIn(props: { app: App; consent: Consent; onDone: (answer: SignedIn) => void }) {
  const { app, consent } = props;
  const [state, set] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const run = async () => {
    if (!consent.given() || state.busy) return;
    set({ busy: true, fault: null });
    try {
      const input = { code: await loginCode(), consent: consent.version };
      const answer = await act(app === "wechat" ? "signIn.wechat" : "signIn.alipay", input);
      set({ busy: false, fault: null });
      props.onDone(answer);
    } catch (error) {
      if (!(error instanceof CallFault)) console.warn("the platform gave no login code", error);
      set({ busy: false, fault: error instanceof CallFault ? error.fault : noLogin });
    }
  };
  return (
    <Stack gap={3}>
      <FaultNote fault={state.fault} onRetry={run} />
      <Button kind="primary" icon="log-in" busy={state.busy} busyText="正在登录…" onTap={run}>
        {signInWords[app]}
      </Button>
    </Stack>
  );
}

const noLogin: Fault = { ...faultOf("broken"), zh: "登录没有成功，请检查网络后再试" };

/** The site inside WeChat's or Alipay's own browser: a real link over the platform's page and back. */
export function HopSignIn({ app, consent }: { app: App; consent: Consent }) {
  const [back] = useState(cameFrom);
  if (!consent.agreed) {
    return (
      <Button kind="primary" icon="log-in" onTap={consent.given}>
        {signInWords[app]}
      </Button>
    );
  }
  const link = { role: "link", href: hopHref(app, back, consent.version), className: "tap btn btn-primary" };
  return <View {...link}>{signInWords[app]}</View>;
}
