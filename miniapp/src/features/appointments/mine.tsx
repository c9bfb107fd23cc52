import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { useMemo } from "react";
import { usePages } from "../../hooks/use-pages.ts";
import { to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import { Tag } from "../../ui/words.tsx";
import { Lines } from "./line-up.tsx";
import { behalfText, stateTag, whenText } from "./words.ts";

/** What I have booked: what is still to come stands above what is over. */
export default function Mine() {
  return (
    <Page title="我的预约">
      <SignedInOnly>
        {() => (
          <Stack>
            <Lines />
            <Tickets />
          </Stack>
        )}
      </SignedInOnly>
    </Page>
  );
}

function Tickets() {
  const pages = usePages(
    "appointments.mine",
    useMemo(() => ({ limit: 20 }), []),
    { freshMs: 0 },
  );
  useReachBottom(pages.loadMore);
  usePullDownRefresh(() => {
    pages.first.retry();
    endPullDown();
  });
  return (
    <AnswerView answer={pages.first}>
      {() =>
        pages.items.length === 0 ? (
          <Card>
            <Empty words="还没有预约" icon="calendar-clock">
              <Button kind="primary" to={to("offers")}>
                去预约
              </Button>
            </Empty>
          </Card>
        ) : (
          <Stack>
            <List label="我的预约">
              {pages.items.map((ticket) => {
                const { tone, word } = stateTag(ticket.state);
                return (
                  <Row
                    key={ticket.id}
                    title={ticket.offer.name}
                    under={[whenText(ticket), behalfText(ticket)].filter(Boolean).join(" · ")}
                    value={<Tag tone={tone}>{word}</Tag>}
                    to={to("ticket", { id: ticket.id })}
                  />
                );
              })}
            </List>
            <MoreView state={pages.more} onMore={pages.loadMore} count={pages.items.length} />
            <Button to={to("offers")}>再约一个</Button>
          </Stack>
        )
      }
    </AnswerView>
  );
}
