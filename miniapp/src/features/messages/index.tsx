import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { useEffect, useMemo, useRef, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useLive } from "../../hooks/use-live.ts";
import { usePages } from "../../hooks/use-pages.ts";
import { whoIsHere } from "../../mine.ts";
import { go, pageQuery, to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Stack } from "../../ui/card.tsx";
import { countText } from "../../ui/count.ts";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, FaultNote, MoreView, StaleNote } from "../../ui/states.tsx";
import { resultWords, TellMe } from "../../ui/tell-me.tsx";
import { keepInbox, keptInbox, type Message } from "./kept-inbox.ts";
import { MessageRow } from "./message-row.tsx";
import { pageOf } from "./pages.ts";

/** Everything that I was told. A message of the phone opens this page, which leads on to what the message is about. */
export default function Messages() {
  const [asked] = useState(pageQuery);
  const { me, state } = useSession();
  useLeadOn(asked);
  // Known without a network too: what was read before can be read again.
  const [kept] = useState(keptInbox);
  return (
    <Page title="消息">
      {state === "lost" && whoIsHere() !== null && kept ? (
        <Stack>
          <StaleNote at={kept.at} />
          <Lines items={kept.items} onRead={() => undefined} />
        </Stack>
      ) : (
        <SignedInOnly>{() => <Inbox person={me?.id ?? ""} opened={asked["message"]} />}</SignedInOnly>
      )}
    </Page>
  );
}

/** Once: who comes back from there wants to see the inbox. */
function useLeadOn(asked: Record<string, string>): void {
  const done = useRef(false);
  useEffect(() => {
    const target = pageOf({ page: asked["to"] ?? "", id: asked["id"] ?? "" });
    if (done.current || !target || !asked["id"]) return;
    done.current = true;
    go(target);
  }, [asked]);
}

function Inbox({ person, opened }: { person: string; opened: string | undefined }) {
  const pages = usePages(
    "messages.inbox",
    useMemo(() => ({ limit: 20 }), []),
    { freshMs: 0 },
  );
  const read = useAct("messages.read");
  const readAll = useAct("messages.readAll");
  const { first } = pages;
  useReachBottom(pages.loadMore);
  usePullDownRefresh(() => {
    first.retry();
    endPullDown();
  });
  useLive(
    useMemo(() => (person === "" ? [] : [`inbox:${person}`]), [person]),
    first.retry,
  );
  useEffect(() => {
    if (first.data && first.at !== null) keepInbox({ at: first.at, items: first.data.items });
  }, [first.data, first.at]);
  const openedOnce = useRef(opened);
  const { run } = read;
  useEffect(() => {
    const id = openedOnce.current;
    openedOnce.current = undefined;
    if (id) void run({ ids: [id] }).then(() => outdate("messages."));
  }, [run]);
  const mark = async (ids: string[]) => {
    if (await run({ ids })) outdate("messages.");
  };
  const seen = (message: Message) => {
    pages.replace(({ id }) => id === message.id, { ...message, read: true });
    void mark([message.id]);
  };
  const all = async () => {
    const newest = pages.items[0]?.at;
    if (newest === undefined || !(await readAll.run({ upTo: newest }))) return;
    outdate("messages.");
    first.retry();
  };
  return (
    <Stack>
      <AnswerView answer={first}>
        {({ unread }) =>
          pages.items.length === 0 ? (
            <Card>
              <Empty words="还没有消息。您反映的事有了答复，会在这里告诉您" icon="bell">
                <Button to={to("circle")}>去村里看看</Button>
              </Empty>
            </Card>
          ) : (
            <Stack>
              {unread > 0 ? (
                <Button kind="plain" icon="check" busy={readAll.busy} onTap={() => void all()}>
                  {`${countText(unread)} 条未读，全部标为已读`}
                </Button>
              ) : null}
              <FaultNote fault={readAll.fault} onRetry={() => void all()} />
              <TellMe kind="progress" words={resultWords} below={1} />
              <Lines items={pages.items} onRead={seen} />
              <MoreView state={pages.more} onMore={pages.loadMore} count={pages.items.length} />
            </Stack>
          )
        }
      </AnswerView>
    </Stack>
  );
}

function Lines({ items, onRead }: { items: readonly Message[]; onRead: (message: Message) => void }) {
  return (
    <Box>
      <List label="消息">
        {items.map((message) => (
          <MessageRow key={message.id} message={message} onRead={() => onRead(message)} />
        ))}
      </List>
    </Box>
  );
}
