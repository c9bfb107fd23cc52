import { usePullDownRefresh } from "@tarojs/taro";
import { useMemo } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { useSession } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { AnswerView, Empty } from "../../ui/states.tsx";
import type { Offer } from "../../wire.ts";
import { hospitalOffers } from "./words.ts";

/** What can be booked here: a doctor, windows of the service hall, visits at home. */
export default function Appointments() {
  const { place, me } = useSession();
  const code = place?.code;
  const offers = useAsk(
    "appointments.offers",
    useMemo(() => (code === undefined ? {} : { region: code }), [code]),
    { keep: true },
  );
  const hospital = useAsk("appointments.offers", hospitalOffers, { keep: true });
  const hasHospital = (hospital.data?.items.length ?? 0) > 0;
  usePullDownRefresh(() => {
    offers.retry();
    hospital.retry();
    endPullDown();
  });
  return (
    <Page title="预约">
      <Stack>
        {me ? (
          <Button icon="calendar-clock" to={to("tickets")}>
            我的预约
          </Button>
        ) : null}
        <AnswerView answer={offers}>
          {({ items }) =>
            items.length === 0 && !hasHospital ? (
              <Card>
                <Empty words="这里还没有可以预约的事项" icon="calendar-clock">
                  <Button to={to("about")}>打电话问一问</Button>
                </Empty>
              </Card>
            ) : (
              <Stack>
                {hasHospital ? (
                  <Section title="去医院看病">
                    <List label="去医院看病">
                      <Row icon="heart-pulse" title="医院挂号" under="选科室、医生和时间" to={to("hospital")} />
                    </List>
                  </Section>
                ) : null}
                <Part title="到大厅办事" icon="landmark" items={items.filter(({ sort }) => sort === "hall")} />
                <Part title="请人上门" icon="house" items={items.filter(({ sort }) => sort === "visit")} />
              </Stack>
            )
          }
        </AnswerView>
      </Stack>
    </Page>
  );
}

function Part({ title, icon, items }: { title: string; icon: "landmark" | "house"; items: Offer[] }) {
  if (items.length === 0) return null;
  return (
    <Section title={title}>
      <List label={title}>
        {items.map(({ id, name, house, regionName }) => (
          <Row
            key={id}
            icon={icon}
            title={name}
            under={`${regionName} · ${house}`}
            to={to("bookSlot", { offer: id })}
          />
        ))}
      </List>
    </Section>
  );
}
