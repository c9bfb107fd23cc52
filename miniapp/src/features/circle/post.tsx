import { postKinds } from "@weimenhu/domain/circle/post";
import { useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { useLive } from "../../hooks/use-live.ts";
import { whoIsHere } from "../../mine.ts";
import { now } from "../../platform/clock.ts";
import { pageQuery, to } from "../../platform/navigate.ts";
import { useShare } from "../../platform/share.ts";
import { useSession } from "../../session.ts";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, NothingHere } from "../../ui/states.tsx";
import type { Post } from "../../wire.ts";
import { BlockedPost, blockedBy } from "./post-blocked.tsx";
import { PostView } from "./post-view.tsx";

/** One post with its handling and everything said under it. */
export default function PostPage() {
  const [{ id = "", sent }] = useState(pageQuery);
  const { me, state } = useSession();
  const answer = useAsk("circle.get", id === "" ? null : { id }, { freshMs: 0, keep: true });
  // What an act of one's own answered, until something newer is asked.
  const [own, setOwn] = useState<{ post: Post; at: number } | null>(null);
  const post = own && own.at >= (answer.at ?? 0) ? own.post : answer.data;
  const blocked = blockedBy(answer.fault);
  const changed = (next: Post) => {
    setOwn({ post: next, at: now() });
    outdate("circle.");
  };
  useLive(id === "" ? [] : [`post:${id}`, ...(post?.case ? [`case:${post.case.id}`] : [])], answer.retry);
  useShare(post ? shareTitle(post) : "大家说", to("post", { id }));
  return (
    <Page title="大家说">
      {id === "" ? (
        <NothingHere about="post" />
      ) : me === null && (state === "out" || whoIsHere() === null) ? (
        <SignedInOnly asks="村里人说的话，登录并关注这个村以后才能看">{() => null}</SignedInOnly>
      ) : blocked !== null ? (
        <BlockedPost of={blocked} onBack={answer.retry} />
      ) : (
        // Known without a network too: what was read before can be read again.
        <AnswerView answer={answer} rows={6} about="post">
          {(data) => (
            <PostView me={me} sent={sent === "1"} post={post ?? data} onChanged={changed} onRetry={answer.retry} />
          )}
        </AnswerView>
      )}
    </Page>
  );
}

/** A card in a chat is seen by people who may not read the post: it says nothing of it. */
const shareTitle = (post: Post): string => `${post.villageName}的${postKinds[post.kind]}，进来看看`;
