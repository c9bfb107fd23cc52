import { postKinds } from "@weimenhu/domain/circle/post";
import { useAct } from "../hooks/use-act.ts";
import { now } from "../platform/clock.ts";
import { to } from "../platform/navigate.ts";
import type { OutputOf, PostCard as Post, PostWriter } from "../wire.ts";
import { Box } from "./box.tsx";
import { Stack } from "./card.tsx";
import { CaseBar, CaseClock } from "./case-face.tsx";
import { dateText } from "./date.ts";
import { folded } from "./folded.ts";
import { Icon } from "./icon.tsx";
import { refusedPhotos } from "./refused-photos.ts";
import { FaultNote } from "./states.tsx";
import { Tap } from "./tap.tsx";
import { Thumbs } from "./thumbs.tsx";
import { Note, Para, Tag } from "./words.tsx";

/** Who wrote it, and as what: an office at that time, or a verified villager. */
export function Writer({ by }: { by: PostWriter }) {
  return (
    <Box class="beside-wrap">
      {by.mark === "official" ? (
        <Tag tone="seal" icon="shield-check">
          官方
        </Tag>
      ) : null}
      <Box class="t-strong post-name">{by.title ? `${by.title} ${by.name}` : by.name}</Box>
      {by.mark === "villager" ? (
        <Tag tone="pine" icon="badge-check">
          认证村民
        </Tag>
      ) : null}
      {by.mine && by.hidden ? <Tag icon="lock">邻居看不到您的名字</Tag> : null}
    </Box>
  );
}

/** When, where, what: between dots. */
export const postMeta = (post: Post, village: boolean): string =>
  [postKinds[post.kind], dateText(post.at, now()), village ? post.villageName : null, post.edited ? "已编辑" : null]
    .filter(Boolean)
    .join(" · ");

const audienceTags = { village: null, villagers: "认证村民可见", cadres: "仅村干部可见" } as const;

/** What is not as with every post: who may read it, where it is, that it is looked at first. */
export function PostMarks({ post }: { post: Post }) {
  const audience = audienceTags[post.audience];
  const waits = post.check === "checking" || post.check === "held";
  if (!audience && !post.place && !waits) return null;
  return (
    <Box class="beside-wrap">
      {waits ? (
        <Tag tone="rice" icon="clock">
          审核中，别人还看不到
        </Tag>
      ) : null}
      {audience ? <Tag icon="users">{audience}</Tag> : null}
      {post.place ? <Tag icon="map-pin">{post.place}</Tag> : null}
    </Box>
  );
}

/** Why its author alone sees it; of the post itself also which photos a checker did not pass. */
export const refusedWords = ({ refused, photos, photosRefused }: Refused): string =>
  ["没有通过审核，别人看不到", refusedPhotos(photos.length, photosRefused), refused ? `原因：${refused}` : null]
    .filter(Boolean)
    .join("。");
type Refused = Pick<Post, "refused" | "photos"> & { photosRefused?: number[] | undefined };

/** What the village said to it, under the seal. */
export function OfficialAnswer({ answer }: { answer: NonNullable<Post["answer"]> }) {
  return (
    <Box class="answer">
      <Stack gap={2}>
        <Writer by={answer.by} />
        {answer.text === "" ? null : <Para class="post-text">{answer.text}</Para>}
        <Thumbs photos={answer.photos} label="答复的照片" />
        <Para size="note">{`${dateText(answer.at, now())} 答复`}</Para>
      </Stack>
    </Box>
  );
}

export type Liked = OutputOf<"circle.like">;

/** Once a person; who may not only sees how many there are. */
export function LikeButton({ post, onLiked }: { post: Post; onLiked: (liked: Liked) => void }) {
  const like = useAct("circle.like");
  const words = `${post.liked ? "已赞" : "赞"}${post.likes > 0 ? ` ${post.likes}` : ""}`;
  if (!post.may.includes("like")) {
    return (
      <Box class="post-act">
        <Icon name="thumbs-up" size="s" />
        {words}
      </Box>
    );
  }
  const press = async () => {
    const done = await like.run({ id: post.id, on: !post.liked });
    if (done) onLiked(done);
  };
  return (
    <>
      <Tap class={`post-act${post.liked ? " post-liked" : ""}`} onTap={press} disabled={like.busy ? true : undefined}>
        <Icon name="thumbs-up" size="s" />
        {words}
      </Tap>
      <FaultNote fault={like.fault} />
    </>
  );
}

/** A post in a feed; everything of it leads to its page. `village`: several villages stand in one feed. */
export function PostCard(props: { post: Post; village: boolean; onLiked: (liked: Liked) => void }) {
  const { post } = props;
  const target = to("post", { id: post.id });
  const text = folded(post.text, 160, 6);
  return (
    <Box role="article" class="card" label={`${post.by.name}的${postKinds[post.kind]}`}>
      <Stack gap={2}>
        <Box>
          <Writer by={post.by} />
          <Para size="note">{postMeta(post, props.village)}</Para>
        </Box>
        {post.check === "refused" ? <Note tone="seal">{refusedWords(post)}</Note> : null}
        <Tap class="post-words" to={target}>
          <Box class="post-text">{text}</Box>
          {text === post.text ? null : <Box class="post-more">看全文</Box>}
        </Tap>
        <Thumbs photos={post.photos} label="照片" />
        <PostMarks post={post} />
        {post.case ? (
          <Stack gap={2}>
            <CaseBar face={post.case} />
            <CaseClock face={post.case} mine={post.by.mine} />
          </Stack>
        ) : null}
        {post.answer ? <OfficialAnswer answer={post.answer} /> : null}
        <Box class="post-acts">
          <LikeButton post={post} onLiked={props.onLiked} />
          <Tap class="post-act" to={target}>
            <Icon name="message-square" size="s" />
            {post.comments > 0 ? `评论 ${post.comments}` : "评论"}
          </Tap>
        </Box>
      </Stack>
    </Box>
  );
}
