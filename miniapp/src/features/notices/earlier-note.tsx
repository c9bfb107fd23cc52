import { type ReactNode, useEffect, useId } from "react";
import { bringIntoSight } from "../../platform/faulty.ts";
import { to } from "../../platform/navigate.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { Note, Para } from "../../ui/words.tsx";
import { becameOf, type Earlier, type End, mayChange } from "./earlier.ts";

/** What answers a press of a button: the page moves to it. What comes by itself moves nothing. */
function Answer({ pressed, children }: { pressed: boolean; children: ReactNode }) {
  const id = `part${useId().replace(/:/g, "")}`;
  useEffect(() => {
    if (pressed) bringIntoSight(id);
  }, [pressed, id]);
  return <Box id={id}>{children}</Box>;
}

function See({ earlier, words }: { earlier: Earlier; words: string }) {
  return (
    <Button small icon="eye" to={to("deskNotice", { id: earlier.id })}>
      {words}
    </Button>
  );
}

/** How the changes can still come into it. */
function waitFor({ state }: Earlier): string {
  if (state === "draft") return "";
  if (state === "published" || state === "withdrawn") return "要接着改，先在那里点“修改重发”，这里写的会留着。";
  return "等退回给您再来改，这里写的会留着。";
}

/** A new notice is made of what is typed here; files were added at the desk. */
const noFiles = ({ attachments }: Earlier): string =>
  attachments.length > 0 ? "附件不会带到新的一份里，要附件请在电脑上加" : "";

/**
 * The earlier notice left its writer's hands or was written in elsewhere, and other words stand in the form: what are they?
 * Nothing is sent before the answer.
 */
export function EarlierNote(props: {
  earlier: Earlier;
  /** It was written in at another place meanwhile. */
  elsewhere: boolean;
  /** It answers the button; else the page's opening. */
  pressed: boolean;
  /** It was opened to be changed; else the form is for a new one. */
  changing: boolean;
  /** Null when there is no room: other words of a new one are kept. */
  onApart: (() => void) | null;
  onOver: () => void;
  onDrop: () => void;
}) {
  const { earlier, changing, onApart } = props;
  const open = mayChange(earlier);
  const became = `${props.elsewhere ? "在别处改过了，" : ""}${becameOf(earlier)}`;
  const ask = props.elsewhere ? "现在写的是另一份，还是用这里写的换掉它？" : "现在写的是另一份，还是改好的前一份？";
  return (
    <Answer pressed={props.pressed}>
      <Note live tone="rice">
        <Stack gap={3}>
          <Para>
            {changing
              ? `《${earlier.title}》${became}，刚才改的没有带上。`
              : `前一份《${earlier.title}》${became}。这里写的没有带上。`}
            {changing ? waitFor(earlier) : ""}
          </Para>
          <Para>
            {open ? ask : changing ? "还是另写一份？" : "现在写的是另一份吗？"}
            {onApart && noFiles(earlier) ? `（${noFiles(earlier)}。）` : ""}
          </Para>
          {onApart ? (
            <Button kind={props.elsewhere ? "second" : "primary"} icon="pencil" onTap={onApart}>
              写成新的一份
            </Button>
          ) : (
            <Para size="small">“写公告”里还有一份没交的，先交了那份，这里才能写成新的一份</Para>
          )}
          {open ? <Button onTap={props.onOver}>{props.elsewhere ? "用这里写的换掉它" : "用来改前一份"}</Button> : null}
          <Button icon="trash-2" onTap={props.onDrop}>
            不用了，清空
          </Button>
          <See earlier={earlier} words={changing ? "看这一份" : "看前一份"} />
        </Stack>
      </Note>
    </Answer>
  );
}

/** Above the form that begins anew: where the earlier notice is. */
export function EndNote({ earlier, why }: End) {
  const name = `《${earlier.title}》`;
  const became = `${name}${becameOf(earlier)}`;
  const words = {
    in: mayChange(earlier)
      ? `${became}。要改它，点下面；这里是空白的新一份`
      : `${became}，不用再交。这里是空白的新一份`,
    saved: `改好的已经存在${name}里，还没有交。要交，点下面；这里是空白的新一份`,
    dropped: `已清空。${became}`,
    apart: `这是新的一份了，${name}不受影响。写好后按“提交审核”${noFiles(earlier) ? `。${noFiles(earlier)}` : ""}`,
  };
  return (
    <Answer pressed={why === "dropped" || why === "apart"}>
      <Note live tone="pine">
        <Stack gap={2}>
          <Para>{words[why]}</Para>
          <See earlier={earlier} words="看原来那份" />
        </Stack>
      </Note>
    </Answer>
  );
}
