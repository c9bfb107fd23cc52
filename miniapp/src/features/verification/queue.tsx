import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { childUntil } from "@weimenhu/domain/identity/verification";
import { useEffect, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { usePages } from "../../hooks/use-pages.ts";
import { to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Page } from "../../ui/page.tsx";
import { StaffOnly } from "../../ui/staff-only.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import { Heading, Note, Para } from "../../ui/words.tsx";
import { type Decided, DecideSheet } from "./decide-sheet.tsx";
import type { Waiting } from "./words.ts";

const input = { limit: 20 };

/** The secretary on the phone: who asks to be a verified villager, and what the roster says about them. */
export default function VerifyQueue() {
  return (
    <Page title="审核认证">
      <StaffOnly may="villagers.decide">{() => <Queue />}</StaffOnly>
    </Page>
  );
}

type Doing = { item: Waiting; accept: boolean };

function Queue() {
  const pages = usePages("verification.queue", input, { freshMs: 0 });
  const { first, items, more, loadMore } = pages;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [last, setLast] = useState<string | null>(null);
  useReachBottom(loadMore);
  usePullDownRefresh(() => {
    first.retry();
    endPullDown();
  });
  // All of this page are decided, and more wait behind it.
  const emptied = items.length === 0 && more === "some";
  useEffect(() => {
    if (emptied) loadMore();
  }, [emptied, loadMore]);

  const close = () => setDoing(null);
  const done = (item: Waiting, how: Decided) => {
    close();
    outdate("verification.");
    outdate("desk.");
    if (how === "gone") return first.retry();
    setLast(`${item.name} 的申请${how === "accepted" ? "已通过" : "已退回，对方能看到原因"}`);
    pages.replace(({ id }) => id === item.id, null);
  };
  return (
    <Stack>
      <List>
        <Row
          icon="users"
          title="家长同意登记"
          under={`不满 ${childUntil} 周岁的孩子，家长签字后在这里登记`}
          to={to("guardians")}
        />
      </List>
      {last ? (
        <Note live tone="pine">
          {last}
        </Note>
      ) : null}
      <AnswerView answer={first}>
        {() =>
          items.length === 0 && more === "end" ? (
            <Card>
              <Empty words="现在没有要审核的认证申请" icon="circle-check" />
            </Card>
          ) : (
            <Stack>
              {items.map((item) => (
                <WaitingCard key={item.id} item={item} onDecide={(accept) => setDoing({ item, accept })} />
              ))}
              <MoreView state={more} onMore={loadMore} count={items.length} />
            </Stack>
          )
        }
      </AnswerView>
      {doing ? (
        <DecideSheet key={doing.item.id} {...doing} onClose={close} onDone={(how) => done(doing.item, how)} />
      ) : null}
    </Stack>
  );
}

/**
 * What the roster says, in words. Names are masked on both sides: alike is not the same, so the secretary still checks.
 */
function rosterHint(item: Waiting): { tone: "pine" | "rice" | "seal"; words: string } {
  if (item.rosterName === null) return { tone: "seal", words: "名册里没有这个身份证号" };
  if (item.rosterName !== item.name) {
    return { tone: "seal", words: `身份证号在名册里，但名册上的姓名是 ${item.rosterName}，和申请的不一致` };
  }
  if (item.rosterGroup !== item.group) {
    const group = item.rosterGroup ?? "没有写小组";
    return { tone: "rice", words: `身份证号在名册里，姓名头尾的字一致；名册上的小组是 ${group}，和申请的不一致` };
  }
  return { tone: "pine", words: "身份证号在名册里，姓名头尾的字和小组都一致，请核对全名" };
}

export function WaitingCard({ item, onDecide }: { item: Waiting; onDecide: (accept: boolean) => void }) {
  const hint = rosterHint(item);
  return (
    <Card>
      <Stack gap={3}>
        <Heading level={2}>{item.name}</Heading>
        <Para size="small">{`${item.regionName} · ${dateText(item.appliedAt)} 申请`}</Para>
        <List label={`${item.name}填写的`}>
          <Row title="身份证号" value={<Box class="whole-line">{item.idCard}</Box>} />
          <Row title="村民小组" value={item.group} />
          <Row title="手机号" value={item.phone} />
        </List>
        <Note tone={hint.tone}>{hint.words}</Note>
        <Button icon="check" label={`通过${item.name}的申请`} onTap={() => onDecide(true)}>
          通过
        </Button>
        <Button kind="plain" icon="x" label={`不通过${item.name}的申请`} onTap={() => onDecide(false)}>
          不通过
        </Button>
      </Stack>
    </Card>
  );
}
