import { postKinds } from "@weimenhu/domain/circle/post";
import { useState } from "react";
import { whoIsHere } from "../../mine.ts";
import { useOutbox, type WaitingPost } from "../../outbox.ts";
import { now } from "../../platform/clock.ts";
import { to } from "../../platform/navigate.ts";
import { sendWaiting, takeBack } from "../../sending.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Confirm } from "../../ui/sheet.tsx";
import { Note, Para, Tag } from "../../ui/words.tsx";

/** Posts that were written here and are not with the server yet. */
export function Pending({ all, village }: { all: boolean; village: string }) {
  const items = useOutbox((outbox) => outbox.items);
  const shown = items.filter((post) => all || post.village === village);
  if (shown.length === 0) return null;
  return (
    <Box role="list" label="待发送" class="stack s3">
      {[...shown].reverse().map((post) => (
        <Box key={post.key} role="listitem">
          <PendingPost post={post} />
        </Box>
      ))}
    </Box>
  );
}

function PendingPost({ post }: { post: WaitingPost }) {
  const sending = useOutbox((outbox) => outbox.now);
  const fault = useOutbox((outbox) => outbox.fault);
  const [asks, setAsks] = useState(false);
  const busy = sending?.key === post.key;
  const remove = () => {
    setAsks(false);
    const of = whoIsHere();
    if (of !== null) takeBack(of, post);
  };
  return (
    <Box class="card">
      <Stack gap={2}>
        <Box class="beside-wrap">
          <Tag tone={post.refused === null ? "rice" : "seal"} icon={post.refused === null ? "clock" : "circle-alert"}>
            {post.refused === null ? "待发送" : "没有发出"}
          </Tag>
          <Para size="note">{`${postKinds[post.kind]} · ${post.villageName} · ${dateText(post.at, now())} 写好`}</Para>
        </Box>
        <Box class="post-text">{post.text}</Box>
        {post.photos.length > 0 ? <Para size="small">{`照片 ${post.photos.length} 张，都存在这部手机里`}</Para> : null}
        {post.refused === null ? null : <Note tone="seal">{post.refused}</Note>}
        {busy ? (
          <Box class="t-small" role="status">
            {sending && sending.photo > 0 ? `正在发送，照片 ${sending.photo} / ${sending.of}` : "正在发送…"}
          </Box>
        ) : post.refused === null ? (
          <Para size="small">{`${fault?.zh ?? "还没有发出去"}。连上网以后会自动发出，关掉也不会丢`}</Para>
        ) : null}
        <Box class="wrap">
          {post.refused === null ? (
            <Box class="wrap-in">
              <Button small icon="rotate-cw" busy={busy} onTap={() => void sendWaiting()}>
                重试
              </Button>
            </Box>
          ) : (
            <Box class="wrap-in">
              <Button small icon="pencil" to={to("writePost", { waiting: post.key })}>
                改一改再发
              </Button>
            </Box>
          )}
          {busy ? null : (
            <Box class="wrap-in">
              <Button small kind="plain" icon="trash-2" onTap={() => setAsks(true)}>
                删除
              </Button>
            </Box>
          )}
        </Box>
      </Stack>
      <Confirm
        open={asks}
        title="不发了吗？"
        words="删除以后，写的字和照片就没有了。"
        doWord="删除"
        danger
        onDo={remove}
        onClose={() => setAsks(false)}
      />
    </Box>
  );
}
