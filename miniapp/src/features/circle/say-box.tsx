import { postLimits } from "@weimenhu/domain/circle/post";
import { useEffect, useRef, useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { bringIntoSight } from "../../platform/faulty.ts";
import { to } from "../../platform/navigate.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { AreaField, Check } from "../../ui/field.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Me, Post, PostComment } from "../../wire.ts";
import { callWords } from "./words.ts";

type Props = {
  me: Me;
  post: Post;
  /** The comment that is answered; null: the post itself. */
  answering: PostComment | null;
  /** What was answered is not among what is shown. */
  lost: boolean;
  onAnswering: (said: PostComment | null) => void;
  /** Words of one's own that were refused, to be put right. */
  again: PostComment | null;
  onSaid: (post: Post) => void;
};

const boxId = "say-box";

/** Where one says something; who may not is told what must come first. */
export function SayBox({ me, post, answering, lost, onAnswering, again, onSaid }: Props) {
  const { text, set: setText, forget, kept } = useTyped(`say:${post.id}`, "");
  const say = useAct("circle.comment", true, kept);
  const { text: called, set: setCalled, forget: forgetCalled } = useTyped(`calls:${post.id}`, "", true);
  const calls = called !== "";
  const setCalls = (on: boolean) => setCalled(on ? "yes" : "");
  const [missing, setMissing] = useState(false);
  const [told, setTold] = useState<"held" | "called" | null>(null);
  // Without the words, whom they were for says nothing.
  const stale = useRef(text === "");
  useEffect(() => {
    if (stale.current) {
      onAnswering(null);
      forgetCalled();
    }
    stale.current = false;
  }, [onAnswering, forgetCalled]);
  useEffect(() => {
    if (again === null) return;
    // What stands in the box already is not lost.
    setText((typed) => (typed.trim() === "" || typed === again.text ? again.text : `${again.text}\n${typed}`));
    setTold(null);
    bringIntoSight(boxId);
  }, [again, setText]);
  if (!post.may.includes("comment")) return <MaySoon me={me} post={post} />;
  const left = postLimits.comment - Array.from(text).length;
  const empty = text.trim() === "";
  const change = (next: string) => {
    setText(next);
    setMissing(false);
    setTold(null);
  };
  const send = async () => {
    setMissing(empty);
    if (empty || left < 0) return;
    const done = await say.run({
      id: post.id,
      text,
      ...(answering ? { under: answering.id } : {}),
      ...(calls ? { callVillage: true } : {}),
    });
    if (!done) return;
    const own = done.discussion.filter(({ by }) => by.mine);
    setTold(own[own.length - 1]?.check === "held" ? "held" : calls ? "called" : null);
    forget();
    forgetCalled();
    onAnswering(null);
    onSaid(done);
  };
  return (
    <Card>
      <Box id={boxId}>
        <Stack gap={3}>
          {answering ? (
            <Note>
              <Box>{`回复${answering.by.name}：${Array.from(answering.text).slice(0, 30).join("")}`}</Box>
              <Button small kind="plain" onTap={() => onAnswering(null)}>
                不回复这条
              </Button>
            </Note>
          ) : null}
          {lost ? (
            <Note tone="rice">
              <Box>您要回复的那条评论现在没有显示，可能已经删除，也可能在“看更多”里</Box>
              <Button small kind="plain" onTap={() => onAnswering(null)}>
                改成评论，发给大家看
              </Button>
            </Note>
          ) : null}
          <AreaField
            label={answering ? "写回复" : "写评论"}
            value={text}
            onChange={change}
            maxLength={2 * postLimits.comment}
            hint={left <= 100 ? `还可以写 ${Math.max(0, left)} 个字` : undefined}
            error={missing ? "请写几句话" : left < 0 ? `多写了 ${-left} 个字，最多 ${postLimits.comment} 个字` : null}
          />
          {post.by.mine && post.by.hidden ? (
            <Para size="small">这条您没有让邻居知道是谁发的，在下面评论也不显示您的名字。</Para>
          ) : null}
          <Check checked={calls} onChange={setCalls} label={callWords} />
          <FaultNote fault={say.fault} onRetry={send} />
          {told === "held" ? (
            <Note live tone="rice">
              已经收到，审核以后别人才能看到
            </Note>
          ) : null}
          {told === "called" ? (
            <Note live tone="pine">
              已经发出，也告诉了村干部
            </Note>
          ) : null}
          {lost ? null : (
            <Button icon="send" busy={say.busy} busyText="正在发送…" onTap={send}>
              {answering ? "发出回复" : "发出评论"}
            </Button>
          )}
        </Stack>
      </Box>
    </Card>
  );
}

function MaySoon({ me, post }: { me: Me; post: Post }) {
  if (post.check !== "passed") return null;
  if (post.mayNotComment) {
    return (
      <Card>
        <Para>{post.mayNotComment}</Para>
      </Card>
    );
  }
  const phone = me.phone === null;
  return (
    <Card>
      <Stack gap={3}>
        <Para>
          {phone ? "验证手机号、认证成为村民以后，就能评论" : `认证成为${post.villageName}村民以后，就能评论`}
        </Para>
        <Button to={phone ? to("phone") : to("verify", { region: post.village })}>
          {phone ? "验证手机号" : "认证成为村民"}
        </Button>
      </Stack>
    </Card>
  );
}
