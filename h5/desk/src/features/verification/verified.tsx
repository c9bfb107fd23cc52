import { App, Button } from "antd";
import { useState } from "react";
import { now, timeWords } from "../../clock.ts";
import { useAct, useFound, usePages } from "../../query.ts";
import { act } from "../../rpc.ts";
import { Paged } from "../../ui/paged.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import type { Applicant } from "./hint.ts";

/** Who is verified, the newest first: one whose name, number or group is wrong is ended, and applies again. */
export function VerifiedList({ region }: { region: string }) {
  const [typed, setTyped] = useState("");
  const [phone, setPhone] = useState("");
  const where = region === "" ? {} : { region };
  const all = usePages("verification.verified", { ...where, limit: 20 });
  const found = useFound("verification.verified", phone && `${phone} ${region}`, () =>
    act("verification.find", { ...where, phone }),
  );
  const pages = phone === "" ? all : found;
  const [open, setOpen] = useState<Applicant | null>(null);
  const at = now();
  return (
    <>
      <form
        className="line filters"
        onSubmit={(event) => {
          event.preventDefault();
          setPhone(typed.trim());
        }}
      >
        <label className="field">
          手机号（要填完整）
          <input
            inputMode="tel"
            autoComplete="off"
            maxLength={20}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <Button htmlType="submit">查找</Button>
      </form>
      <Paged pages={pages} empty={phone === "" ? "还没有认证的村民" : "认证村民里没有这个手机号"}>
        <ul className="tiles">
          {pages.items.map((one) => (
            <li key={one.id} className="card applicant">
              <div className="stack tight">
                <h2>
                  {one.name} · {one.regionName} {one.group}
                </h2>
                <p className="hint">
                  身份证 {one.idCard} · 手机 {one.phone}
                </p>
              </div>
              {one.decidedAt === null ? null : <p className="hint">{timeWords(one.decidedAt, at)} 认证</p>}
              <div className="line">
                <Button danger aria-label={`结束 ${one.name} 的认证`} onClick={() => setOpen(one)}>
                  结束认证
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </Paged>
      {open ? <End key={open.id} one={open} close={() => setOpen(null)} /> : null}
    </>
  );
}

function End({ one, close }: { one: Applicant; close: () => void }) {
  const { message } = App.useApp();
  const end = useAct("verification.end", ["verification.verified"]);
  const done = () => {
    close();
    void message.success("认证已结束，本人可以重新申请");
  };
  return (
    <ReasonDialog
      title={`结束 ${one.name} 的认证`}
      doWord="结束认证"
      busy={end.isPending}
      error={end.error}
      close={close}
      run={(reason) => end.mutate({ id: one.id, reason }, { onSuccess: done })}
    >
      <p>
        姓名、身份证号、小组登记错了，或者户口已迁出的，可以结束。结束后马上不再是认证村民，本人会看到理由，可以重新申请。
      </p>
      <p>花名册上也错了的，请先改花名册，不然重新申请时还会按错的通过。岗位授权不受影响。</p>
    </ReasonDialog>
  );
}
