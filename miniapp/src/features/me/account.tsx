import { to } from "../../platform/navigate.ts";
import { List, Row, Section, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { Para } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";
import { CloseAccount } from "./close-account.tsx";
import { Export } from "./export.tsx";
import { SignOut } from "./sign-out.tsx";

/** What is kept about me, how to take it home, and how to have it all removed. */
export default function AccountPage() {
  return (
    <Page title="账号与隐私">
      <SignedInOnly>
        {(me) => (
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
      </SignedInOnly>
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
          <Row title="手机号" value={me.phone ?? "没有"} to={to("phone")} />
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
        <Para size="small">手机号、姓名和身份证号加密保存，这里只显示一部分。登录和办事的记录也会保存。</Para>
      </Stack>
    </Section>
  );
}
