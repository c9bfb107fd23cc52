import { usePullDownRefresh, useReachBottom } from "@tarojs/taro";
import { useMemo, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { usePages } from "../../hooks/use-pages.ts";
import { endPullDown } from "../../platform/pull.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Chips } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { StaffOnly } from "../../ui/staff-only.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import { DecideSheet } from "./decide-sheet.tsx";
import { MandateFace } from "./face.tsx";
import type { Beside } from "./words.ts";

/** The office sees the paper and notes it; what stands can be ended here too. */
export default function Mandates() {
  return (
    <Page title="替办授权登记">
      <StaffOnly may="villagers.decide">{() => <Offices />}</StaffOnly>
    </Page>
  );
}

type Show = "asked" | "standing";
const shows: { key: Show; word: string }[] = [
  { key: "asked", word: "等登记" },
  { key: "standing", word: "正在用" },
];

function Offices() {
  const [show, setShow] = useState<Show>("asked");
  return (
    <Stack>
      <Card>
        <Stack gap={2}>
          <Para>不会用手机的人，可以请家人或代办员替他预约。本人在手机上同意的，不用登记。</Para>
          <Para>请本人到场，或者看他签字的授权书和身份证；孩子看户口本。核对以后，写明授权书放在哪里。</Para>
        </Stack>
      </Card>
      <Chips label="看哪些" choices={shows} value={show} onChange={setShow} />
      <Listed key={show} state={show} />
    </Stack>
  );
}

export type Doing = { one: Beside; move: "allow" | "refuse" | "end" };
const saidWords: Record<Doing["move"], string> = {
  allow: "登记好了",
  refuse: "退回了，对方能看到原因",
  end: "授权结束了",
};

function Listed({ state }: { state: Show }) {
  const pages = usePages(
    "mandates.queue",
    useMemo(() => ({ state, limit: 20 }), [state]),
    { freshMs: 0 },
  );
  const { first, items, more, loadMore } = pages;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [last, setLast] = useState<string | null>(null);
  useReachBottom(loadMore);
  usePullDownRefresh(() => {
    first.retry();
    endPullDown();
  });
  const done = ({ one, move }: Doing) => {
    setDoing(null);
    setLast(`${one.name}：${saidWords[move]}`);
    outdate("mandates.");
    pages.replace(({ id }) => id === one.id, null);
  };
  return (
    <Stack>
      {last ? (
        <Note live tone="pine">
          {last}
        </Note>
      ) : null}
      <AnswerView answer={first}>
        {() =>
          items.length === 0 && more === "end" ? (
            <Card>
              <Empty words={state === "asked" ? "现在没有等登记的" : "现在没有正在用的授权"} icon="circle-check" />
            </Card>
          ) : (
            <Stack>
              {items.map((one) => (
                <Line key={one.id} one={one} onDo={(move) => setDoing({ one, move })} />
              ))}
              <MoreView state={more} onMore={loadMore} count={items.length} />
            </Stack>
          )
        }
      </AnswerView>
      {doing ? (
        <DecideSheet
          key={`${doing.one.id}${doing.move}`}
          {...doing}
          onClose={() => setDoing(null)}
          onDone={() => done(doing)}
          onGone={() => {
            setDoing(null);
            first.retry();
          }}
        />
      ) : null}
    </Stack>
  );
}

/** Names are masked on both sides: alike is not the same, so the office still checks. */
function hintOf({ name, rosterName }: Beside): { tone: "pine" | "seal"; words: string } {
  if (rosterName === null) return { tone: "seal", words: "名册里没有这个身份证号，请看身份证和户口本" };
  if (rosterName !== name) return { tone: "seal", words: `名册上这个身份证号的姓名是 ${rosterName}，不一致` };
  return { tone: "pine", words: "身份证号在名册里，姓名头尾的字一致" };
}

function Line({ one, onDo }: { one: Beside; onDo: (move: Doing["move"]) => void }) {
  const hint = hintOf(one);
  return (
    <MandateFace one={one} title={one.name}>
      <Para>{`${one.kind === "agent" ? "代办员" : "家人"}：${one.holder}，手机号 ${one.holderPhone}`}</Para>
      <Note tone={hint.tone}>{hint.words}</Note>
      {one.minor && one.state === "asked" ? <Note tone="rice">不满 18 周岁：请看户口本，确认是监护人</Note> : null}
      {one.paper === "" ? null : <Para size="small">{`授权书放在：${one.paper}`}</Para>}
      {one.may.includes("allow") ? (
        <Button icon="check" label={`登记${one.name}的授权`} onTap={() => onDo("allow")}>
          看过了，登记
        </Button>
      ) : null}
      {one.may.includes("refuse") ? (
        <Button kind="plain" icon="x" label={`退回${one.name}的授权`} onTap={() => onDo("refuse")}>
          退回
        </Button>
      ) : null}
      {one.may.includes("end") ? (
        <Button kind="plain" icon="undo-2" label={`结束${one.name}的授权`} onTap={() => onDo("end")}>
          结束授权
        </Button>
      ) : null}
    </MandateFace>
  );
}
