import { usePullDownRefresh } from "@tarojs/taro";
import type { Body } from "@weimenhu/domain/body";
import {
  type BoardCounts,
  type BoardPeriod,
  boardColumns,
  boardLine,
  boardPeriods,
  boardSentences,
  boardTotal,
  hasCounts,
  periodOf,
  ratingsHint,
  shareInTime,
} from "@weimenhu/domain/cases/board-words";
import { useMemo, useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { now } from "../../platform/clock.ts";
import { endPullDown } from "../../platform/pull.ts";
import { useSession } from "../../session.ts";
import { BodyView } from "../../ui/body.tsx";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Chips, PickField } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { StaffOnly } from "../../ui/staff-only.tsx";
import { AnswerView, Empty } from "../../ui/states.tsx";
import { Heading, Para } from "../../ui/words.tsx";
import type { Me, OutputOf } from "../../wire.ts";
import { officesOf } from "./places.ts";

type BoardRow = OutputOf<"cases.board">["items"][number];

const periods = (Object.keys(boardPeriods) as BoardPeriod[]).map((key) => ({ key, word: boardPeriods[key] }));

/** How the places below one's office were served: by place, never by rank. */
export default function Board() {
  return (
    <Page title="各村办理情况">
      <StaffOnly may="cases.handle">{(me) => <Offices me={me} />}</StaffOnly>
    </Page>
  );
}

function Offices({ me }: { me: Me }) {
  const { skin } = useSession();
  const offices = officesOf(me);
  const [at, setAt] = useState(0);
  const [period, setPeriod] = useState<BoardPeriod>("month");
  const region = offices[at]?.region ?? null;
  const [opened] = useState(now);
  const span = useMemo(() => periodOf(period, opened), [period, opened]);
  const board = useAsk("cases.board", region === null ? null : { region, ...span }, { freshMs: 0 });
  usePullDownRefresh(() => {
    board.retry();
    endPullDown();
  });
  return (
    <Stack>
      {offices.length > 1 ? (
        <PickField label="哪里的" options={offices.map((one) => one.regionName)} at={at} onChange={setAt} />
      ) : null}
      <Chips label="哪段时间" choices={periods} value={period} onChange={setPeriod} wrap={skin !== 0} />
      <Para size="small">看的是事情办得及不及时，按地方排列，不排名次。</Para>
      <Para size="small">{ratingsHint}</Para>
      <AnswerView answer={board}>{({ items }) => <Rows items={items} />}</AnswerView>
    </Stack>
  );
}

function Rows({ items }: { items: BoardRow[] }) {
  const [table, setTable] = useState(false);
  const body = useMemo(() => tableOf(items), [items]);
  if (items.every(({ raised, stars }) => raised === 0 && stars.every((count) => count === 0))) {
    return (
      <Card>
        <Empty words="这段时间没有诉求" icon="circle-check" />
      </Card>
    );
  }
  return (
    <Stack>
      {items.length > 1 ? <Place name="全部" counts={boardTotal(items)} /> : null}
      {items.map((row) => (
        <Place key={row.region} name={row.name} counts={row} />
      ))}
      <Button kind="plain" icon="list-checks" onTap={() => setTable(!table)}>
        {table ? "收起数字表" : "看数字表"}
      </Button>
      {table ? (
        <Card>
          <BodyView body={body} />
        </Card>
      ) : null}
    </Stack>
  );
}

function Place({ name, counts }: { name: string; counts: BoardCounts }) {
  const words = boardSentences(counts);
  return (
    <Card>
      <Stack gap={2}>
        <Heading level={2}>{name}</Heading>
        <Para>{words.whole}</Para>
        {hasCounts(counts) ? (
          <>
            <Bar words={words.accepted} percent={shareInTime(counts.acceptedInTime, counts.acceptedLate)} />
            <Bar words={words.answered} percent={shareInTime(counts.answeredInTime, counts.answeredLate)} />
          </>
        ) : null}
        <Para size="small">{words.stars}</Para>
      </Stack>
    </Card>
  );
}

/** A bar under the sentence that says the same. */
function Bar({ words, percent }: { words: string; percent: number | null }) {
  return (
    <Box>
      <Para size="small">{words}</Para>
      {percent === null ? null : (
        <Box class="meter" hidden>
          <Box class="meter-in" style={{ width: `${percent}%` }} />
        </Box>
      )}
    </Box>
  );
}

const cell = (v: string, head: boolean) => ({
  c: [{ t: "text" as const, v }],
  ...(head ? { head: true as const } : {}),
});

const tableOf = (items: readonly BoardRow[]): Body => [
  {
    t: "table",
    rows: [
      boardColumns.map((word) => cell(word, true)),
      ...items.map((row) => boardLine(row.name, row).map((word) => cell(word, false))),
    ],
  },
];
