import { postLimits } from "@weimenhu/domain/circle/post";
import { useState } from "react";
import { keptMine, outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { now } from "../../platform/clock.ts";
import { to } from "../../platform/navigate.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Confirm, Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Tap } from "../../ui/tap.tsx";
import { Note } from "../../ui/words.tsx";
import type { Post, PostComment } from "../../wire.ts";
import { ReportSheet } from "./report-sheet.tsx";
import { UnmaskSheet } from "./unmask-sheet.tsx";
import { deleteWords } from "./words.ts";

type Doing = "more" | "delete" | "report" | "block" | "unmask";

/** Edit and delete for who wrote it; report and block for others. Behind one word, so that reading stays calm. */
export function MoreActs(props: { post: Post; said?: PostComment; onChanged: (post: Post) => void }) {
  const { post, said } = props;
  const { id, by } = said ?? post;
  const may: readonly string[] = (said ?? post).may;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [done, setDone] = useState<"reported" | "blocked" | null>(null);
  const removePost = useAct("circle.remove");
  const removeSaid = useAct("circle.removeComment");
  const block = useAct("circle.block");
  const remove = said ? removeSaid : removePost;
  const close = () => setDoing(null);
  const offered = ["edit", "delete", "report", "block", "unmask"].filter((one) => may.includes(one));
  if (offered.length === 0) return null;

  const removeIt = async () => {
    const next = await remove.run({ id });
    close();
    if (next) props.onChanged(next);
  };
  const blockIt = async (on: boolean) => {
    const answer = await block.run({ id, on });
    close();
    if (!answer) return;
    outdate("circle.");
    keptMine.clear();
    setDone(on ? "blocked" : null);
  };
  const who = by.hidden ? "这条内容" : `${by.name}发的内容和评论`;
  return (
    <>
      <Tap class="post-act" onTap={() => setDoing("more")} label={said ? `更多：${by.name}的评论` : "更多"}>
        <Icon name="list-checks" size="s" />
        更多
      </Tap>
      <FaultNote fault={remove.fault ?? block.fault} />
      {done === "reported" ? (
        <Note live tone="pine">
          已经收到您的举报，会有人来看
        </Note>
      ) : null}
      {done === "blocked" ? (
        <Note live tone="pine">
          <Box>{`以后不再给您看${who}`}</Box>
          <Button small onTap={() => void blockIt(false)} busy={block.busy}>
            撤销
          </Button>
        </Note>
      ) : null}
      <Sheet open={doing === "more"} title="更多" onClose={close}>
        {may.includes("edit") ? <EditButton post={post} onTap={close} /> : null}
        {may.includes("delete") ? (
          <Button kind="danger" icon="trash-2" onTap={() => setDoing("delete")}>
            删除
          </Button>
        ) : null}
        {may.includes("report") ? (
          <Button icon="flag" onTap={() => setDoing("report")}>
            举报
          </Button>
        ) : null}
        {may.includes("block") ? (
          <Button icon="user-x" onTap={() => setDoing("block")}>
            {by.hidden ? "不看这条" : "不看这个人"}
          </Button>
        ) : null}
        {may.includes("unmask") ? (
          <Button icon="eye" onTap={() => setDoing("unmask")}>
            查看发布人
          </Button>
        ) : null}
      </Sheet>
      <Confirm
        open={doing === "delete"}
        title={said ? "删除这条评论？" : "删除这条内容？"}
        words={deleteWords(said ? null : post.case)}
        doWord="删除"
        danger
        busy={remove.busy}
        onDo={removeIt}
        onClose={close}
      />
      <Confirm
        open={doing === "block"}
        title={by.hidden ? "不看这条？" : `不看${by.name}？`}
        words={`以后不再给您看${who}。对方不会知道。想恢复，到“我的 → 不看的人”。`}
        doWord="不看了"
        busy={block.busy}
        onDo={() => void blockIt(true)}
        onClose={close}
      />
      {doing === "report" ? (
        <ReportSheet
          id={id}
          onClose={close}
          onDone={() => {
            close();
            setDone("reported");
          }}
        />
      ) : null}
      {doing === "unmask" ? <UnmaskSheet id={id} onClose={close} /> : null}
    </>
  );
}

function EditButton({ post, onTap }: { post: Post; onTap: () => void }) {
  const left = Math.max(1, Math.ceil((post.at + postLimits.editMs - now()) / 60_000));
  return (
    <Button icon="pencil" to={to("writePost", { id: post.id })} onTap={onTap}>
      {`修改（还有 ${left} 分钟可以改）`}
    </Button>
  );
}
