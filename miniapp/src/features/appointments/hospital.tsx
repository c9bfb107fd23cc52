import { usePullDownRefresh } from "@tarojs/taro";
import { departments, findDepartments } from "@weimenhu/domain/appointments/departments";
import { useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { to } from "../../platform/navigate.ts";
import { call } from "../../platform/open.ts";
import { endPullDown } from "../../platform/pull.ts";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { AnswerView, Empty } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Offer } from "../../wire.ts";
import { hospitalOffers } from "./words.ts";

/** Which door to knock at: by the department's name, or by plain words for what is wrong. Never what it is. */
export default function Hospital() {
  const [words, setWords] = useState("");
  const offers = useAsk("appointments.offers", hospitalOffers, { keep: true });
  usePullDownRefresh(() => {
    offers.retry();
    endPullDown();
  });
  return (
    <Page title="医院挂号">
      <Stack>
        <TextField
          label="哪里不舒服，或者看哪一科"
          hint="比如：眼睛、头晕、孩子发烧。帮您找科室，不是看病"
          value={words}
          onChange={setWords}
          maxLength={40}
          doneWord="search"
        />
        <AnswerView answer={offers} rows={8}>
          {({ items }) =>
            items.length === 0 ? (
              <Card>
                <Empty words="还没有医院可以挂号" icon="calendar-clock">
                  <Button to={to("about")}>打电话问一问</Button>
                </Empty>
              </Card>
            ) : (
              <Doors items={items} words={words} />
            )
          }
        </AnswerView>
      </Stack>
    </Page>
  );
}

function Doors({ items, words }: { items: Offer[]; words: string }) {
  const { call: atOnce, found } = findDepartments(words);
  const fit = found.flatMap(({ code }) => items.filter((offer) => offer.code === code));
  const others = items.filter((offer) => !fit.includes(offer));
  const typed = words.trim() !== "";
  return (
    <Stack>
      {atOnce ? (
        <Card>
          <Stack gap={3}>
            <Note live tone="seal">
              听起来很急。不要等挂号，请马上打 120。
            </Note>
            <Button kind="danger" icon="phone" onTap={() => call("120")}>
              打 120
            </Button>
          </Stack>
        </Card>
      ) : null}
      {fit.length > 0 ? <Part title="可以看这几科" items={fit} /> : null}
      {typed && fit.length === 0 && !atOnce ? (
        <Para>没有找到对得上的科室，请在下面选；说不清的，可以打电话问医院。</Para>
      ) : null}
      <Part title={fit.length > 0 ? "别的科室" : "全部科室"} items={others} />
    </Stack>
  );
}

const plainOf = (code: string | undefined): string =>
  code !== undefined && code in departments ? departments[code as keyof typeof departments].plain : "";

function Part({ title, items }: { title: string; items: Offer[] }) {
  if (items.length === 0) return null;
  return (
    <Section title={title}>
      <List label={title}>
        {items.map(({ id, name, house, code }) => (
          <Row
            key={id}
            title={name}
            under={[plainOf(code), house].filter(Boolean).join(" · ")}
            to={to("bookSlot", { offer: id })}
          />
        ))}
      </List>
    </Section>
  );
}
