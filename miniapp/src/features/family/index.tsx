import { usePullDownRefresh } from "@tarojs/taro";
import { useMemo, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { to } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { Confirm } from "../../ui/sheet.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import { CodeForm } from "./code-form.tsx";
import { MandateFace } from "./face.tsx";
import type { Mandate } from "./words.ts";

/** For whom I act, and who acts for me. */
export default function Family() {
  return (
    <Page title="替家人办事">
      <SignedInOnly asks="登录以后，就能替家人预约">{() => <Known />}</SignedInOnly>
    </Page>
  );
}

function Known() {
  const mine = useAsk(
    "mandates.mine",
    useMemo(() => ({}), []),
    { freshMs: 0 },
  );
  const [news, setNews] = useState<string | null>(null);
  const done = (words: string) => {
    setNews(words);
    outdate("mandates.");
    mine.retry();
  };
  usePullDownRefresh(() => {
    mine.retry();
    endPullDown();
  });
  return (
    <Stack>
      {news ? (
        <Note live tone="pine">
          {news}
        </Note>
      ) : null}
      <AnswerView answer={mine}>
        {({ held, given }) => (
          <Stack>
            {given.some(({ state }) => state === "asked" || state === "standing") ? (
              <Section title="谁替我办">
                <Stack gap={3}>
                  {given.filter(isOpen).map((one) => (
                    <Given key={one.id} one={one} onDone={done} />
                  ))}
                </Stack>
              </Section>
            ) : null}
            <Section title="我替谁办">
              <Stack gap={3}>
                {held.length === 0 ? (
                  <Card>
                    <Empty
                      words="老人不会用手机，可以请家人替他预约。要他本人同意，或者带签字的授权书到村委会登记"
                      icon="users"
                    />
                  </Card>
                ) : null}
                {held.map((one) => (
                  <Held key={one.id} one={one} onDone={done} />
                ))}
                <Button kind="primary" icon="plus" to={to("familyAsk")}>
                  加一位家人
                </Button>
              </Stack>
            </Section>
          </Stack>
        )}
      </AnswerView>
    </Stack>
  );
}

const isOpen = ({ state }: Mandate): boolean => state === "asked" || state === "standing";
type Props = { one: Mandate; onDone: (words: string) => void };

function Held({ one, onDone }: Props) {
  const name = one.name === "" ? "这一位" : one.name;
  const waits = one.state === "asked";
  return (
    <MandateFace one={one} title={name}>
      {waits ? (
        <Note tone="indigo">
          {one.may.includes("agreeByCode")
            ? "三种办法，任选一种：他在自己手机的微门户里同意；把短信里的同意码告诉您；或者带他签字的授权书到村委会登记。"
            : "请带户口本和签字的授权书到村委会登记；他有微门户账号的，也可以在自己的手机上同意。"}
        </Note>
      ) : null}
      {one.may.includes("agreeByCode") ? (
        <CodeForm one={one} onDone={() => onDone(`${name}同意了，您可以替他预约了`)} />
      ) : null}
      {one.state === "standing" ? (
        <Button kind="primary" icon="calendar-clock" to={to("offers")}>
          {`替${name}预约`}
        </Button>
      ) : null}
      {one.may.includes("withdraw") || one.may.includes("end") ? (
        <End
          one={one}
          word={waits ? "不申请了" : "不再替他办"}
          ask={waits ? `不再申请替${name}办事？` : `不再替${name}办事？已经约好的还在。`}
          onDone={() => onDone(waits ? "已经撤回" : "授权结束了")}
        />
      ) : null}
    </MandateFace>
  );
}

/** Somebody acts for me, or asks to: nothing is pressed for anybody. */
function Given({ one, onDone }: Props) {
  const agree = useAct("mandates.agree");
  const decline = useAct("mandates.decline");
  const yes = async () => {
    if (await agree.run({ id: one.id })) onDone(`您同意了${one.holder}替您办，随时可以收回`);
  };
  const no = async () => {
    if (await decline.run({ id: one.id })) onDone("您没有同意，他不能替您办");
  };
  return (
    <MandateFace one={one} title={one.holder}>
      {one.state === "asked" ? (
        <>
          <Para>他想替您办上面的事。认识他、愿意，才点同意；每次替您办了什么，都会发消息告诉您。</Para>
          <FaultNote fault={agree.fault ?? decline.fault} onRetry={agree.fault ? yes : no} />
          {one.may.includes("agree") ? (
            <Button kind="primary" icon="check" busy={agree.busy} onTap={yes}>
              {`同意${one.holder}替我办`}
            </Button>
          ) : null}
          <Button kind="plain" icon="x" busy={decline.busy} onTap={no}>
            不同意
          </Button>
        </>
      ) : (
        <End
          one={one}
          word="收回授权"
          ask={`${one.holder}以后不能再替您办。已经约好的还在。`}
          onDone={() => onDone("授权收回了")}
        />
      )}
    </MandateFace>
  );
}

function End(props: { one: Mandate; word: string; ask: string; onDone: () => void }) {
  const end = useAct("mandates.end");
  const [open, setOpen] = useState(false);
  const run = async () => {
    if (!(await end.run({ id: props.one.id }))) return;
    setOpen(false);
    props.onDone();
  };
  return (
    <>
      <Button kind="plain" icon="undo-2" onTap={() => setOpen(true)}>
        {props.word}
      </Button>
      <Confirm
        open={open}
        title={props.word}
        words={
          <Stack gap={3}>
            <Para>{props.ask}</Para>
            <FaultNote fault={end.fault} onRetry={run} />
          </Stack>
        }
        doWord={props.word}
        danger
        busy={end.busy}
        onDo={run}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
