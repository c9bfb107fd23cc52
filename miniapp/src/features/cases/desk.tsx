import { Image } from "@tarojs/components";
import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { type CaseState, caseStateNames } from "@weimenhu/domain/cases/state";
import { useMemo, useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { useLive } from "../../hooks/use-live.ts";
import { usePages } from "../../hooks/use-pages.ts";
import { addressOf } from "../../platform/env.ts";
import { to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Stack } from "../../ui/card.tsx";
import { CaseClock } from "../../ui/case-face.tsx";
import { Chips, type Choice, PickField } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { StaffOnly } from "../../ui/staff-only.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import { Tap } from "../../ui/tap.tsx";
import { TellOfWork } from "../../ui/tell-me.tsx";
import { Tag } from "../../ui/words.tsx";
import type { DeskCase, Me } from "../../wire.ts";
import { placesOf } from "./places.ts";

type Filter = "all" | CaseState;
const states = ["pending", "accepted", "handling", "confirming", "closed", "refused"] as const;
const filters: Choice<Filter>[] = [
  { key: "all", word: "等我处理在前" },
  ...states.map((key) => ({ key, word: caseStateNames[key] })),
];

/** The secretary's desk: what waits first, by deadline. */
export default function CaseDesk() {
  return (
    <Page title="处理村民诉求">
      <StaffOnly may="cases.handle">{(me) => <Desk me={me} />}</StaffOnly>
    </Page>
  );
}

function Desk({ me }: { me: Me }) {
  const { skin } = useSession();
  const [filter, setFilter] = useState<Filter>("all");
  const [place, setPlace] = useState(0);
  const tree = useAsk("regions.tree", {}, { keep: true, freshMs: 600_000 });
  const places = useMemo(() => placesOf(me, tree.data?.nodes ?? []), [me, tree.data]);
  const region = places[place]?.code ?? null;
  const input = useMemo(
    () => ({ limit: 20, ...(filter === "all" ? {} : { state: filter }), ...(region === null ? {} : { region }) }),
    [filter, region],
  );
  const pages = usePages("cases.desk", input, { freshMs: 0 });
  useReachBottom(pages.loadMore);
  usePullDownRefresh(() => {
    pages.first.retry();
    endPullDown();
  });
  useLive(
    useMemo(() => me.roles.map((role) => `village:${role.region}`), [me]),
    pages.first.retry,
  );
  return (
    <Stack gap={3}>
      <Chips label="看哪些" choices={filters} value={filter} onChange={setFilter} wrap={skin !== 0} />
      {places.length > 2 ? (
        <PickField label="哪里的" options={places.map(({ name }) => name)} at={place} onChange={setPlace} />
      ) : null}
      <TellOfWork />
      <AnswerView answer={pages.first}>
        {() =>
          pages.items.length === 0 ? (
            <Card>
              <Empty words={filter === "all" ? "现在没有要处理的诉求" : "这里没有诉求"} icon="circle-check" />
            </Card>
          ) : (
            <Stack gap={3}>
              <List label="诉求">
                {pages.items.map((item) => (
                  <CaseRow key={item.id} item={item} />
                ))}
              </List>
              <MoreView state={pages.more} onMore={pages.loadMore} count={pages.items.length} />
            </Stack>
          )
        }
      </AnswerView>
      <Button kind="plain" icon="list-checks" to={to("board")}>
        看各村办理情况
      </Button>
    </Stack>
  );
}

function CaseRow({ item }: { item: DeskCase }) {
  return (
    <Tap class={item.picture ? "row row-pictured" : "row"} to={to("case", { id: item.id })}>
      <Box class="grow">
        <Stack gap={2}>
          <Box class="t-strong">{item.summary}</Box>
          <CaseClock face={item} why={item.pausedWhy} />
          <Box class="row-under">
            {item.waitsForMe ? (
              <Tag tone="seal" icon="bell">
                等我处理
              </Tag>
            ) : null}
            {item.level === "town" ? (
              <Tag tone="indigo" icon="landmark">
                转镇里办理
              </Tag>
            ) : null}
            {item.moreAsked ? (
              <Tag tone="rice" icon="clock">
                申请延期
              </Tag>
            ) : null}
            <Tag>{caseStateNames[item.state]}</Tag>
            <Box class="t-note row-meta">{item.villageName}</Box>
            {item.assignee ? <Box class="t-note row-meta">{`经办 ${item.assignee}`}</Box> : null}
          </Box>
        </Stack>
      </Box>
      {item.picture ? <Image className="row-photo" src={addressOf(item.picture)} mode="aspectFill" lazyLoad /> : null}
    </Tap>
  );
}
