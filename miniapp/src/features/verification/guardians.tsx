import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { childUntil } from "@weimenhu/domain/identity/verification";
import { useMemo, useState } from "react";
import { usePages } from "../../hooks/use-pages.ts";
import { to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Section, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { PickField } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { StaffOnly } from "../../ui/staff-only.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";
import { EndGuardian, type Noted, NoteForm } from "./guardian-acts.tsx";

/** The secretary notes that a guardian has signed for a child: from then on the child may apply and speak. */
export default function Guardians() {
  return (
    <Page title="家长同意登记">
      <StaffOnly may="villagers.decide">{(me) => <Offices me={me} />}</StaffOnly>
    </Page>
  );
}

function Offices({ me }: { me: Me }) {
  const villages = me.roles.filter(({ role }) => role === "secretary");
  const [at, setAt] = useState(0);
  const village = villages[at] ?? villages[0];
  if (!village) return null;
  return (
    <Stack>
      {villages.length > 1 ? (
        <PickField label="哪个村" options={villages.map((one) => one.regionName)} at={at} onChange={setAt} />
      ) : null}
      <OfVillage key={village.region} village={village.region} />
    </Stack>
  );
}

function OfVillage({ village }: { village: string }) {
  const input = useMemo(() => ({ village, limit: 20 }), [village]);
  const pages = usePages("circle.guardians", input, { freshMs: 0 });
  const { first, items, more, loadMore } = pages;
  const [ending, setEnding] = useState<Noted | null>(null);
  const [last, setLast] = useState<string | null>(null);
  useReachBottom(loadMore);
  usePullDownRefresh(() => {
    first.retry();
    endPullDown();
  });
  const noted = () => {
    setLast("登记好了。请告诉家长：孩子现在可以用自己的手机申请认证了");
    first.retry();
  };
  const ended = (one: Noted) => {
    setEnding(null);
    setLast(`${one.name ?? one.phone} 的家长同意已撤回`);
    pages.replace(({ id }) => id === one.id, null);
  };
  return (
    <Stack>
      <Card>
        <Stack gap={3}>
          <Para>{`不满 ${childUntil} 周岁的孩子，家长（监护人）同意以后，才能认证成为村民、在为村里发言。`}</Para>
          <Para>1. 先请家长在村委会签《儿童个人信息保护同意书》。</Para>
          <Para>2. 再请孩子用自己的手机号登录一次，登录过的不用。</Para>
          <Para>3. 然后在这里登记。</Para>
          <Button small kind="plain" to={to("document", { name: "minors" })}>
            看给家长的说明
          </Button>
        </Stack>
      </Card>
      <NoteForm village={village} onDone={noted} />
      {last ? (
        <Note live tone="pine">
          {last}
        </Note>
      ) : null}
      <Section title="已经登记的孩子">
        <AnswerView answer={first}>
          {() =>
            items.length === 0 && more === "end" ? (
              <Card>
                <Empty words="还没有登记的孩子" icon="users" />
              </Card>
            ) : (
              <Stack>
                <List label="已经登记的孩子">
                  {items.map((one) => (
                    <Line key={one.id} one={one} onEnd={() => setEnding(one)} />
                  ))}
                </List>
                <MoreView state={more} onMore={loadMore} count={items.length} />
              </Stack>
            )
          }
        </AnswerView>
      </Section>
      {ending ? (
        <EndGuardian key={ending.id} one={ending} onClose={() => setEnding(null)} onDone={() => ended(ending)} />
      ) : null}
    </Stack>
  );
}

function Line({ one, onEnd }: { one: Noted; onEnd: () => void }) {
  return (
    <Box class="row">
      <Box class="grow">
        <Stack gap={2}>
          <Box class="t-strong">{one.name ?? one.phone}</Box>
          {one.name === null ? <Para size="small">还没有认证</Para> : <Para size="small">{`手机号 ${one.phone}`}</Para>}
          <Para size="small">{`同意书放在：${one.paper}`}</Para>
          <Para size="small">{`${dateText(one.at)} ${one.by} 登记`}</Para>
          <Button small label={`撤回：${one.name ?? one.phone}`} onTap={onEnd}>
            撤回
          </Button>
        </Stack>
      </Box>
    </Box>
  );
}
