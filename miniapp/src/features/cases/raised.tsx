import { postKinds } from "@weimenhu/domain/circle/post";
import type { Answer } from "../../hooks/use-ask.ts";
import { to } from "../../platform/navigate.ts";
import { Card, Stack } from "../../ui/card.tsx";
import { Writer } from "../../ui/post-card.tsx";
import { Tap } from "../../ui/tap.tsx";
import { Thumbs } from "../../ui/thumbs.tsx";
import { Para, Tag } from "../../ui/words.tsx";
import type { OutputOf, WholeCase } from "../../wire.ts";

/** What was raised: the words and photos of the post, or its first words while the post is not there. */
export function Raised({ file, post }: { file: WholeCase; post: Answer<OutputOf<"circle.get">> }) {
  const { data, fault } = post;
  // Then its words are gone for those who handled it too.
  const ended = file.state === "closed" || file.state === "refused";
  const place = data?.place ?? file.place;
  if (data === null) {
    return (
      <Card>
        <Stack gap={2}>
          <Para class="case-words">{file.summary}</Para>
          {fault && !ended ? <Para size="small">原文现在看不到，这里是原文的开头。</Para> : null}
          {place ? <Tag icon="map-pin">{place}</Tag> : null}
        </Stack>
      </Card>
    );
  }
  return (
    <Card>
      <Stack gap={2}>
        <Writer by={data.by} />
        <Para class="case-words">{data.deleted ? file.summary : data.text}</Para>
        {data.deleted && !ended ? (
          <Para size="small">{`${data.by.mine ? "您" : "发起人"}已删除原文，这里是原文的开头。`}</Para>
        ) : null}
        <Thumbs photos={data.photos} label="照片" />
        {place ? <Tag icon="map-pin">{place}</Tag> : null}
        {data.deleted ? null : (
          <Tap class="textlink" to={to("post", { id: data.id })}>
            {`看这条${postKinds[data.kind]}和评论`}
          </Tap>
        )}
      </Stack>
    </Card>
  );
}
