import { relationNames } from "@weimenhu/domain/identity/mandate";
import type { ReactNode } from "react";
import { now } from "../../platform/clock.ts";
import { Card, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Heading, Note, Para, Tag } from "../../ui/words.tsx";
import { consentWords, type Mandate, rangeText, stateWords } from "./words.ts";

/** One mandate; `title`: the side that the reader does not stand on. */
export function MandateFace({ one, title, children }: { one: Mandate; title: string; children?: ReactNode }) {
  const { tone, word, icon } = stateWords[one.state];
  return (
    <Card>
      <Stack gap={3}>
        <Tag tone={tone} icon={icon}>
          {word}
        </Tag>
        <Heading level={2}>{title}</Heading>
        <Para size="small">{`${relationNames[one.relation]} · ${one.regionName}`}</Para>
        {one.idCard === "" ? null : <Para size="small">{`身份证号 ${one.idCard}`}</Para>}
        <Para size="small">{rangeText(one)}</Para>
        <Para size="small">{`${dateText(one.askedAt, now())} 申请`}</Para>
        {one.consent === null ? null : <Para size="small">{consentWords[one.consent]}</Para>}
        {one.note === null ? null : <Note tone="seal">{`村里的说明：${one.note}`}</Note>}
        {children}
      </Stack>
    </Card>
  );
}
