import { useState } from "react";
import type { Fault } from "../../fault.ts";
import { to } from "../../platform/navigate.ts";
import { type Saved, saveText } from "../../platform/save.ts";
import { ask, faultIn } from "../../rpc.ts";
import { useSession } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { FaultNote, FaultView, Skeleton } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";
import { CloseAccount } from "./close-account.tsx";
import { SignOut } from "./sign-out.tsx";

const signInFirst = { kind: "refused", word: "SIGN_IN_FIRST", zh: "请先登录", details: {} } as const;

/** What is kept about me, how to take it home, and how to have it all removed. */
export default function AccountPage() {
  const { me, state } = useSession();
  return (
    <Page title="账号与隐私">
      {state === "asking" ? (
        <Skeleton rows={5} />
      ) : me === null ? (
        <Card>
          <FaultView fault={signInFirst} />
        </Card>
      ) : (
        <Stack>
          <KeptView me={me} />
          <Export />
          <Section title="登录">
            <Stack gap={3}>
              <List>
                <Row icon="smartphone" title="登录过的设备" to={to("sessions")} />
              </List>
              <SignOut />
            </Stack>
          </Section>
          <CloseAccount />
        </Stack>
      )}
    </Page>
  );
}

const channelWords: Record<Me["channels"][number], string> = { wechat: "微信", alipay: "支付宝", phone: "手机号" };

export function KeptView({ me }: { me: Me }) {
  const villages = me.villages.map(({ name }) => name).join("、");
  const verified = me.villages.filter(({ verification }) => verification === "verified").map(({ name }) => name);
  return (
    <Section title="我们保存了什么">
      <Stack gap={3}>
        <List>
          <Row title="手机号" value={me.phone ?? "没有"} {...(me.phone ? {} : { to: to("phone") })} />
          <Row title="姓名" value={me.name ?? "没有"} />
          <Row title="登录方式" value={me.channels.map((channel) => channelWords[channel]).join("、") || "没有"} />
          <Row title="关注的村" value={villages || "没有"} />
          <Row
            title="认证的村"
            value={verified.join("、") || "没有"}
            {...(verified.length > 0 ? { to: to("verify") } : {})}
          />
          <Row icon="shield-check" title="看《隐私保护说明》" to={to("document", { name: "privacy" })} />
        </List>
        <Para size="small">手机号、姓名和身份证号加密保存，页面上只显示一部分。登录和办事的记录也会保存。</Para>
      </Stack>
    </Section>
  );
}

const savedWords: Record<Saved, string> = {
  saved: "已经交给浏览器下载，请在“下载”里找",
  shared: "已发出。里面有您的身份信息，请只发给自己",
  copied: "已复制。里面有您的身份信息，请粘贴到自己的备忘录里，不要发给别人",
  no: "没有保存成功，请在网页版里导出",
};

function Export() {
  const [state, set] = useState<{ busy: boolean; fault: Fault | null; saved: Saved | null }>(idle);
  const run = async () => {
    set({ ...idle, busy: true });
    try {
      const { filename, json } = await ask("account.export", {});
      set({ ...idle, saved: await saveText(filename, json) });
    } catch (error) {
      set({ ...idle, fault: faultIn(error) });
    }
  };
  return (
    <Section title="带走我的资料">
      <Card>
        <Stack gap={3}>
          <Para>把我们保存的、关于您的全部内容存成一个文件。里面有完整的手机号和身份证号，请自己收好。</Para>
          <FaultNote fault={state.fault} onRetry={run} />
          {state.saved ? (
            <Note live tone={state.saved === "no" ? "rice" : "pine"}>
              {savedWords[state.saved]}
            </Note>
          ) : null}
          <Button icon="download" busy={state.busy} onTap={run}>
            导出我的资料
          </Button>
        </Stack>
      </Card>
    </Section>
  );
}

const idle = { busy: false, fault: null, saved: null };
