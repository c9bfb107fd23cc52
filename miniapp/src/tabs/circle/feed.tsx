import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { type CaseState, caseStateNames } from "@weimenhu/domain/cases/state";
import { isCaseKind, type PostKind, postKinds } from "@weimenhu/domain/circle/post";
import { useEffect, useMemo, useState } from "react";
import { isWord } from "../../fault.ts";
import { useOutbox } from "../../outbox.ts";
import type { Place } from "../../place.ts";
import { endPullDown } from "../../platform/pull.ts";
import { toTop } from "../../platform/scroll.ts";
import { useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Chips, type Choice, PickField } from "../../ui/field.tsx";
import { PostCard } from "../../ui/post-card.tsx";
import type { Speech } from "../../ui/speech-first.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import { FollowFirst } from "./follow-first.tsx";
import { KnownOnly } from "./known-only.tsx";
import { Pending } from "./pending.tsx";
import { useFeed } from "./use-feed.ts";

export type Which = "village" | "followed" | "mine";
type Filter = "all" | "answered" | PostKind;
type Handling = "any" | CaseState;

const filters: Choice<Filter>[] = [
  { key: "all", word: "全部" },
  { key: "help", word: postKinds.help },
  { key: "complaint", word: postKinds.complaint },
  { key: "oversight", word: postKinds.oversight },
  { key: "share", word: postKinds.share },
  { key: "answered", word: "村里答复" },
  { key: "suggestion", word: postKinds.suggestion },
  { key: "chat", word: postKinds.chat },
];
const handlings: Choice<Handling>[] = [
  { key: "any", word: "不限" },
  ...(["pending", "accepted", "handling", "confirming", "closed", "refused"] as const).map((key) => ({
    key,
    word: caseStateNames[key],
  })),
];
const isKind = (filter: Filter): filter is PostKind => filter !== "all" && filter !== "answered";

const emptyWords: Record<Which, string> = {
  village: "村里还没有人说话",
  followed: "关注的村里还没有人说话",
  mine: "您还没有发过。发过的内容，办到哪一步，都在这里看",
};

export function CircleFeed(props: { place: Place; which: Which; onSpeech: (speech: Speech, why?: string) => void }) {
  const { place, which, onSpeech } = props;
  const [filter, setFilter] = useState<Filter>("all");
  const [handling, setHandling] = useState<Handling>("any");
  const byState = isKind(filter) && isCaseKind(filter);
  const state = byState && handling !== "any" ? handling : null;
  const input = useMemo(
    () => ({
      village: place.code,
      which,
      ...(isKind(filter) ? { kind: filter } : {}),
      ...(filter === "answered" ? { answered: true } : {}),
      ...(state === null ? {} : { state }),
      limit: 10,
    }),
    [place.code, which, filter, state],
  );
  const feed = useFeed(input, filter === "all");
  const { pages } = feed;
  useReachBottom(pages.loadMore);
  usePullDownRefresh(() => {
    feed.renew();
    endPullDown();
  });
  const { mayPost = null, mayPostWhy } = pages.first.data ?? {};
  useEffect(() => {
    if (mayPost !== null) onSpeech(mayPost, mayPostWhy);
  }, [mayPost, mayPostWhy, onSpeech]);
  // What has just gone out stands in the feed.
  const waiting = useOutbox((outbox) => outbox.items.length);
  const { renew } = feed;
  const [before, setBefore] = useState(waiting);
  useEffect(() => {
    if (waiting < before) renew();
    setBefore(waiting);
  }, [waiting, before, renew]);

  if (isWord(pages.first.fault, "FOLLOW_FIRST")) return <FollowFirst place={place} onFollowed={pages.first.retry} />;
  return (
    <Stack gap={3}>
      <Filters filter={filter} onFilter={setFilter} />
      {byState ? <Chosen label="办理情况" choices={handlings} value={handling} onChange={setHandling} /> : null}
      {feed.fresh > 0 ? (
        <Box class="news" role="status">
          <Button
            icon="rotate-cw"
            onTap={() => {
              feed.renew();
              toTop();
            }}
          >
            {`有 ${feed.fresh}${feed.fresh < 10 ? "" : " 多"} 条新的，点这里看`}
          </Button>
        </Box>
      ) : null}
      {which === "mine" && filter === "all" ? <KnownOnly /> : null}
      {filter === "all" ? <Pending all={which !== "village"} village={place.code} /> : null}
      <AnswerView answer={pages.first} rows={6}>
        {() =>
          pages.items.length === 0 ? (
            <Card>
              <Empty words={filter === "all" ? emptyWords[which] : "这里还没有这样的内容"} icon="message-square" />
            </Card>
          ) : (
            <Stack gap={3}>
              <Box role="list" label="大家说的话" class="stack s3">
                {pages.items.map((post) => (
                  <Box key={post.id} role="listitem">
                    <PostCard
                      post={post}
                      village={which !== "village"}
                      onLiked={(liked) => pages.replace((one) => one.id === post.id, { ...post, ...liked })}
                    />
                  </Box>
                ))}
              </Box>
              <MoreView state={pages.more} onMore={pages.loadMore} count={pages.items.length} />
            </Stack>
          )
        }
      </AnswerView>
    </Stack>
  );
}

const Filters = ({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) => (
  <Chosen label="看哪一类" choices={filters} value={filter} onChange={onFilter} />
);

/** Chips; in the elder editions, where they would fill the screen, a list to choose from. */
function Chosen<K extends string>(props: {
  label: string;
  choices: Choice<K>[];
  value: K;
  onChange: (key: K) => void;
}) {
  const elder = useSession((session) => session.skin) !== 0;
  const { label, choices, value, onChange } = props;
  if (!elder) return <Chips label={label} choices={choices} value={value} onChange={onChange} />;
  return (
    <PickField
      label={label}
      options={choices.map(({ word }) => word)}
      at={choices.findIndex(({ key }) => key === value)}
      onChange={(at) => onChange(choices[at]?.key ?? value)}
    />
  );
}
