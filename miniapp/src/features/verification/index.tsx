import { childUntil, verificationReasons } from "@weimenhu/domain/identity/verification";
import { useEffect, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { type Answer, useAsk } from "../../hooks/use-ask.ts";
import { letGo } from "../../mine.ts";
import { go, pageQuery, to } from "../../platform/navigate.ts";
import { refreshMe, useSession } from "../../session.ts";
import { AgreeFirst } from "../../ui/agree-first.tsx";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack, Steps } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { missingAt } from "../../ui/missing.ts";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, FaultView } from "../../ui/states.tsx";
import { Heading, Note, Para, Tag } from "../../ui/words.tsx";
import type { OutputOf, Village } from "../../wire.ts";
import { ApplyForm } from "./form.tsx";
import { type Application, stateWords } from "./words.ts";

const phoneFirst = { kind: "refused", word: "PHONE_FIRST", zh: "认证村民，请先验证手机号", details: {} } as const;

/** Becoming a verified villager of one village: what became of my application, or the form for one. */
export default function Verify() {
  // Read while this page is in front: the part below may appear under the sign-in page.
  const [asked, setAsked] = useState<string | null>(() => pageQuery().region ?? null);
  // What was typed is held for the time of a sign-in above this page, no longer.
  useEffect(() => letGo, []);
  return (
    <Page title="认证村民">
      <SignedInOnly asks="认证村民，请先登录">
        {({ phone }) =>
          phone === null ? (
            <Card>
              <FaultView fault={phoneFirst} />
            </Card>
          ) : (
            <Mine asked={asked} onOther={() => setAsked(null)} />
          )
        }
      </SignedInOnly>
    </Page>
  );
}

/** The application as this page shows it and as the other pages do: where they differ, the newer one counts. */
function useSameEverywhere(answer: MineAnswer): void {
  const { data, at } = answer;
  useEffect(() => {
    const villages = useSession.getState().me?.villages ?? [];
    const newest = (code: string) => data?.items.find(({ region }) => region === code)?.state;
    const differs = ({ code, verification }: Village) => (newest(code) ?? verification) !== verification;
    if (at !== null && villages.some(differs)) void refreshMe();
  }, [data, at]);
}

function Mine({ asked, onOther }: { asked: string | null; onOther: () => void }) {
  const place = useSession((session) => session.place);
  const code = asked ?? place?.code ?? null;
  const mine = useAsk("verification.mine", {}, { freshMs: 0 });
  useSameEverywhere(mine);
  const region = useAsk("regions.get", code === null ? null : { code }, { keep: true });
  // The address names no village: nobody fills in a form for it.
  const nowhere = nowhereWords(region);
  const name = region.data?.name ?? (place?.code === code ? place.name : "") ?? "";
  const other = () => {
    // From here on the village chosen there counts, not the one in the address.
    onOther();
    go(to("region"));
  };
  return (
    <Stack>
      <List>
        <Row icon="map-pin" title={name === "" ? "还没有选村" : name} under="要认证的村，点这里换" onTap={other} />
      </List>
      {code === null ? (
        <Card>
          <Empty words="先选您户口所在的村" icon="map-pin">
            <Button kind="primary" onTap={other}>
              选一个村
            </Button>
          </Empty>
        </Card>
      ) : nowhere ? (
        <Card>
          <Empty words={nowhere} icon="map-pin">
            <Button kind="primary" onTap={other}>
              选一个村
            </Button>
          </Empty>
        </Card>
      ) : (
        <AnswerView answer={mine}>{({ items }) => <OfVillage code={code} items={items} answer={mine} />}</AnswerView>
      )}
    </Stack>
  );
}

/** Why nobody can be verified where the address leads; null for a village. */
function nowhereWords({ data, fault }: Answer<OutputOf<"regions.get">>): string | null {
  if (data && data.level !== "village") return `${data.name}不是一个村。请选您户口所在的村`;
  return data === null && fault ? (missingAt("village", fault)?.words ?? null) : null;
}

type MineAnswer = Answer<OutputOf<"verification.mine">>;

