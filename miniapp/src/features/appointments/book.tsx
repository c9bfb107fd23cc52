import { usePullDownRefresh } from "@tarojs/taro";
import { dayOf, startOf } from "@weimenhu/domain/base/workday";
import { useMemo, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { type Answer, useAsk } from "../../hooks/use-ask.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { now } from "../../platform/clock.ts";
import { go, pageQuery, to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { useSession } from "../../session.ts";
import { AgreeFirst } from "../../ui/agree-first.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { dayText } from "../../ui/date.ts";
import { Check, Radios, TextField } from "../../ui/field.tsx";
import { Form, FormPart, Unfilled, useForm } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, FaultNote, NothingHere } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Me, Slots } from "../../wire.ts";
import { ForWhom, useBehalf } from "./for-whom.tsx";
import { LineUp } from "./line-up.tsx";
import { OfferFace } from "./offer-face.tsx";
import { dayWords, nextOf, slotChoice } from "./words.ts";

/** One of the days ahead, one of its slots, and the place is taken. */
export default function Book() {
  const [{ offer = "" }] = useState(pageQuery);
  const [day, setDay] = useState<string | null>(null);
  const slots = useAsk(
    "appointments.slots",
    useMemo(() => (offer === "" ? null : { offer, ...(day === null ? {} : { day }) }), [offer, day]),
    { freshMs: 0 },
  );
  usePullDownRefresh(() => {
    slots.retry();
    endPullDown();
  });
  return (
    <Page title="选时间">
      {offer === "" ? (
        <NothingHere about="offer" />
      ) : (
        <AnswerView answer={slots} rows={8} about="offer">
          {(data) => <Choose data={data} slots={slots} onDay={setDay} />}
        </AnswerView>
      )}
    </Page>
  );
}

type Props = { data: Slots; slots: Answer<Slots>; onDay: (day: string) => void };

function Choose({ data, slots, onDay }: Props) {
  const { me, state } = useSession();
  // Of a day off there is nothing to say, unless it is closed for once.
  const shown = data.days.filter(({ state: how, why }) => how !== "closed" || why !== null);
  const days = shown.map((one) => ({
    key: one.day,
    word: dayText(startOf(one.day)),
    under: dayWords(one, now()),
  }));
  return (
    <Stack>
      <OfferFace offer={data.offer} />
      <Section title="哪一天">
        <Radios label="哪一天" choices={days} value={data.day} onChange={onDay} />
      </Section>
      {me === null || state === "out" ? (
        <SignedInOnly asks="登录以后就能预约">{() => null}</SignedInOnly>
      ) : (
        <Take key={data.day} me={me} data={data} onGone={slots.retry} onDay={onDay} />
      )}
    </Stack>
  );
}

type TakeProps = { me: Me; data: Slots; onGone: () => void; onDay: (day: string) => void };

function Take({ me, data, onGone, onDay }: TakeProps) {
  const { offer } = data;
  const visit = offer.sort === "visit";
  const hospital = offer.sort === "hospital";
  const free = data.slots.filter((slot) => slot.free > 0);
  const [chosen, setChosen] = useState<string | null>(null);
  const [handOver, setHandOver] = useState(false);
  const { text: place, set: setPlace, forget } = useTyped(`visit-place:${offer.id}`, "");
  const book = useAct("appointments.book", true);
  const form = useForm();
  const behalf = useBehalf(me);
  const { mandate } = behalf;
  if (behalf.nobody) return <RealFirst />;
  if (!hospital && data.days.some((one) => one.day === data.day && one.state === "full"))
    return (
      <Stack>
        <ForWhom behalf={behalf} />
        <LineUp key={mandate} offer={offer} day={data.day ?? ""} mandate={mandate} onFree={onGone} />
      </Stack>
    );
  if (free.length === 0)
    return (
      <Card>
        <Empty words="这一天没有可以约的时间，请选别的日子" icon="calendar-clock" />
      </Card>
    );
  const gaps = { slot: chosen === null, place: visit && place.trim() === "", hand: hospital && !handOver };
  const tried = form.tries > 0;
  const wrong = { slot: tried && gaps.slot, place: tried && gaps.place, hand: tried && gaps.hand };
  const run = async () => {
    if (chosen === null || gaps.place || gaps.hand) return form.refuse();
    const ticket = await book.run({
      ...{ slot: chosen },
      ...(visit ? { place: place.trim() } : {}),
      ...(hospital ? { handOver: true } : {}),
      ...(mandate === null ? {} : { mandate }),
    });
    outdate("appointments.");
    if (!ticket) return onGone();
    forget();
    go(to("ticket", { id: ticket.id, booked: "1" }), "replace");
  };
  const next = nextOf(book.fault);
  const which = hospital ? "哪位医生、什么时间" : "几点";
  return (
    <Form tries={form.tries}>
      <Stack>
        <ForWhom behalf={behalf} />
        <Section title={which}>
          <Radios label={which} choices={free.map(slotChoice)} value={chosen} onChange={setChosen} />
        </Section>
        {visit ? (
          <TextField
            label="上门的地址"
            hint="写到门牌，比如：三组 12 号"
            value={place}
            onChange={setPlace}
            maxLength={80}
            error={wrong.place ? "请写上门的地址" : null}
          />
        ) : null}
        {hospital ? (
          <FormPart wrong={wrong.hand}>
            <Check
              checked={handOver}
              onChange={setHandOver}
              label={`我同意把${behalf.name ?? "我"}的姓名、身份证号和手机号交给这家医院，用来挂号`}
            />
          </FormPart>
        ) : null}
        <AgreeFirst />
        <FaultNote fault={book.fault} onRetry={next ? undefined : run} />
        {next ? (
          <Button
            onTap={() => {
              book.clear();
              onDay(dayOf(next.start));
            }}
          >{`最近有空的：${dayText(next.start)}`}</Button>
        ) : null}
        <Unfilled
          names={[
            ...(wrong.slot ? [which] : []),
            ...(wrong.place ? ["上门的地址"] : []),
            ...(wrong.hand ? ["同意交给医院"] : []),
          ]}
        />
        <Button kind="primary" icon="check" busy={book.busy} busyText="正在预约…" onTap={run}>
          确定预约
        </Button>
      </Stack>
    </Form>
  );
}

/** Whoever takes a place is a real person: the village knows them. */
function RealFirst() {
  return (
    <Card>
      <Stack gap={3}>
        <Note>预约要用真实姓名，免得有人占号。</Note>
        <Para>认证成为村民以后就能预约，一般当时就能办好。</Para>
        <Button kind="primary" icon="badge-check" to={to("verify")}>
          认证成为村民
        </Button>
        <Button icon="users" to={to("family")}>
          替家人约
        </Button>
      </Stack>
    </Card>
  );
}
