import { usePullDownRefresh } from "@tarojs/taro";
import { useEffect, useMemo, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { now } from "../../platform/clock.ts";
import { pageQuery, to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Page } from "../../ui/page.tsx";
import { QrCode } from "../../ui/qr.tsx";
import { Confirm } from "../../ui/sheet.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { SpeakButton } from "../../ui/speak-button.tsx";
import { AnswerView, FaultNote, NothingHere } from "../../ui/states.tsx";
import { TellMe } from "../../ui/tell-me.tsx";
import { Heading, Note, Para, Tag } from "../../ui/words.tsx";
import type { Ticket } from "../../wire.ts";
import { OfferFace } from "./offer-face.tsx";
import { ToCalendar } from "./to-calendar.tsx";
import { behalfText, spokenTicket, stateTag, whenText, whyText } from "./words.ts";

/** What to show at the counter. It is kept on the phone, for halls without a network. */
export default function TicketPage() {
  const [{ id = "", booked }] = useState(pageQuery);
  return (
    <Page title="预约凭证">
      {id === "" ? (
        <NothingHere about="ticket" />
      ) : (
        <SignedInOnly>{() => <Known id={id} booked={booked === "1"} />}</SignedInOnly>
      )}
    </Page>
  );
}

function Known({ id, booked }: { id: string; booked: boolean }) {
  const answer = useAsk(
    "appointments.get",
    useMemo(() => ({ id }), [id]),
    { freshMs: 0, keep: true },
  );
  const [told, setTold] = useState<string | null>(null);
  const state = answer.data?.state;
  const waits = state === "asked" || state === "unknown" || state === "cancelling";
  const { retry } = answer;
  // The hospital answers within moments, mostly.
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(
      () => {
        retry();
        setAsked(asked + 1);
      },
      Math.min(2_000 * 1.4 ** asked, 60_000),
    );
    return () => clearTimeout(timer);
  }, [waits, retry, asked]);
  const news = told ?? (booked && state === "booked" ? "约好了。到时候请带上要用的东西" : null);
  usePullDownRefresh(() => {
    answer.retry();
    endPullDown();
  });
  return (
    <Stack>
      {news ? (
        <Note live tone="pine">
          {news}
        </Note>
      ) : null}
      <AnswerView answer={answer} about="ticket">
        {(ticket) => (
          <Stack>
            <Face ticket={ticket} />
            <ToCalendar ticket={ticket} />
            {stillToCome.includes(ticket.state) && ticket.start > now() ? (
              <TellMe kind="progress" words="到时候提醒我" below={2} />
            ) : null}
            <OfferFace offer={ticket.offer} />
            {mayCancel(ticket) ? (
              <Cancel
                ticket={ticket}
                onDone={() => {
                  setTold(ticket.offer.sort === "hospital" ? "已告诉医院取消" : "已取消，名额让给了别人");
                  outdate("appointments.");
                  answer.retry();
                }}
              />
            ) : ticket.state === "booked" ? (
              <Para size="small">{`过了取消的时间。来不了请打电话 ${ticket.offer.phone || "给医院"} 说一声`}</Para>
            ) : null}
            {ticket.state === "stopped" || ticket.state === "refused" ? (
              <Button kind="primary" icon="calendar-clock" to={to("bookSlot", { offer: ticket.offer.id })}>
                重新约一个时间
              </Button>
            ) : null}
            <Button to={to("tickets")}>我的预约</Button>
          </Stack>
        )}
      </AnswerView>
    </Stack>
  );
}

/** In these somebody may still be told of a change, or reminded. */
const stillToCome: readonly Ticket["state"][] = ["asked", "unknown", "booked"];
const mayCancel = ({ may }: Ticket): boolean => may.includes("cancel") || may.includes("askCancel");
const waitWords: Partial<Record<Ticket["state"], string>> = {
  asked: "正在等医院确认，一般几秒钟。可以离开这一页，有结果会告诉您",
  unknown: "医院还没有回话，正在接着问，有结果会告诉您",
  cancelling: "正在等医院取消",
};

function Face({ ticket }: { ticket: Ticket }) {
  const { tone, word } = stateTag(ticket.state);
  return (
    <Card>
      <Stack gap={3}>
        <Tag tone={tone} icon={ticket.state === "booked" ? "circle-check" : "info"}>
          {word}
        </Tag>
        <Heading level={2}>{whenText(ticket)}</Heading>
        {ticket.doctor ? <Para>{`${ticket.doctor.name} ${ticket.doctor.title}`}</Para> : null}
        <Para>{ticket.number > 0 ? `${ticket.name}　第 ${ticket.number} 号` : ticket.name}</Para>
        {ticket.behalf ? <Para size="small">{behalfText(ticket)}</Para> : null}
        {waitWords[ticket.state] ? <Note live>{waitWords[ticket.state]}</Note> : null}
        {ticket.why ? <Note tone="seal">{whyText(ticket.why)}</Note> : null}
        {ticket.place ? <Para>{`上门地址：${ticket.place}`}</Para> : null}
        {ticket.code ? <Code code={ticket.code} /> : null}
        <SpeakButton text={spokenTicket(ticket)} />
        {mayCancel(ticket) ? <Para size="small">{`${dateText(ticket.cancelUntil, now())} 以前可以取消`}</Para> : null}
      </Stack>
    </Card>
  );
}

function Code({ code }: { code: string }) {
  return (
    <Box>
      <QrCode text={code} label="签到码" />
      <Para size="small">到了给工作人员扫这个码签到，没有网络也能用</Para>
    </Box>
  );
}

function Cancel({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const act = useAct("appointments.cancel");
  const [open, setOpen] = useState(false);
  const run = async () => {
    const done = await act.run({ id: ticket.id });
    if (!done) return;
    setOpen(false);
    onDone();
  };
  return (
    <>
      <Button kind="plain" icon="undo-2" onTap={() => setOpen(true)}>
        去不了，取消预约
      </Button>
      <Confirm
        open={open}
        title="取消这个预约？"
        words={
          <Stack gap={3}>
            <Para>{`${ticket.offer.name}，${whenText(ticket)}。取消后名额马上给别人。`}</Para>
            <FaultNote fault={act.fault} onRetry={run} />
          </Stack>
        }
        doWord="取消预约"
        danger
        busy={act.busy}
        onDo={run}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
