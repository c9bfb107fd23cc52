import { useAsk } from "../../hooks/use-ask.ts";
import { clientVersion } from "../../platform/env.ts";
import { to } from "../../platform/navigate.ts";
import { call } from "../../platform/open.ts";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { AnswerView } from "../../ui/states.tsx";
import { Heading, Note, Para } from "../../ui/words.tsx";
import type { About } from "../../wire.ts";

export default function AboutPage() {
  const about = useAsk("site.about", {}, { keep: true });
  return (
    <Page title="关于">
      <AnswerView answer={about}>{(data) => <AboutView about={data} />}</AnswerView>
    </Page>
  );
}

function AboutView({ about }: { about: About }) {
  return (
    <Stack>
      <Card>
        <Stack gap={3}>
          <Heading level={2}>{about.name}</Heading>
          <Para>{`主办：${about.hostUnit}`}</Para>
          <Para>用着不顺、内容有错、想投诉或提建议，请打这个电话，有人接听：</Para>
          <Para size="title">{about.phone}</Para>
          <Button kind="primary" icon="phone" onTap={() => call(about.phone)}>
            打反馈电话
          </Button>
        </Stack>
      </Card>
      {about.demo ? <Note tone="rice">这是演示环境，里面的人和事都是虚构的</Note> : null}
      <Section title="备案信息">
        <List>
          {facts(about).map(([title, value]) => (
            <Row key={title} title={title} value={value} />
          ))}
        </List>
      </Section>
      <Section title="说明">
        <List>
          <Row title="隐私保护说明" to={to("document", { name: "privacy" })} />
          <Row title="用户协议" to={to("document", { name: "terms" })} />
          <Row title="未成年人保护" to={to("document", { name: "minors" })} />
          <Row title="无障碍说明" to={to("document", { name: "accessibility" })} />
        </List>
      </Section>
    </Stack>
  );
}

const facts = (about: About): [string, string][] =>
  (
    [
      ["网站标识码", about.idCode],
      ["ICP 备案", about.icp],
      ["公安备案", about.police],
      ["政务应用备案", about.filing],
      ["网址", about.domain],
      ["版本", clientVersion],
    ] as [string, string][]
  ).filter(([, value]) => value !== "");
