import { foundWords, riskLabels } from "@weimenhu/domain/circle/duty";
import { audiences, postKinds } from "@weimenhu/domain/circle/post";
import { now } from "../../platform/clock.ts";
import { to } from "../../platform/navigate.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { folded } from "../../ui/folded.ts";
import { Writer } from "../../ui/post-card.tsx";
import { Tap } from "../../ui/tap.tsx";
import { Thumbs } from "../../ui/thumbs.tsx";
import { Note, Para, Tag } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";

export type Waiting = OutputOf<"circle.queue">["items"][number];
type Refusal = NonNullable<Waiting["refusal"]>;

/** Everything that is needed to decide about one thing, and the way to where it stands. */
export function ModerationCard({ one, onDecide }: { one: Waiting; onDecide: (pass: boolean) => void }) {
  const isPost = one.under === null;
  const kind = postKinds[one.kind];
  const meta = [isPost ? kind : "评论或答复", dateText(one.at, now()), one.villageName].filter(Boolean).join(" · ");
  return (
    <Card>
      <Stack gap={3}>
        <Box class="beside-wrap">
          {one.check === "held" ? (
            <Tag tone="rice" icon="clock">
              等您看过，别人才看得到
            </Tag>
          ) : null}
          {one.reports.length > 0 ? <Tag tone="seal" icon="flag">{`${one.reports.length} 人举报`}</Tag> : null}
          {one.appeal === null ? null : (
            <Tag tone="rice" icon="undo-2">
              作者申诉
            </Tag>
          )}
        </Box>
        <Box>
          <Writer by={one.by} />
          <Para size="note">{meta}</Para>
        </Box>
        <Box class="post-text">{one.text}</Box>
        <Thumbs photos={one.photos} label="照片" />
        <Box class="beside-wrap">
          <Tag icon="eye">{audiences[one.audience]}</Tag>
          {isPost && one.place ? <Tag icon="map-pin">{one.place}</Tag> : null}
        </Box>
        {one.under === null ? null : <Para size="small">{underWords(kind, one.under)}</Para>}
        <Tap class="textlink" to={to("post", { id: one.post })}>
          {isPost ? `看这条${kind}` : `看那条${kind}`}
        </Tap>
        <Facts title="自动审核" lines={one.why.map(foundWords)} />
        <Facts title="举报的理由" lines={one.reports} />
        <Facts title="上次没有通过" lines={one.refusal ? refusalLines(one.refusal) : []} />
        <Facts title="申诉的理由" lines={one.appeal === null ? [] : [one.appeal]} />
        {one.mayDecide ? (
          <>
            <Button icon="check" label={`让大家看到：${folded(one.text, 12, 1)}`} onTap={() => onDecide(true)}>
              让大家看到
            </Button>
            <Button kind="plain" icon="x" label={`不让看到：${folded(one.text, 12, 1)}`} onTap={() => onDecide(false)}>
              不让看到
            </Button>
          </>
        ) : (
          <Note tone="plain">
            {one.by.mine ? "这是您自己写的，要请同事或镇里来看。" : "上次是您看的，申诉要请同事或镇里来看。"}
          </Note>
        )}
      </Stack>
    </Card>
  );
}

const underWords = (kind: string, text: string): string =>
  text === "" ? `写在一条${kind}下面，原文已删除` : `写在这条${kind}下面：“${folded(text, 60, 2)}”`;

const refusalLines = ({ at, by, reason, label }: Refusal): string[] => [
  `${by ?? "自动审核"} · ${dateText(at, now())}`,
  by === null || reason === riskLabels[label] ? riskLabels[label] : `${riskLabels[label]}：${reason}`,
];

function Facts({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Box>
      <Box class="t-strong">{title}</Box>
      <Box role="list" label={title}>
        {lines.map((line, i) => (
          <Box key={`${i}${line}`} role="listitem">
            <Para size="small">{line}</Para>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
