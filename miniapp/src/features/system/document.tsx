import { bodyText } from "@weimenhu/domain/body";
import { useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { pageQuery } from "../../platform/navigate.ts";
import { BodyView } from "../../ui/body.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { SpeakButton } from "../../ui/speak-button.tsx";
import { AnswerView, NothingHere } from "../../ui/states.tsx";
import { Heading, Para } from "../../ui/words.tsx";

const names = ["privacy", "terms", "minors", "accessibility"] as const;
type Name = (typeof names)[number];

export default function DocumentPage() {
  const [query] = useState(pageQuery);
  const name = names.find((each) => each === query.name);
  if (name !== undefined) return <Text name={name} />;
  return (
    <Page title="说明">
      <NothingHere about="document" />
    </Page>
  );
}

function Text({ name }: { name: Name }) {
  const answer = useAsk("site.document", { name }, { keep: true });
  return (
    <Page title={answer.data?.title ?? "说明"} ownHeading={answer.data !== null}>
      <AnswerView answer={answer}>
        {(data) => (
          <Stack>
            <Heading level={1}>{data.title}</Heading>
            <Para size="small">{`版本 ${data.version}`}</Para>
            <SpeakButton text={`${data.title}。\n${bodyText(data.body)}`} />
            <Card>
              <BodyView body={data.body} />
            </Card>
          </Stack>
        )}
      </AnswerView>
    </Page>
  );
}
