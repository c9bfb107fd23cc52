import { startOf } from "@weimenhu/domain/base/workday";
import { useMemo, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { dayText } from "../../ui/date.ts";
import { TextField } from "../../ui/field.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { TellMe } from "../../ui/tell-me.tsx";
import { Heading, Note, Para } from "../../ui/words.tsx";
import type { LineWait, Offer } from "../../wire.ts";

const aheadText = (ahead: number): string => (ahead === 0 ? "您排在第一位" : `您前面还有 ${ahead} 人`);

/** A day that is full: to stand in line for a place that somebody gives back. */
export function LineUp({
  offer,
  day,
  mandate,
  onFree,
}: {
  offer: Offer;
  day: string;
  mandate: string | null;
  onFree: () => void;
}) {
  const waiting = useAsk(
    "appointments.waiting",
    useMemo(() => ({}), []),
    { freshMs: 0 },
  );
  const visit = offer.sort === "visit";
  const { text: place, set: setPlace, forget } = useTyped(`visit-place:${offer.id}`, "");
  const [tried, setTried] = useState(false);
  const act = useAct("appointments.wait", true);
  const mine = waiting.data?.items.find(
    (one) => one.offer.id === offer.id && one.day === day && (one.mandate ?? null) === mandate,
  );
  const missing = visit && place.trim() === "";
  const run = async () => {
    setTried(true);
    if (missing) return;
    const done = await act.run({
      ...{ offer: offer.id, day },
      ...(visit ? { place: place.trim() } : {}),
      ...(mandate === null ? {} : { mandate }),
    });
    outdate("appointments.");
    waiting.retry();
    if (done) forget();
    else onFree();
  };
  if (mine) return <InLine wait={mine} onLeft={waiting.retry} />;
  return (
    <Card>
      <Stack gap={3}>
        <Heading level={2}>这一天约满了</Heading>
        <Para>可以排队：有人取消，就按先后顺序自动给您约上，并发消息告诉您。</Para>
        {visit ? (
          <TextField
            label="上门的地址"
            value={place}
            onChange={setPlace}
            maxLength={80}
            error={tried && missing ? "请写上门的地址" : null}
          />
        ) : null}
        <FaultNote fault={act.fault} onRetry={run} />
        <Button kind="primary" icon="clock" busy={act.busy} onTap={run}>
          排队等名额
        </Button>
      </Stack>
    </Card>
  );
}

/** Where one stands, and one tap out of the line. */
function InLine({ wait, onLeft }: { wait: LineWait; onLeft: () => void }) {
  const act = useAct("appointments.leave");
  const run = async () => {
    if (!(await act.run({ id: wait.id }))) return;
    outdate("appointments.");
    onLeft();
  };
  return (
    <Card>
      <Stack gap={3}>
        <Heading level={2}>{`${wait.offer.name}，${dayText(startOf(wait.day))}`}</Heading>
        {wait.name ? <Para>{`给 ${wait.name} 排的`}</Para> : null}
        <Note tone="indigo">{`正在排队，${aheadText(wait.ahead)}。有名额就自动约上，去不了可以在 30 分钟里取消。`}</Note>
        <TellMe kind="progress" words="排到了告诉我" />
        <FaultNote fault={act.fault} onRetry={run} />
        <Button kind="plain" busy={act.busy} onTap={run}>
          不等了
        </Button>
      </Stack>
    </Card>
  );
}

/** Above what was booked: where one stands in line. */
export function Lines() {
  const waiting = useAsk(
    "appointments.waiting",
    useMemo(() => ({}), []),
    { freshMs: 0 },
  );
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="正在排队">
      <Stack gap={3}>
        {items.map((one) => (
          <InLine key={one.id} wait={one} onLeft={waiting.retry} />
        ))}
      </Stack>
    </Section>
  );
}
