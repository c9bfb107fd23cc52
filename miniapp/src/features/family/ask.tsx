import { refusals } from "@weimenhu/contract/refusals";
import { isIdCard, normalIdCard } from "@weimenhu/domain/base/id-card";
import { normalPhone } from "@weimenhu/domain/base/phone";
import {
  type MandateKind,
  type MandateRelation,
  mandateRelations,
  mandateTerms,
  relationNames,
  scopeNames,
} from "@weimenhu/domain/identity/mandate";
import { useState } from "react";
import type { Fault } from "../../fault.ts";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { go, to } from "../../platform/navigate.ts";
import { AgreeFirst } from "../../ui/agree-first.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { ConsentCheck } from "../../ui/consent-check.tsx";
import { PickField, Radios, TextField } from "../../ui/field.tsx";
import { Form, Unfilled, useForm } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { Empty, FaultNote } from "../../ui/states.tsx";
import { Note } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";
import { termText } from "./words.ts";

/** Asks to act for a family member; an agent for a villager. */
export default function FamilyAsk() {
  return (
    <Page title="加一位家人">
      <SignedInOnly asks="登录以后，就能替家人预约">{(me) => <Ask me={me} />}</SignedInOnly>
    </Page>
  );
}

type Field = "name" | "idCard" | "phone" | "told";
type Wrong = { [F in Field]?: string };
const names: Record<Field, string> = { name: "姓名", idCard: "身份证号", phone: "手机号", told: "他知道这件事" };

function wrongOf(typed: { name: string; idCard: string; phone: string; told: boolean }): Wrong {
  return {
    ...(typed.name.trim().length < 2 ? { name: refusals.NAME_BAD.zh } : {}),
    ...(isIdCard(normalIdCard(typed.idCard)) ? {} : { idCard: refusals.ID_CARD_BAD.zh }),
    ...(typed.phone.trim() !== "" && normalPhone(typed.phone) === null ? { phone: refusals.PHONE_BAD.zh } : {}),
    ...(typed.told ? {} : { told: "和他说好以后，请在上面打勾" }),
  };
}

/** Under which field a refusal of the server belongs; null: under none. */
function fieldOf(fault: Fault | null): Field | null {
  if (fault?.kind !== "refused") return null;
  const at: Readonly<Record<string, Field>> = {
    NAME_BAD: "name",
    ID_CARD_BAD: "idCard",
    MANDATE_SELF: "idCard",
    MANDATE_OPEN: "idCard",
    PHONE_BAD: "phone",
  };
  return at[fault.word] ?? null;
}

function Ask({ me }: { me: Me }) {
  const act = useAct("mandates.ask", true);
  const isAgent = me.roles.some(({ role }) => role === "agent");
  const [kind, setKind] = useState<MandateKind>("family");
  const [relation, setRelation] = useState<MandateRelation>("parent");
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      me.villages.findIndex(({ home }) => home),
    ),
  );
  const [name, setName] = useState("");
  const [idCard, setIdCard] = useState("");
  const [phone, setPhone] = useState("");
  const [days, setDays] = useState<number>(mandateTerms.family[0]);
  const [told, setTold] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});
  const form = useForm();
  const village = me.villages[at];
  if (!village)
    return (
      <Card>
        <Empty words="先选家人户口所在的村" icon="map-pin">
          <Button kind="primary" to={to("region", { follow: "1" })}>
            选一个村
          </Button>
        </Empty>
      </Card>
    );
  const typing =
    <T,>(field: Field, set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setWrong(({ [field]: _gone, ...rest }) => rest);
    };
  const choose = (next: MandateKind) => {
    setKind(next);
    setDays(mandateTerms[next][0]);
  };
  const send = async () => {
    const found = wrongOf({ name, idCard, phone, told });
    setWrong(found);
    act.clear();
    if (Object.keys(found).length > 0) return form.refuse();
    const done = await act.run({
      ...{ kind, relation: kind === "agent" ? "villager" : relation, region: village.code, name: name.trim() },
      ...{ idCard: normalIdCard(idCard), days, scopes: ["appointments"], told: true },
      ...(phone.trim() === "" ? {} : { phone: phone.trim() }),
    });
    if (!done) return form.refuse();
    outdate("mandates.");
    go(to("family"), "replace");
  };
  const refused = fieldOf(act.fault);
  const errorOf = (field: Field) => wrong[field] ?? (refused === field ? (act.fault?.zh ?? null) : null);
  const relations = mandateRelations.filter((one) => one !== "villager");
  return (
    <Form tries={form.tries}>
      <Stack>
        {isAgent ? (
          <Section title="您是">
            <Radios<MandateKind>
              label="您是"
              choices={[
                { key: "family", word: "他的家人" },
                { key: "agent", word: "村里的代办员" },
              ]}
              value={kind}
              onChange={choose}
            />
          </Section>
        ) : null}
        {kind === "family" ? (
          <Section title="他是您的">
            <Radios<MandateRelation>
              label="他是您的"
              choices={relations.map((key) => ({ key, word: relationNames[key] }))}
              value={relation}
              onChange={setRelation}
            />
          </Section>
        ) : null}
        <TextField
          label="他的姓名"
          hint="身份证上的姓名"
          value={name}
          onChange={typing("name", setName)}
          maxLength={30}
          autoComplete="off"
          error={errorOf("name")}
        />
        <TextField
          label="他的身份证号"
          hint="18 位，最后一位可能是字母 X"
          type="idcard"
          value={idCard}
          onChange={typing("idCard", setIdCard)}
          maxLength={24}
          autoComplete="off"
          error={errorOf("idCard")}
        />
        <TextField
          label="他的手机号（可以不填）"
          hint="替他约好、取消时，给他发短信"
          type="tel"
          value={phone}
          onChange={typing("phone", setPhone)}
          maxLength={20}
          autoComplete="off"
          error={errorOf("phone")}
        />
        {me.villages.length > 1 ? (
          <PickField label="他户口所在的村" options={me.villages.map((one) => one.name)} at={at} onChange={setAt} />
        ) : (
          <Note>{`他户口所在的村：${village.name}`}</Note>
        )}
        <PickField
          label="多长时间"
          options={mandateTerms[kind].map(termText)}
          at={mandateTerms[kind].indexOf(days)}
          onChange={(index) => setDays(mandateTerms[kind][index] ?? mandateTerms[kind][0])}
        />
        <Note tone="indigo" icon="lock">
          {`同意以后，您可以替他：${scopeNames.appointments}。他随时可以收回。姓名和身份证号加密保存，挂号时交给医院，授权结束就删掉身份证号。`}
        </Note>
        <ConsentCheck
          words="我和他说好了，他愿意让我替他办"
          read={{ words: "看《隐私保护说明》", to: to("document", { name: "privacy" }) }}
          checked={told}
          onChange={typing("told", setTold)}
          error={errorOf("told")}
        />
        <AgreeFirst />
        <FaultNote fault={refused === null ? act.fault : null} onRetry={send} />
        <Unfilled
          names={(Object.keys(names) as Field[])
            .filter((field) => errorOf(field) !== null)
            .map((field) => names[field])}
        />
        <Button kind="primary" icon="send" busy={act.busy} busyText="正在提交…" onTap={send}>
          申请替他办
        </Button>
      </Stack>
    </Form>
  );
}
