import { to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { Note, Para } from "../../ui/words.tsx";
import { becameOf, type Earlier, type End, mayChange } from "./earlier.ts";

function See({ earlier, words }: { earlier: Earlier; words: string }) {
  return (
    <Button small icon="eye" to={to("deskNotice", { id: earlier.id })}>
      {words}
    </Button>
  );
}

/** The earlier notice left its writer's hands, and other words stand in the form: what are they? Nothing is sent before the answer. */
export function EarlierNote(props: {
  earlier: Earlier;
  /** It was opened to be changed; else the form is for a new one. */
  changing: boolean;
  /** Null when there is no room: other words of a new one are kept. */
  onApart: (() => void) | null;
  onOver: () => void;
  onDrop: () => void;
}) {
  const { earlier, changing, onApart } = props;
  const open = mayChange(earlier);
  const became = becameOf(earlier);
  return (
    <Note live tone="rice">
      <Stack gap={3}>
        <Para>
          {changing
            ? `《${earlier.title}》${became}，刚才改的没有带上。`
            : `前一份《${earlier.title}》${became}。这里写的没有带上。`}
          {changing ? "等退回给您再来改，这里写的会留着。" : ""}
        </Para>
        <Para>
          {open ? "现在写的是另一份，还是改好的前一份？" : changing ? "还是另写一份？" : "现在写的是另一份吗？"}
        </Para>
        {onApart ? (
          <Button kind="primary" icon="pencil" onTap={onApart}>
            写成新的一份
          </Button>
        ) : (
          <Para size="small">“写公告”里还有一份没交的，先交了那份，这里才能写成新的一份</Para>
        )}
        {open ? <Button onTap={props.onOver}>用来改前一份</Button> : null}
        <Button icon="trash-2" onTap={props.onDrop}>
          不用了，清空
        </Button>
        <See earlier={earlier} words={changing ? "看这一份" : "看前一份"} />
      </Stack>
    </Note>
  );
}

/** Above the form that begins anew: where the earlier notice is. */
export function EndNote({ earlier, why }: End) {
  const name = `《${earlier.title}》`;
  if (why === "apart") {
    return (
      <Note live tone="pine">
        <Stack gap={2}>
          <Para>{`这是新的一份了，${name}不受影响。写好后按“提交审核”`}</Para>
          <See earlier={earlier} words="看前一份" />
        </Stack>
      </Note>
    );
  }
  const next = mayChange(earlier) ? "要改前一份，点下面" : "不用再交";
  return (
    <Note live tone="pine">
      <Stack gap={2}>
        <Para>
          {why === "in" ? `前一份${name}${becameOf(earlier)}。${next}` : `已清空。前一份${name}${becameOf(earlier)}`}
        </Para>
        <See earlier={earlier} words="看前一份" />
      </Stack>
    </Note>
  );
}
