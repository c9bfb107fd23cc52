import { noticeCategories } from "@weimenhu/domain/notices/category";
import type { NoticeMove, NoticeState } from "@weimenhu/domain/notices/state";
import { useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { pageQuery, to } from "../../platform/navigate.ts";
import { BodyView } from "../../ui/body.tsx";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Page } from "../../ui/page.tsx";
import { AnswerView, NothingHere } from "../../ui/states.tsx";
import { Heading, Note, Para, Tag } from "../../ui/words.tsx";
import type { DeskNotice } from "../../wire.ts";
import { Attachments } from "./attachments.tsx";
import { MoveSheet } from "./move-sheet.tsx";
import { moveWords, stateWords } from "./words.ts";

export default function DeskNoticePage() {
  const [{ id = "" }] = useState(pageQuery);
  const notice = useAsk("notices.deskGet", id === "" ? null : { id }, { freshMs: 0 });
  const history = useAsk("notices.history", id === "" ? null : { id }, { freshMs: 0 });
  const [done, setDone] = useState<string | null>(null);
  const after = (word: string) => {
    setDone(word);
    outdate("notices.");
    outdate("desk.");
    notice.retry();
    history.retry();
  };
  if (id === "") {
    return (
      <Page title="处理公告">
        <NothingHere about="deskNotice" />
      </Page>
    );
  }
  return (
    <Page title="处理公告" ownHeading={notice.data !== null}>
      <Stack>
        {done ? (
          <Note live tone="pine">
            {`已${done}`}
          </Note>
        ) : null}
        <AnswerView answer={notice} about="deskNotice">
          {(data) => (
            <Stack>
              <Head notice={data} />
              <Moves notice={data} onDone={after} />
              <Card>
                <BodyView body={data.body} />
              </Card>
              {data.attachments.length > 0 ? <Attachments files={data.attachments} /> : null}
            </Stack>
          )}
        </AnswerView>
        {history.data && history.data.items.length > 0 ? (
          <Section title="办理记录">
            <List>
              {history.data.items.map((item) => (
                <Row
                  key={`${item.at}${item.move}`}
                  title={`${item.by} ${moveName(item.move)}`}
                  under={[dateText(item.at), item.note].filter(Boolean).join(" · ")}
                />
              ))}
            </List>
          </Section>
        ) : null}
      </Stack>
    </Page>
  );
}

const isMove = (text: string): text is NoticeMove => text in moveWords;
const others: Record<string, string> = { draft: "起草", save: "修改" };
const moveName = (move: string): string => (isMove(move) ? moveWords[move].word : (others[move] ?? move));

function Head({ notice }: { notice: DeskNotice }) {
  const state = stateWords[notice.state];
  return (
    <Stack gap={2}>
      <Heading level={1}>{notice.title}</Heading>
      <Box class="meta">
        <Tag tone={state.tone} icon={state.icon}>
          {state.word}
        </Tag>
        <Box class="meta-in">{`${noticeCategories[notice.category]} · ${notice.regionName} · 起草 ${notice.author}`}</Box>
      </Box>
      <Para size="small">
        {notice.reach === "subtree" ? "下面的村都能看到" : `只放在${notice.regionName}的公告里`}
        {notice.reviewer ? ` · 审核 ${notice.reviewer}` : ""}
      </Para>
      {notice.scheduledAt ? <Note tone="indigo">{`定在 ${dateText(notice.scheduledAt)} 发布`}</Note> : null}
      {notice.note ? <Note tone="rice">{`意见：${notice.note}`}</Note> : null}
    </Stack>
  );
}

/** Where it is when there is nothing to do for whoever looks. */
const withOthers: Partial<Record<NoticeState, string>> = {
  review: "已经交上去，等别人审核",
  approved: "审核已经通过，等别人发布",
};

/** The first thing that may be done is the main one; a step back is never it. */
const forward: readonly NoticeMove[] = ["publish", "approve", "submit"];

function Moves({ notice, onDone }: { notice: DeskNotice; onDone: (word: string) => void }) {
  const [move, setMove] = useState<NoticeMove | null>(null);
  const moves = notice.may.filter((one): one is NoticeMove => one !== "edit");
  const main = forward.find((one) => moves.includes(one)) ?? null;
  const rest = moves.filter((one) => one !== main);
  if (notice.may.length === 0) return <Note>{withOthers[notice.state] ?? "这条现在不用您处理"}</Note>;
  return (
    <Stack gap={3}>
      {main ? (
        <Button kind="primary" onTap={() => setMove(main)}>
          {moveWords[main].word}
        </Button>
      ) : null}
      {notice.may.includes("edit") ? (
        <Button icon="pencil" to={to("compose", { id: notice.id })}>
          修改
        </Button>
      ) : null}
      {rest.map((one) => (
        <Button key={one} kind={moveWords[one].danger ? "danger" : "plain"} onTap={() => setMove(one)}>
          {moveWords[one].word}
        </Button>
      ))}
      {move ? (
        <MoveSheet
          key={move}
          notice={notice}
          move={move}
          onClose={() => setMove(null)}
          onDone={() => {
            onDone(moveWords[move].word);
            setMove(null);
          }}
        />
      ) : null}
    </Stack>
  );
}
