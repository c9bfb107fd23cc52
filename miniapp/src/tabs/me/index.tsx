import { roleName } from "@weimenhu/domain/identity/roles";
import { useState } from "react";
import { useUnread } from "../../hooks/use-unread.ts";
import { whoIsHere } from "../../mine.ts";
import { to } from "../../platform/navigate.ts";
import { may, refreshMe, useSession } from "../../session.ts";
import { agreeTitle } from "../../ui/agree-sheet.tsx";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { countText } from "../../ui/count.ts";
import type { IconName } from "../../ui/icon.tsx";
import { Page } from "../../ui/page.tsx";
import { Skeleton } from "../../ui/states.tsx";
import { Heading, Para, Tag, type Tone } from "../../ui/words.tsx";
import type { Me, Village } from "../../wire.ts";

export default function MePage() {
  const { me, state, skin } = useSession();
  const unread = useUnread();
  return (
    <Page title="我的" tab="me">
      <Stack>
        {me ? <Known me={me} /> : <Stranger state={state} />}
        {me ? (
          <List>
            {me.consented ? null : (
              <Row icon="shield-check" title={agreeTitle} value={<Tag tone="seal">请看</Tag>} to={to("signIn")} />
            )}
            <Row
              icon="bell"
              title="消息"
              value={unread > 0 ? <Tag tone="seal">{`${countText(unread)} 条未读`}</Tag> : ""}
              to={to("messages")}
            />
            <Row icon="calendar-clock" title="我的预约" to={to("tickets")} />
            <Row icon="users" title="替家人办事" to={to("family")} />
            <Row icon="message-square" title="我发的和反映的" to={to("circle", { show: "mine" })} />
          </List>
        ) : null}
        {me ? <Staff me={me} /> : null}
        <Section title="设置和说明">
          <List>
            <Row
              icon="a-large-small"
              title="字号和长辈版"
              value={["普通版", "长辈版", "长辈版 特大字"][skin]}
              to={to("settings")}
            />
            {me ? <Row icon="user-x" title="不看的人" to={to("blocked")} /> : null}
            {me ? <Row icon="smartphone" title="登录过的设备" to={to("sessions")} /> : null}
            {me ? <Row icon="shield-check" title="账号和隐私" to={to("account")} /> : null}
            <Row icon="file-text" title="隐私保护说明" to={to("document", { name: "privacy" })} />
            <Row icon="phone" title="关于和反馈电话" to={to("about")} />
          </List>
        </Section>
      </Stack>
    </Page>
  );
}

/** Not known yet, not known for want of an answer, or nobody: three different things to say. */
function Stranger({ state }: { state: string }) {
  const [busy, setBusy] = useState(false);
  if (state === "asking") return <Skeleton rows={2} />;
  if (state !== "lost") return <Unknown />;
  const again = async () => {
    setBusy(true);
    await refreshMe();
    setBusy(false);
  };
  return (
    <Card>
      <Stack gap={3}>
        <Heading level={2}>暂时看不到您的信息</Heading>
        <Para>{`没有连上${whoIsHere() === null ? "" : "，您的登录还在"}。看过的公告可以照常看。`}</Para>
        <Button kind="primary" icon="rotate-cw" busy={busy} onTap={again}>
          重试
        </Button>
      </Stack>
    </Card>
  );
}

function Unknown() {
  return (
    <Card>
      <Stack gap={3}>
        <Heading level={2}>还没有登录</Heading>
        <Para>看公告不用登录。登录后可以关注村子、认证村民、在别的手机上接着用。</Para>
        <Button kind="primary" icon="log-in" to={to("signIn")}>
          登录
        </Button>
      </Stack>
    </Card>
  );
}

const states: Record<Village["verification"], { word: string; tone: Tone; icon: IconName }> = {
  none: { word: "已关注", tone: "plain", icon: "check" },
  pending: { word: "认证办理中", tone: "rice", icon: "clock" },
  verified: { word: "认证村民", tone: "pine", icon: "badge-check" },
  refused: { word: "认证未通过", tone: "seal", icon: "circle-alert" },
  ended: { word: "已关注", tone: "plain", icon: "check" },
};

function Known({ me }: { me: Me }) {
  return (
    <>
      <Card>
        <Stack gap={2}>
          <Heading level={2}>{me.name ?? me.staffName ?? "村民朋友"}</Heading>
          <Para size="small">{me.phone ? `手机号 ${me.phone}` : "还没有验证手机号"}</Para>
          {me.phone ? null : (
            <Button kind="primary" icon="smartphone" to={to("phone")}>
              验证手机号
            </Button>
          )}
          {me.roles.map((role) => (
            <Para key={`${role.role}${role.region}`} size="small">
              {`${role.regionName} · ${roleName(role)}`}
            </Para>
          ))}
        </Stack>
      </Card>
      <Section title="我的村" more={{ words: "换村、加村", to: to("region", { follow: "1" }) }}>
        <List>
          {me.villages.map((village) => (
            <Row
              key={village.code}
              icon={village.home ? "house" : "map-pin"}
              title={village.name}
              under={[village.town, village.group].filter(Boolean).join(" · ")}
              value={
                <Tag tone={states[village.verification].tone} icon={states[village.verification].icon}>
                  {states[village.verification].word}
                </Tag>
              }
              to={to("verify", { region: village.code })}
            />
          ))}
          {me.villages.length === 0 ? <Row icon="plus" title="关注一个村" to={to("region", { follow: "1" })} /> : null}
        </List>
      </Section>
    </>
  );
}

function Staff({ me }: { me: Me }) {
  const rows = [
    may(me, "cases.handle") ? <Row key="cases" icon="bell" title="处理村民诉求" to={to("cases")} /> : null,
    may(me, "cases.handle") ? <Row key="board" icon="landmark" title="各村办理情况" to={to("board")} /> : null,
    may(me, "notices.desk") ? <Row key="desk" icon="list-checks" title="待我处理的公告" to={to("desk")} /> : null,
    may(me, "notices.write") ? <Row key="write" icon="pencil" title="写公告" to={to("compose")} /> : null,
    may(me, "circle.moderate") ? <Row key="check" icon="flag" title="内容审核" to={to("moderation")} /> : null,
    may(me, "villagers.decide") ? <Row key="queue" icon="id-card" title="审核村民认证" to={to("verifyQueue")} /> : null,
    may(me, "villagers.decide") ? <Row key="mandates" icon="users" title="替办授权登记" to={to("mandates")} /> : null,
  ].filter((row) => row !== null);
  if (rows.length === 0) return null;
  return (
    <Box>
      <Section title="村务工作">
        <List>{rows}</List>
      </Section>
    </Box>
  );
}
