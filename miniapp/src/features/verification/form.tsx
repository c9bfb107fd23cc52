import { refusals } from "@weimenhu/contract/refusals";
import { ageOn, isIdCard, normalIdCard } from "@weimenhu/domain/base/id-card";
import { dayOf } from "@weimenhu/domain/base/workday";
import { childUntil } from "@weimenhu/domain/identity/verification";
import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import type { Answer } from "../../hooks/use-ask.ts";
import { hasLeft, held, hold, letGo, whoIsHere } from "../../mine.ts";
import { now } from "../../platform/clock.ts";
import { to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { ConsentCheck } from "../../ui/consent-check.tsx";
import { PickField, TextField } from "../../ui/field.tsx";
import { Form, Unfilled, useForm } from "../../ui/form.tsx";
import { AnswerView, FaultNote } from "../../ui/states.tsx";
import { Note } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";
import type { Application } from "./words.ts";

type Field = "name" | "idCard" | "group" | "consent";
type Wrong = { [F in Field]?: string | undefined };
const names: Record<Field, string> = { name: "姓名", idCard: "身份证号", group: "村民小组", consent: "同意核对" };
const fields = Object.keys(names) as Field[];

/** Under which field a refusal of the server belongs; null: under none. */
function fieldOf(fault: Fault | null): Field | null {
  if (fault?.kind !== "refused") return null;
  const { word, details } = fault;
  if (word === "NAME_BAD") return "name";
  if (word === "ID_CARD_BAD" || word === "ID_CARD_TAKEN" || word === "CHILD_OFFLINE") return "idCard";
  const fields: unknown = details.fields;
  return word === "BAD_INPUT" && Array.isArray(fields) && fields.includes("group") ? "group" : null;
}

export function ApplyForm(props: {
  region: string;
  groups: Answer<OutputOf<"verification.groups">>;
  onDone: (application: Application) => void;
  /** The server knows of a state that this page does not show yet. */
  onStale: () => void;
}) {
  const submit = useAct("verification.submit", true);
  const [start] = useState(() => typedBefore(props.region));
  const [name, setName] = useState(start.name);
  const [idCard, setIdCard] = useState(start.idCard);
  const [group, setGroup] = useState(start.group);
  const [agreed, setAgreed] = useState(start.agreed);
  useHoldTyped(props.region, { name, idCard, group, agreed });
  const [wrong, setWrong] = useState<Wrong>({});
  const form = useForm();
  // A group belongs to one village: after a change of village it may not exist.
  const known = props.groups.data?.groups ?? [];
  const chosen = known.length === 0 || known.includes(group) ? group : "";

  /** What is being put right is not wrong any more. */
  const typing =
    <T,>(field: Field, set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setWrong(({ [field]: _gone, ...rest }) => rest);
    };

  const send = async () => {
    const { data, retry } = props.groups;
    const found = check({ name, idCard, group: chosen, agreed }, data?.guardian === true);
    // It may be noted at the village office at this moment: the next try knows.
    if (found.idCard === refusals.CHILD_OFFLINE.zh) retry();
    setWrong(found);
    submit.clear();
    if (Object.keys(found).length > 0) return form.refuse();
    const input = { name: name.trim(), idCard: normalIdCard(idCard), group: chosen.trim(), consent: true as const };
    const done = await submit.run({ region: props.region, ...input });
    if (done) props.onDone(done);
    else form.refuse();
  };
  const refusedField = fieldOf(submit.fault);
  // What was wrong is put right at the village office.
  const agreedNow = props.groups.data?.guardian === true && wrong.idCard === refusals.CHILD_OFFLINE.zh;
  const stillWrong: Wrong = agreedNow ? { ...wrong, idCard: undefined } : wrong;
  const errorOf = (field: Field) => stillWrong[field] ?? (refusedField === field ? (submit.fault?.zh ?? null) : null);
  const stale =
    submit.fault?.kind === "refused" &&
    (submit.fault.word === "APPLICATION_OPEN" || submit.fault.word === "ALREADY_VERIFIED");

  return (
    <Card>
      <Form tries={form.tries}>
        <Stack>
          <TextField
            label="姓名"
            hint="身份证上的姓名"
            value={name}
            onChange={typing("name", setName)}
            maxLength={30}
            autoComplete="name"
            error={errorOf("name")}
          />
          <TextField
            label="身份证号"
            hint="18 位，最后一位可能是字母 X"
            type="idcard"
            value={idCard}
            onChange={typing("idCard", setIdCard)}
            maxLength={24}
            autoComplete="off"
            error={errorOf("idCard")}
          />
          <AnswerView answer={props.groups} rows={1} inForm>
            {({ groups }) =>
              groups.length > 0 ? (
                <PickField
                  label="村民小组"
                  hint="户口本上的小组"
                  options={groups}
                  at={groups.indexOf(chosen)}
                  onChange={(at) => typing("group", setGroup)(groups[at] ?? "")}
                  error={errorOf("group")}
                />
              ) : (
                <TextField
                  label="村民小组"
                  hint="比如：一组"
                  value={group}
                  onChange={typing("group", setGroup)}
                  maxLength={20}
                  error={errorOf("group")}
                />
              )
            }
          </AnswerView>
          <Note tone="indigo" icon="lock">
            身份证号是敏感个人信息，只用来和村里的户口名册核对，加密保存，页面上只显示头尾几位。不填就不能认证，但照样能看公告。
          </Note>
          <ConsentCheck
            words="我同意用我的姓名和身份证号核对户口名册"
            read={{ words: "看《隐私保护说明》", to: to("document", { name: "privacy" }) }}
            checked={agreed}
            onChange={typing("consent", setAgreed)}
            error={errorOf("consent")}
          />
          <FaultNote fault={refusedField === null ? submit.fault : null} onRetry={send} />
          <Unfilled names={fields.filter((field) => errorOf(field) !== null).map((field) => names[field])} />
          {stale ? (
            <Button icon="rotate-cw" onTap={props.onStale}>
              看最新情况
            </Button>
          ) : null}
          <Button kind="primary" icon="send" busy={submit.busy} busyText="正在提交…" onTap={send}>
            提交申请
          </Button>
        </Stack>
      </Form>
    </Card>
  );
}

type Typed = { name: string; idCard: string; group: string; agreed: boolean };

const isTyped = (value: unknown): value is Typed => typeof value === "object" && value !== null && "idCard" in value;

function typedBefore(region: string): Typed {
  const before = held(`verification:${region}`);
  return isTyped(before) ? before : { name: "", idCard: "", group: "", agreed: false };
}

/** The form is gone because the session ended elsewhere: held in memory (never stored: the ID number) for who comes back. */
function useHoldTyped(region: string, typed: Typed): void {
  const writer = useRef(whoIsHere());
  const last = useRef(typed);
  last.current = typed;
  useEffect(() => {
    letGo();
    const of = writer.current;
    return () => {
      if (of !== null && whoIsHere() !== of && !hasLeft(of)) hold(of, `verification:${region}`, last.current);
    };
  }, [region]);
}

/** A child's number does not leave the phone before a guardian has agreed. */
function idCardWrong(idCard: string, guardian: boolean): Wrong {
  if (!isIdCard(idCard)) return { idCard: refusals.ID_CARD_BAD.zh };
  return !guardian && ageOn(idCard, dayOf(now())) < childUntil ? { idCard: refusals.CHILD_OFFLINE.zh } : {};
}

function check(typed: Typed, guardian: boolean): Wrong {
  return {
    ...(typed.name.trim().length < 2 ? { name: refusals.NAME_BAD.zh } : {}),
    ...idCardWrong(normalIdCard(typed.idCard), guardian),
    ...(typed.group.trim() === "" ? { group: "请选择村民小组；不知道的，可以看户口本或问村委会" } : {}),
    ...(typed.agreed ? {} : { consent: "同意的话，请在上面打勾" }),
  };
}