function OfVillage(props: { code: string; items: Application[]; answer: MineAnswer }) {
  const { code, items } = props;
  const [sent, setSent] = useState<Application | null>(null);
  const [again, setAgain] = useState<string | null>(null);
  // Whether a guardian has agreed may have been noted a moment ago, at the village office.
  const groups = useAsk("verification.groups", { region: code }, { freshMs: 0 });
  // Newest first. What was sent just now may not be in the list yet.
  const known = items.find(({ region }) => region === code) ?? null;
  const unlisted = sent !== null && sent.region === code && !items.some(({ id }) => id === sent.id);
  const current = unlisted ? sent : known;
  const others = items.filter(({ region }) => region !== code);
  const done = async (application: Application) => {
    setSent(application);
    setAgain(null);
    outdate("verification.");
    outdate("regions.");
    props.answer.retry();
    await refreshMe();
  };
  const form = current === null || again === current.id;
  return (
    <Stack>
      {form ? (
        <>
          <Card>
            <Stack gap={3}>
              <Steps steps={["填写", "村里核对", "完成"]} at={0} />
              <Para>
                认证以后，村里就知道您是本村人，办村里的事用得上。姓名和身份证号同村里名册一致的，马上通过；不一致的，由村书记核对。
              </Para>
            </Stack>
          </Card>
          <Children agreed={groups.data?.guardian === true} />
          <AgreeFirst />
          <ApplyForm region={code} groups={groups} onDone={done} onStale={props.answer.retry} />
        </>
      ) : (
        <Card>
          <StateView application={current} onAgain={() => setAgain(current.id)} />
        </Card>
      )}
      {others.length > 0 ? <Others items={others} /> : null}
    </Stack>
  );
}

/** What a family does first for a child; before that nothing of it is typed in here. */
function Children({ agreed }: { agreed: boolean }) {
  if (agreed) return <Note tone="pine">家长已经在村委会签了同意书，孩子可以在这里申请。请家长陪孩子一起填。</Note>;
  return (
    <Note tone="indigo">
      <Stack gap={2}>
        <Para>
          {`不满 ${childUntil} 周岁的孩子，要家长（监护人）先同意：请家长带孩子和户口本到村委会签同意书，村里登记孩子的手机号以后，孩子就可以在这里申请。`}
        </Para>
        <Button small kind="plain" to={to("document", { name: "minors" })}>
          看关于孩子的说明
        </Button>
      </Stack>
    </Note>
  );
}

/** What became of it, why, and what to do next. */
export function StateView({ application, onAgain }: { application: Application; onAgain: () => void }) {
  const { state, reason, note, regionName } = application;
  const words = stateWords[state];
  const at = state === "pending" ? 1 : state === "verified" ? 3 : 0;
  return (
    <Stack gap={3}>
      <Heading level={2}>{regionName}</Heading>
      <Tag tone={words.tone} icon={words.icon}>
        {words.word}
      </Tag>
      {state === "pending" || state === "verified" ? <Steps steps={["填写", "村里核对", "完成"]} at={at} /> : null}
      {state === "pending" ? (
        <Note live tone="rice">
          申请已经交给村里，村书记会和户口名册核对。您不用再做什么，结果请到这一页看。
        </Note>
      ) : null}
      {state === "verified" ? <Note live tone="pine">{`认证通过，您是${regionName}的认证村民`}</Note> : null}
      {state === "refused" ? (
        <Note tone="seal">{reason === null ? "没有通过，请问村委会" : verificationReasons[reason]}</Note>
      ) : null}
      {state === "ended" ? <Note>这次认证已经结束。可以重新申请。</Note> : null}
      {note ? <Para>{`村里的说明：${note}`}</Para> : null}
      {/* Name and number are gone once a verification has ended. */}
      {application.name === "" ? null : <Para size="small">{`${application.name} · ${application.group}`}</Para>}
      {application.idCard === "" ? null : (
        <Box class="t-small">
          身份证号
          <Box class="whole-line">{application.idCard}</Box>
        </Box>
      )}
      <Para size="small">{`${dateText(application.appliedAt)} 申请`}</Para>
      {application.decidedAt ? <Para size="small">{`${dateText(application.decidedAt)} 有结果`}</Para> : null}
      {state === "refused" || state === "ended" ? (
        <Button kind="primary" icon="rotate-cw" onTap={onAgain}>
          重新申请
        </Button>
      ) : null}
      {state === "verified" ? (
        <Button kind="primary" to={to("circle")}>
          {`去${regionName}看看`}
        </Button>
      ) : null}
    </Stack>
  );
}

function Others({ items }: { items: Application[] }) {
  const latest = items.filter(({ region }, i) => items.findIndex((one) => one.region === region) === i);
  return (
    <Section title="在别的村的申请">
      <List>
        {latest.map((one) => (
          <Row
            key={one.id}
            title={one.regionName}
            under={`${dateText(one.appliedAt)} 申请`}
            value={
              <Tag tone={stateWords[one.state].tone} icon={stateWords[one.state].icon}>
                {stateWords[one.state].word}
              </Tag>
            }
            to={to("verify", { region: one.region })}
          />
        ))}
      </List>
    </Section>
  );
}
