import { useState } from "react";
import { forgetAnswers, kept, keptMine } from "../../hooks/kept.ts";
import { to } from "../../platform/navigate.ts";
import { type Skin, setSkin, useSession } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { sizeText } from "../../ui/date.ts";
import { Radios } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { Note, Para } from "../../ui/words.tsx";

const editions = [
  { key: "0", word: "普通版", under: "跟随手机的字号" },
  { key: "1", word: "长辈版", under: "大字、大按钮" },
  { key: "2", word: "长辈版 特大字", under: "字最大" },
] as const;
type Edition = (typeof editions)[number]["key"];
const skins: Record<Edition, Skin> = { "0": 0, "1": 1, "2": 2 };

export default function Settings() {
  const { skin, me } = useSession();
  const [bytes, setBytes] = useState(() => kept.bytes() + keptMine.bytes());
  const [cleared, setCleared] = useState(false);
  const clear = () => {
    forgetAnswers();
    setBytes(0);
    setCleared(true);
  };
  return (
    <Page title="设置">
      <Stack>
        <Section title="字号和长辈版">
          <Card>
            <Radios<Edition>
              label="字号和长辈版"
              choices={[...editions]}
              value={`${skin}`}
              onChange={(key) => setSkin(skins[key])}
            />
          </Card>
        </Section>
        {me ? (
          <Section title="账号">
            <List>
              <Row
                icon="smartphone"
                title="手机号"
                under="可以换成新的手机号"
                value={me.phone ?? "没有"}
                to={to("phone")}
              />
              <Row icon="shield-check" title="账号和隐私" to={to("account")} />
            </List>
          </Section>
        ) : null}
        <Section title="保存的内容">
          <Card>
            <Stack gap={3}>
              <Para>{`看过的公告和村里的话保存在手机里，没有网络也能看。占用空间：${sizeText(bytes)}。`}</Para>
              <Button kind="plain" icon="trash-2" onTap={clear}>
                清除保存的内容
              </Button>
              {cleared ? (
                <Note live tone="pine">
                  已清除
                </Note>
              ) : null}
            </Stack>
          </Card>
        </Section>
        <Section title="说明">
          <List>
            <Row icon="shield-check" title="隐私保护说明" to={to("document", { name: "privacy" })} />
            <Row icon="file-text" title="用户协议" to={to("document", { name: "terms" })} />
            <Row icon="users" title="未成年人保护" to={to("document", { name: "minors" })} />
            <Row icon="eye" title="无障碍说明" to={to("document", { name: "accessibility" })} />
            <Row icon="phone" title="关于和反馈电话" to={to("about")} />
          </List>
        </Section>
      </Stack>
    </Page>
  );
}
