import { usePullDownRefresh } from "@tarojs/taro";
import { useMemo, useState } from "react";
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
import { Heading, Note, Para, Tag } from "../../ui/words.tsx";
import type { Ticket } from "../../wire.ts";
import { OfferFace } from "./offer-face.tsx";
import { spokenTicket, stateTag, whenText } from "./words.ts";

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
  const [told, setTold] = useState<string | null>(booked ? "约好了。到时候请带上要用的东西" : null);
  usePullDownRefresh(() => {
    answer.retry();
    endPullDown();
  });
  return (
    <Stack>
      {told ? (
        <Note live tone="pine">
          {told}
        </Note>
      ) : null}
      <AnswerView answer={answer} about="ticket">
        {(ticket) => (
          <Stack>
            <Face ticket={ticket} />
            <OfferFace offer={ticket.offer} />
            {ticket.may.includes("cancel") ? (
              <Cancel
                ticket={ticket}
                onDone={() => {
                  setTold("已取消，名额让给了别人");
                  outdate("appointments.");
                  answer.retry();
                }}
              />
            ) : ticket.state === "booked" ? (
              <Para size="small">{`过了取消的时间。来不了请打电话 ${ticket.offer.phone} 说一声`}</Para>
            ) : null}
            <Button to={to("tickets")}>我的预约</Button>
          </Stack>
        )}
      </AnswerView>
    </Stack>
  );
}

function Face({ ticket }: { ticket: Ticket }) {
  const { tone, word } = stateTag(ticket.state);
  return (
    <Card>
      <Stack gap={3}>
        <Tag tone={tone} icon={ticket.state === "booked" ? "circle-check" : "info"}>
          {word}
        </Tag>
        <Heading level={2}>{whenText(ticket)}</Heading>
        <Para>{`${ticket.name}　第 ${ticket.number} 号`}</Para>
        {ticket.place ? <Para>{`上门地址：${ticket.place}`}</Para> : null}
        {ticket.code ? <Code code={ticket.code} /> : null}
        <SpeakButton text={spokenTicket(ticket)} />
        {ticket.may.includes("cancel") ? (
          <Para size="small">{`${dateText(ticket.cancelUntil, now())} 以前可以取消`}</Para>
        ) : null}
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
