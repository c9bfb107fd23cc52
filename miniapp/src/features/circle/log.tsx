import { riskLabels } from "@weimenhu/domain/circle/duty";
import { useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { now } from "../../platform/clock.ts";
import { pageQuery } from "../../platform/navigate.ts";
import { useSession } from "../../session.ts";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { dateParts } from "../../ui/date.ts";
import { Chips } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { AnswerView, Empty, NothingHere } from "../../ui/states.tsx";
import { Para } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";

type Log = OutputOf<"circle.log">;

/** `2026-11`, so many months ago. */
function monthText(ago: number): { key: string; word: string } {
  const { year, month } = dateParts(now());
  const at = year * 12 + month - 1 - ago;
  const [y, m] = [Math.floor(at / 12), (at % 12) + 1];
  return { key: `${y}-${String(m).padStart(2, "0")}`, word: `${y}年${m}月` };
}

/** How much of what was written in a village was taken out of sight, and why: counts, no names. */
export default function CircleLog() {
  const [{ village }] = useState(pageQuery);
  const place = useSession((session) => session.place);
  const code = village ?? place?.code ?? null;
  const months = [0, 1, 2].map(monthText);
  const [month, setMonth] = useState(months[0]?.key ?? "");
  const log = useAsk("circle.log", code === null ? null : { village: code, month });
  return (
    <Page title="内容处置公示">
      {code === null ? (
        <NothingHere about="villageTalk" />
      ) : (
        <Stack>
          <Para>大家写的话先经过自动审核，拿不准的由工作人员看。每个月处置了多少、为什么，在这里公布，不写名字。</Para>
          <Chips label="哪个月" choices={months} value={month} onChange={setMonth} wrap />
          <AnswerView answer={log} about="villageTalk">
            {(data) => <Counts log={data} />}
          </AnswerView>
        </Stack>
      )}
    </Page>
  );
}

function Counts({ log }: { log: Log }) {
  const { refused, passed, appeals } = log;
  if (refused.length === 0 && passed + appeals.upheld + appeals.rejected === 0) {
    return (
      <Card>
        <Empty words="这个月没有处置过内容" icon="circle-check" />
      </Card>
    );
  }
  return (
    <Stack>
      {refused.length > 0 ? (
        <Section title="没有让大家看到的">
          <List>
            {refused.map(({ label, byMachine, byPeople }) => (
              <Row
                key={label}
                title={riskLabels[label]}
                under={`自动审核 ${byMachine} 条 · 工作人员 ${byPeople} 条`}
                value={`${byMachine + byPeople} 条`}
              />
            ))}
          </List>
        </Section>
      ) : null}
      <Section title="工作人员看过">
        <List>
          <Row title="看过以后照常显示" value={`${passed} 条`} />
          <Row title="申诉后改为显示" value={`${appeals.upheld} 条`} />
          <Row title="申诉后维持不显示" value={`${appeals.rejected} 条`} />
        </List>
      </Section>
    </Stack>
  );
}
