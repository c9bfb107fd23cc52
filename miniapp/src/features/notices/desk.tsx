import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { noticeCategories } from "@weimenhu/domain/notices/category";
import { useMemo, useState } from "react";
import { usePages } from "../../hooks/use-pages.ts";
import { to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { may, useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Chips, type Choice } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { StaffOnly } from "../../ui/staff-only.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import { Tap } from "../../ui/tap.tsx";
import { Tag } from "../../ui/words.tsx";
import type { DeskCard, Me } from "../../wire.ts";
import { stateWords } from "./words.ts";

type Filter = "all" | DeskCard["state"];
const filters: Choice<Filter>[] = [
  { key: "all", word: "等我处理在前" },
  { key: "review", word: "待审核" },
  { key: "approved", word: "待发布" },
  { key: "draft", word: "草稿" },
  { key: "published", word: "已发布" },
  { key: "withdrawn", word: "已撤回" },
];

/** Moves that mean: this waits for me. */
const waitsForMe = (card: DeskCard): boolean =>
  card.may.some((move) => move === "approve" || move === "publish" || move === "submit");

export default function NoticeDesk() {
  return (
    <Page title="待我处理的公告">
      <StaffOnly may="notices.desk">{(me) => <Desk me={me} />}</StaffOnly>
    </Page>
  );
}

function Desk({ me }: { me: Me }) {
  const { skin } = useSession();
  const [filter, setFilter] = useState<Filter>("all");
  const input = useMemo(() => (filter === "all" ? { limit: 20 } : { state: filter, limit: 20 }), [filter]);
  const pages = usePages("notices.desk", input, { freshMs: 0 });
  useReachBottom(pages.loadMore);
  usePullDownRefresh(() => {
    pages.first.retry();
    endPullDown();
  });
  return (
    <Stack gap={3}>
      {may(me, "notices.write") ? (
        <Button kind="primary" icon="pencil" to={to("compose")}>
          写公告
        </Button>
      ) : null}
      <Chips label="看哪些" choices={filters} value={filter} onChange={setFilter} wrap={skin !== 0} />
      <AnswerView answer={pages.first}>
        {() =>
          pages.items.length === 0 ? (
            <Card>
              <Empty words="现在没有要处理的公告" icon="circle-check" />
            </Card>
          ) : (
            <Stack gap={3}>
              <List label="公告">
                {pages.items.map((card) => (
                  <DeskRow key={card.id} card={card} />
                ))}
              </List>
              <MoreView state={pages.more} onMore={pages.loadMore} count={pages.items.length} />
            </Stack>
          )
        }
      </AnswerView>
    </Stack>
  );
}

function DeskRow({ card }: { card: DeskCard }) {
  const state = stateWords[card.state];
  return (
    <Tap class="row" to={to("deskNotice", { id: card.id })}>
      <Box class="grow">
        <Box class="t-strong">{card.title}</Box>
        <Box class="row-under">
          <Tag tone={state.tone} icon={state.icon}>
            {state.word}
          </Tag>
          {waitsForMe(card) ? (
            <Tag tone="seal" icon="bell">
              等我处理
            </Tag>
          ) : null}
          <Box class="t-note row-meta">
            {`${noticeCategories[card.category]} · ${card.regionName} · ${card.author}`}
          </Box>
          <Box class="t-note row-meta">{dateText(card.changedAt)}</Box>
        </Box>
        {card.note ? <Box class="t-small">{`意见：${card.note}`}</Box> : null}
      </Box>
    </Tap>
  );
}
