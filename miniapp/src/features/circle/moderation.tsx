import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { Fragment, useEffect, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { usePages } from "../../hooks/use-pages.ts";
import { endPullDown } from "../../platform/pull.ts";
import { Card, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { StaffOnly } from "../../ui/staff-only.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import { TellMe } from "../../ui/tell-me.tsx";
import { Note, Para } from "../../ui/words.tsx";
import { ModerationCard, type Waiting } from "./moderation-card.tsx";
import { type Decided, ModerationSheet } from "./moderation-sheet.tsx";
import { decidedWords } from "./moderation-words.ts";

const input = { limit: 20 };

/** Those who may decide, on the phone: what is held, reported or appealed for, the oldest first. */
export default function Moderation() {
  return (
    <Page title="内容审核">
      <StaffOnly may="circle.moderate">{() => <Queue />}</StaffOnly>
    </Page>
  );
}

type Doing = { one: Waiting; pass: boolean };
/** What was decided last, told where its card was. `after`: the card above it. */
type Last = { words: string; after: string | null };

function Queue() {
  const pages = usePages("circle.queue", input, { freshMs: 0 });
  const { first, items, more, loadMore } = pages;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [last, setLast] = useState<Last | null>(null);
  useReachBottom(loadMore);
  usePullDownRefresh(() => {
    first.retry();
    endPullDown();
  });
  // All of this page are decided, and more wait behind it.
  const emptied = items.length === 0 && more === "some";
  useEffect(() => {
    if (emptied) loadMore();
  }, [emptied, loadMore]);

  const done = ({ one, pass }: Doing, how: Decided) => {
    setDoing(null);
    outdate("circle.");
    outdate("desk.");
    if (how === "gone") return first.retry();
    const above = items[items.findIndex(({ id }) => id === one.id) - 1];
    setLast({ words: decidedWords(one, pass), after: above?.id ?? null });
    pages.replace(({ id }) => id === one.id, null);
  };
  const told = last ? (
    <Note live tone="pine">
      {last.words}
    </Note>
  ) : null;
  const atTop = !items.some(({ id }) => id === last?.after);
  return (
    <Stack>
      <Para size="small">没有看过的，只有作者自己看得到。里面可能有要办的事，请在 1 个工作日内看完。</Para>
      {atTop ? told : null}
      <AnswerView answer={first}>
        {() =>
          items.length === 0 && more === "end" ? (
            <Card>
              <Empty words="现在没有要审核的内容" icon="circle-check" />
            </Card>
          ) : (
            <Stack>
              {items.map((one) => (
                <Fragment key={one.id}>
                  <ModerationCard one={one} onDecide={(pass) => setDoing({ one, pass })} />
                  {one.id === last?.after ? told : null}
                </Fragment>
              ))}
              <MoreView state={more} onMore={loadMore} count={items.length} />
            </Stack>
          )
        }
      </AnswerView>
      <TellMe kind="duty" />
      {doing ? (
        <ModerationSheet
          key={`${doing.one.id}${doing.pass}`}
          {...doing}
          onClose={() => setDoing(null)}
          onDone={(how) => done(doing, how)}
        />
      ) : null}
    </Stack>
  );
}
