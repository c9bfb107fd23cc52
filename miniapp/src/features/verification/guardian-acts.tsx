import { refusals } from "@weimenhu/contract/refusals";
import { normalPhone } from "@weimenhu/domain/base/phone";
import { useState } from "react";
import { type Fault, isWord } from "../../fault.ts";
import { useAct } from "../../hooks/use-act.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Form, Unfilled, useForm } from "../../ui/form.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Para } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";

export type Noted = OutputOf<"circle.guardians">["items"][number];

/** What the server says about the number, under the number. */
function phoneFault(fault: Fault | null): string | null {
  if (fault?.kind !== "refused") return null;
  if (fault.word === "NO_SUCH_PERSON") return `${refusals.NO_SUCH_PERSON.zh}。请孩子先用它登录一次，再来登记`;
  return fault.word === "PHONE_BAD" || fault.word === "NOT_A_CHILD" ? fault.zh : null;
}

type Wrong = { phone?: string; paper?: string };

export function NoteForm({ village, onDone }: { village: string; onDone: () => void }) {
  const note = useAct("circle.guardian");
  const [phone, setPhone] = useState("");
  const [paper, setPaper] = useState("");
  const [wrong, setWrong] = useState<Wrong>({});
  const form = useForm();
  const send = async () => {
    const found: Wrong = {
      ...(normalPhone(phone) === null ? { phone: refusals.PHONE_BAD.zh } : {}),
      ...(paper.trim() === "" ? { paper: "请写同意书放在哪里，以后好找" } : {}),
    };
    setWrong(found);
    note.clear();
    if (Object.keys(found).length > 0) return form.refuse();
    if (!(await note.run({ village, phone: phone.trim(), paper: paper.trim(), on: true }))) return form.refuse();
    setPhone("");
    setPaper("");
    onDone();
  };
  const saidOfPhone = phoneFault(note.fault);
  const errors = { 孩子的手机号: wrong.phone ?? saidOfPhone, 同意书放在哪里: wrong.paper ?? null };
  return (
    <Card>
      <Form tries={form.tries}>
        <Stack>
          <TextField
            label="孩子的手机号"
            hint="孩子登录用的手机号，不是家长的"
            type="tel"
            value={phone}
            onChange={(value) => {
              setPhone(value);
              setWrong(({ phone: _gone, ...rest }) => rest);
            }}
            maxLength={20}
            autoComplete="off"
            error={errors.孩子的手机号}
          />
          <TextField
            label="同意书放在哪里"
            hint="比如：村委会档案柜 3 号盒。不要写孩子的姓名"
            value={paper}
            onChange={(value) => {
              setPaper(value);
              setWrong(({ paper: _gone, ...rest }) => rest);
            }}
            maxLength={40}
            error={errors.同意书放在哪里}
          />
          <FaultNote fault={saidOfPhone === null ? note.fault : null} onRetry={send} />
          <Unfilled names={Object.entries(errors).flatMap(([name, error]) => (error === null ? [] : [name]))} />
          <Button kind="primary" icon="check" busy={note.busy} busyText="正在登记…" onTap={send}>
            家长已签字，登记
          </Button>
          <Para size="small">每次登记、查看、撤回都有记录。</Para>
        </Stack>
      </Form>
    </Card>
  );
}

/** Asks once more: what waits for the village is gone with it. */
export function EndGuardian(props: { one: Noted; onClose: () => void; onDone: () => void }) {
  const { one } = props;
  const end = useAct("circle.endGuardian");
  const run = async () => {
    if (await end.run({ id: one.id })) props.onDone();
  };
  const gone = isWord(end.fault, "NOT_FOUND") || isWord(end.fault, "NO_SUCH_PERSON");
  return (
    <Sheet
      open
      title="撤回家长同意"
      onClose={props.onClose}
      closeWord="先不撤回"
      foot={
        <>
          <FaultNote fault={gone ? null : end.fault} onRetry={run} />
          {gone ? (
            <Button kind="primary" onTap={props.onDone}>
              已经撤回了，看名单
            </Button>
          ) : (
            <Button kind="danger" busy={end.busy} onTap={run}>
              确定撤回
            </Button>
          )}
        </>
      }
    >
      <Para>{`确定撤回 ${one.name ?? one.phone} 的家长同意？`}</Para>
      <Para>撤回以后，孩子马上不能在为村里发言；还没有通过的申请也结束，里面的姓名和身份证号删除。</Para>
      {one.name === null ? null : (
        <Para>这个孩子已经是认证村民，撤回以后还是。要删除姓名和身份证号，请在电脑上打开“村民认证”，结束认证。</Para>
      )}
    </Sheet>
  );
}
