import { useState } from "react";
import { type Fault } from "../../fault.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { now } from "../../platform/clock.ts";
import { ask, faultIn } from "../../rpc.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Icon } from "../../ui/icon.tsx";
import { Writer } from "../../ui/post-card.tsx";
import { Empty, MoreView } from "../../ui/states.tsx";
import { Tap } from "../../ui/tap.tsx";
import { threadsOf } from "../../ui/threads.ts";
import { Para, Tag } from "../../ui/words.tsx";
import type { Me, Post, PostComment } from "../../wire.ts";
import { Appeal } from "./appeal-sheet.tsx";
import { MoreActs } from "./more-acts.tsx";
import { SayBox } from "./say-box.tsx";

type Props = { me: Me | null; post: Post; onChanged: (post: Post) => void; onRetry: () => void };
type Rest = { from: string; items: PostComment[]; next: string | null };

/** What neighbours say, one level deep. */
export function Discussion({ me, post, onChanged, onRetry }: Props) {
  const [rest, setRest] = useState<Rest | null>(null);
  const [state, setState] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  // Kept with the words: an answer to one neighbour must not become a word to all.
  const under = useTyped(`under:${post.id}`, "");
  const [again, setAgain] = useState<PostComment | null>(null);
  const known = rest && rest.from === post.more ? rest : null;
  const next = known ? known.next : post.more;
  const loadMore = async () => {
    if (next === null || state.busy || post.more === null) return;
    setState({ busy: true, fault: null });
    try {
      const page = await ask("circle.comments", { id: post.id, cursor: next });
      setRest({ from: post.more, items: [...(known?.items ?? []), ...page.items], next: page.next });
      setState({ busy: false, fault: null });
    } catch (error) {
      setState({ busy: false, fault: faultIn(error) });
    }
  };
  const items = [...post.discussion, ...(known?.items ?? [])];
  const threads = threadsOf(items);
  const answering = items.find(({ id, deleted }) => id === under.text && !deleted) ?? null;
  // Deleted meanwhile, or further down: the words are not for all before their writer says so.
  const lost = under.text !== "" && answering === null;
  const setAnswering = (said: PostComment | null) => under.set(said?.id ?? "");
  const mayAnswer = post.may.includes("comment");
  const toAgain = (said: PostComment) => {
    under.set(said.under ?? "");
    // Another each time it is tapped.
    setAgain({ ...said });
  };
  const saidOf = (said: PostComment) => (
    <Said
      post={post}
      said={said}
      onAnswer={mayAnswer ? setAnswering : null}
      onAgain={mayAnswer ? toAgain : null}
      onChanged={onChanged}
      onRetry={onRetry}
    />
  );
  if (post.check !== "passed") return null;
  return (
    <Section title={post.comments > 0 ? `评论 ${post.comments}` : "评论"}>
      <Stack gap={3}>
        {threads.length === 0 ? (
          <Card>
            <Empty words="还没有人评论" icon="message-square" />
          </Card>
        ) : (
          <Box role="list" label="评论" class="card flush">
            {threads.map(({ root, under }, i) => (
              <Box key={root.id} role="listitem" class={i === 0 ? "said" : "said row-line"}>
                {saidOf(root)}
                {under.length > 0 ? (
                  <Box class="said-under" role="list" label={`对${root.by.name}的回复`}>
                    {under.map((said) => (
                      <Box key={said.id} role="listitem">
                        {saidOf(said)}
                      </Box>
                    ))}
                  </Box>
                ) : null}
              </Box>
            ))}
          </Box>
        )}
        {next === null ? null : (
          <MoreView
            state={state.busy ? "busy" : state.fault ? "fault" : "some"}
            onMore={loadMore}
            count={threads.length}
          />
        )}
        {me === null ? null : (
          <SayBox
            me={me}
            post={post}
            answering={answering}
            lost={lost}
            onAnswering={setAnswering}
            again={again}
            onSaid={(next) => {
              setAgain(null);
              onChanged(next);
            }}
          />
        )}
      </Stack>
    </Section>
  );
}

function Said(props: {
  post: Post;
  said: PostComment;
  onAnswer: ((said: PostComment) => void) | null;
  /** Puts refused words back into the box, to be put right and sent as new ones. */
  onAgain: ((said: PostComment) => void) | null;
  onChanged: (post: Post) => void;
  onRetry: () => void;
}) {
  const { post, said, onAnswer, onAgain } = props;
  if (said.deleted) {
    return <Para size="small">{`这条评论已删除 · ${dateText(said.at, now())}`}</Para>;
  }
  return (
    <Stack gap={2}>
      <Box>
        <Writer by={said.by} />
        <Para size="note">{dateText(said.at, now())}</Para>
      </Box>
      <Box class="post-text">{said.text}</Box>
      {said.check === "checking" || said.check === "held" ? (
        <Tag tone="rice" icon="clock">
          审核中，别人还看不到
        </Tag>
      ) : null}
      {said.check === "refused" ? (
        <Tag tone="seal" icon="circle-alert">
          没有通过审核，别人看不到
        </Tag>
      ) : null}
      {said.check === "refused" && said.refused ? <Para size="small">{said.refused}</Para> : null}
      {said.check === "refused" && said.by.mine && onAgain ? (
        <Button small icon="pencil" onTap={() => onAgain(said)}>
          改一改再发
        </Button>
      ) : null}
      <Appeal id={said.may.includes("appeal") ? said.id : null} appealed={said.appealed} onDone={props.onRetry} />
      <Box class="post-acts">
        {onAnswer ? (
          <Tap class="post-act" onTap={() => onAnswer(said)} label={`回复：${said.by.name}的评论`}>
            <Icon name="message-square" size="s" />
            回复
          </Tap>
        ) : null}
        <MoreActs post={post} said={said} onChanged={props.onChanged} />
      </Box>
    </Stack>
  );
}
