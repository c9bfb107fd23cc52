import { isCaseKind } from "@weimenhu/domain/circle/post";
import { useState } from "react";
import { now } from "../../platform/clock.ts";
import { to } from "../../platform/navigate.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { CaseBar, CaseClock, CaseSteps } from "../../ui/case-face.tsx";
import { LikeButton, OfficialAnswer, PostMarks, postMeta, refusedWords, Writer } from "../../ui/post-card.tsx";
import { ShareButton } from "../../ui/share-button.tsx";
import { SpeakButton } from "../../ui/speak-button.tsx";
import { spokenPost } from "../../ui/spoken.ts";
import { Empty } from "../../ui/states.tsx";
import { TellMe, TellOfCase } from "../../ui/tell-me.tsx";
import { Thumbs } from "../../ui/thumbs.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Me, Post } from "../../wire.ts";
import { Appeal } from "./appeal-sheet.tsx";
import { Discussion } from "./discussion.tsx";
import { History } from "./history.tsx";
import { MoreActs } from "./more-acts.tsx";
import { ReplySheet } from "./reply-sheet.tsx";
import { authorActWords, isHandled, sentWords } from "./words.ts";

/** `me` is null while it is not known who reads; `sent`: it was written a moment ago. */
type Props = { me: Me | null; sent: boolean; post: Post; onChanged: (post: Post) => void; onRetry: () => void };

export function PostView({ me, sent, post, onChanged, onRetry }: Props) {
  if (post.deleted) return <Gone post={post} />;
  return (
    <Stack>
      {sent && post.by.mine ? <JustSent post={post} /> : null}
      <Card>
        <Box role="article" label={`${post.by.name}说`}>
          <Words post={post} onChanged={onChanged} onRetry={onRetry} />
        </Box>
      </Card>
      <Handling sent={sent} post={post} onChanged={onChanged} onRetry={onRetry} />
      <Discussion me={me} post={post} onChanged={onChanged} onRetry={onRetry} />
      {post.check === "passed" ? (
        <ShareButton title={`${post.villageName}的帖子`} target={to("post", { id: post.id })} />
      ) : null}
    </Stack>
  );
}

/** What happens now; and whether the phone may ring when it has. */
function JustSent({ post }: { post: Post }) {
  const words = sentWords(post);
  if (words === null) return null;
  return (
    <Stack gap={3}>
      <Note live tone="pine">
        {words}
      </Note>
      {isCaseKind(post.kind) ? <TellMe kind="progress" /> : null}
    </Stack>
  );
}

/** A tombstone: that something stood here, and no word of it. Whoever wrote it is led on to what is done about it. */
function Gone({ post }: { post: Post }) {
  const face = post.case;
  return (
    <Stack>
      <Card>
        <Empty words="这条内容已删除" icon="trash-2">
          <Button to={to("circle")}>{`看${post.villageName}的其他内容`}</Button>
        </Empty>
      </Card>
      {face ? (
        <Section title="您反映的这件事">
          <Card>
            <Stack gap={3}>
              <CaseBar face={face} />
              <CaseClock face={face} mine />
              <Button kind="primary" icon="list-checks" to={to("case", { id: face.id })}>
                看办理经过
              </Button>
            </Stack>
          </Card>
        </Section>
      ) : null}
    </Stack>
  );
}

type Part = Pick<Props, "post" | "onChanged" | "onRetry">;

function Words({ post, onChanged, onRetry }: Part) {
  return (
    <Stack gap={3}>
      <Box>
        <Writer by={post.by} />
        <Para size="note">{postMeta(post, true)}</Para>
      </Box>
      {post.check === "refused" ? <Note tone="seal">{refusedWords(post)}</Note> : null}
      {post.check !== "refused" || !post.by.mine ? null : isHandled(post.case) ? (
        <Para size="small">反映的事照常办理，不用重新发。</Para>
      ) : (
        <Button kind="primary" icon="pencil" to={to("writePost", { again: post.id })}>
          改好再发
        </Button>
      )}
      <Appeal id={post.may.includes("appeal") ? post.id : null} appealed={post.appealed} onDone={onRetry} />
      <Box class="post-text">{post.text}</Box>
      <Thumbs photos={post.photos} label="照片" />
      <PostMarks post={post} />
      {post.edited ? <History id={post.id} /> : null}
      <SpeakButton text={spokenPost(post, now())} />
      <Box class="post-acts">
        <LikeButton post={post} onLiked={(liked) => onChanged({ ...post, ...liked })} />
        <MoreActs post={post} onChanged={onChanged} />
      </Box>
    </Stack>
  );
}

/** What the village did and said, above what neighbours say. */
function Handling({ sent, post, onChanged, onRetry }: Part & { sent: boolean }) {
  const [replies, setReplies] = useState(false);
  const face = post.case;
  const mayReply = post.may.includes("reply") && face === null;
  if (face === null && post.answer === null && !mayReply) return null;
  return (
    <Section title={face ? "办理" : "村里答复"}>
      <Stack gap={3}>
        {face ? (
          <Card>
            <Stack gap={3}>
              <CaseBar face={face} />
              <CaseClock face={face} steps={post.steps} />
              {face.may.length > 0 ? (
                <Button
                  kind={post.by.mine && !face.may.includes("confirm") ? "second" : "primary"}
                  icon="list-checks"
                  to={to("case", { id: face.id })}
                >
                  {(post.by.mine ? authorActWords(face.may) : null) ?? "办理这件事"}
                </Button>
              ) : null}
              {post.by.mine && !sent ? <TellOfCase state={face.state} /> : null}
            </Stack>
          </Card>
        ) : null}
        {post.answer ? (
          <Card>
            <OfficialAnswer answer={post.answer} />
          </Card>
        ) : null}
        {post.steps.length > 1 ? (
          <Section title="办理经过">
            <CaseSteps
              steps={post.steps}
              hideRaise
              appeal={(step) => <Appeal id={step.appeal} appealed={step.appealed} onDone={onRetry} />}
            />
          </Section>
        ) : null}
        {mayReply ? (
          <Button icon="shield-check" onTap={() => setReplies(true)}>
            代表村里答复
          </Button>
        ) : null}
      </Stack>
      {replies ? (
        <ReplySheet
          id={post.id}
          onClose={() => setReplies(false)}
          onDone={(next) => {
            setReplies(false);
            onChanged(next);
          }}
        />
      ) : null}
    </Section>
  );
}
