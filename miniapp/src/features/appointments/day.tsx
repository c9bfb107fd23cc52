import { usePullDownRefresh } from "@tarojs/taro";
import { dayOf } from "@weimenhu/domain/base/workday";
import { useMemo, useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { now } from "../../platform/clock.ts";
import { endPullDown } from "../../platform/pull.ts";
import { canScan, scanCode } from "../../platform/scan.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Stack } from "../../ui/card.tsx";
import { PickField, WhenField } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { StaffOnly } from "../../ui/staff-only.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import { Note, Para, Tag } from "../../ui/words.tsx";
import type { Ticket } from "../../wire.ts";
import { spanText, stateTag } from "./words.ts";

/** Who comes on a day, by time and number; who is there is checked in. */
export default function DaySheet() {
  return (
    <Page title="来办的人">
      <StaffOnly may="appointments.manage">{() => <Offers />}</StaffOnly>
    </Page>
  );
}

function Offers() {
  const offers = useAsk(
    "appointments.desk",
    useMemo(() => ({}), []),
    { freshMs: 60_000 },
  );
  return (
    <AnswerView answer={offers}>
      {({ items }) => {
        const open = items.filter((one) => one.open);
        return open.length === 0 ? (
          <Card>
            <Empty words="您这里还没有可以预约的事项" icon="calendar-clock" />
          </Card>
        ) : (
          <OneDay offers={open.map(({ id, name, regionName }) => ({ id, name: `${regionName} ${name}` }))} />
        );
      }}
    </AnswerView>
  );
}

function OneDay({ offers }: { offers: { id: string; name: string }[] }) {
  const [at, setAt] = useState(0);
  const [day, setDay] = useState(() => dayOf(now()));
  const offer = offers[at]?.id ?? "";
  const sheet = useAsk(
    "appointments.day",
    useMemo(() => ({ offer, day }), [offer, day]),
    { freshMs: 0 },
  );
  const check = useAct("appointments.checkIn");
  const [told, setTold] = useState<string | null>(null);
  usePullDownRefresh(() => {
    sheet.retry();
    endPullDown();
  });
  const run = async (code: string) => {
    setTold(null);
    const ticket = await check.run({ code });
    if (!ticket) return;
    setTold(`${ticket.name}，第 ${ticket.number} 号，已签到`);
    sheet.retry();
  };
  const scan = async () => {
    const code = await scanCode();
    if (code !== null) await run(code);
  };
  return (
    <Stack>
      {canScan ? (
        <Button kind="primary" icon="smartphone" busy={check.busy} onTap={scan}>
          扫码签到
        </Button>
      ) : null}
      {told ? (
        <Note live tone="pine">
          {told}
        </Note>
      ) : null}
      <FaultNote fault={check.fault} />
      <PickField label="哪一项" options={offers.map(({ name }) => name)} at={at} onChange={setAt} />
      <WhenField label="哪一天" mode="date" value={day} onChange={setDay} />
      <AnswerView answer={sheet}>
        {({ items }) =>
          items.length === 0 ? (
            <Card>
              <Empty words="这一天没有人预约" icon="calendar-clock" />
            </Card>
          ) : (
            <List label="来办的人">
              {items.map((ticket) => (
                <One key={ticket.id} ticket={ticket} busy={check.busy} onCheckIn={() => run(ticket.id)} />
              ))}
            </List>
          )
        }
      </AnswerView>
    </Stack>
  );
}

function One({ ticket, busy, onCheckIn }: { ticket: Ticket; busy: boolean; onCheckIn: () => void }) {
  const { tone, word } = stateTag(ticket.state);
  return (
    <Box class="row">
      <Box class="grow">
        <Stack gap={2}>
          <Box class="beside-wrap">
            <Box class="t-strong">{`${ticket.number} 号 ${ticket.name}`}</Box>
            <Tag tone={tone}>{word}</Tag>
          </Box>
          <Para size="small">{spanText(ticket.start, ticket.end)}</Para>
          {ticket.place ? <Para size="small">{`地址：${ticket.place}`}</Para> : null}
          {ticket.note ? <Para size="small">{ticket.note}</Para> : null}
          {ticket.may.includes("checkIn") ? (
            <Button small busy={busy} label={`签到：${ticket.number} 号 ${ticket.name}`} onTap={onCheckIn}>
              签到
            </Button>
          ) : null}
        </Stack>
      </Box>
    </Box>
  );
}
