import { useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { postDrafts, type WrittenPost, waitingPosts } from "../../outbox.ts";
import { newKey } from "../../platform/id.ts";
import { to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { AnswerView, Empty } from "../../ui/states.tsx";
import { Note } from "../../ui/words.tsx";
import type { Me, Post } from "../../wire.ts";
import { isHandled } from "./words.ts";
import { WriteForm } from "./write-form.tsx";

/** What was not let pass, put right and sent as a new post; the old one stays with its author. */
export function Again({ of, me, id }: { of: string; me: Me; id: string }) {
  const answer = useAsk("circle.get", { id }, { freshMs: 0 });
  return (
    <AnswerView answer={answer} about="post">
      {(post) =>
        post.by.mine && post.check === "refused" && !post.deleted && !isHandled(post.case) ? (
          <Anew of={of} me={me} post={post} />
        ) : (
          <Card>
            <Empty
              words={isHandled(post.case) ? "这件事正在办理，不用重新发" : "这条内容不用重新发"}
              icon="circle-check"
            >
              <Button to={to("post", { id })}>回到这条内容</Button>
            </Empty>
          </Card>
        )
      }
    </AnswerView>
  );
}

function Anew({ of, me, post }: { of: string; me: Me; post: Post }) {
  const slot = `again:${post.id}`;
  const [start] = useState(() => startOf(of, slot, post));
  const left = post.photosRefused ?? [];
  const addresses = new Map((post.photoIds ?? []).map((id, i) => [id, post.photos[i]?.small]));
  const mine = me.villages.filter(({ verification }) => verification === "verified");
  const villages = new Map([[post.village, post.villageName], ...mine.map(({ code, name }) => [code, name] as const)]);
  return (
    <Stack>
      <Note>
        改好以后点“发布”，会作为新的一条发出去，重新审核。原来那条别的村民看不到，不要了可以在它的“更多”里删除。
      </Note>
      {left.length > 0 ? (
        <Note tone="rice">
          {post.photos.length > 1
            ? `原来的第 ${left.join("、")} 张照片没有通过，没有带过来。`
            : "原来的照片没有通过，没有带过来。"}
        </Note>
      ) : null}
      <WriteForm
        of={of}
        me={me}
        slot={slot}
        villages={[...villages]}
        start={start}
        shown={start.photos.map(({ media }) => addresses.get(media ?? ""))}
      />
    </Stack>
  );
}

/** What was typed here before, or the old post without the photos that did not pass. */
function startOf(of: string, slot: string, post: Post): WrittenPost {
  const typed = postDrafts(of)[slot];
  // It was handed in the moment before the app ended: the queue has it.
  if (typed && !waitingPosts(of).some(({ key }) => key === typed.key)) return typed;
  const { village, villageName, kind, audience, text, place } = post;
  const ids = (post.photoIds ?? []).filter((_, i) => !post.photosRefused?.includes(i + 1));
  const photos = ids.map((media) => ({ key: newKey(), ref: null, name: "", bytes: 0, media }));
  const { hidden: hideMe } = post.by;
  return { key: newKey(), village, villageName, kind, audience, hideMe, text, place: place ?? "", photos };
}
