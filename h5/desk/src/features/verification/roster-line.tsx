import { isIdCard, normalIdCard } from "@weimenhu/domain/base/id-card";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { useAct } from "../../query.ts";
import type { Out } from "../../rpc.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { ActTrouble } from "../../ui/states.tsx";

type Line = NonNullable<Out<"verification.rosterLine">["line"]>;
/** What was found for this number; `line` is null for one that does not stand there. */
type Found = { idCard: string; line: Line | null };

/** One line of the roster, found by the whole ID number, and taken out. */
export function RosterLine({ region }: { region: string }) {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [asks, setAsks] = useState(false);
  const look = useAct("verification.rosterLine");
  const find = () => {
    const idCard = normalIdCard(typed);
    setFound(null);
    setWrong(!isIdCard(idCard));
    if (isIdCard(idCard)) look.mutate({ region, idCard }, { onSuccess: ({ line }) => setFound({ idCard, line }) });
  };
  return (
    <section className="card stack" aria-label="从花名册删除一个人">
      <h2>从花名册删除一个人</h2>
      <p className="hint">户口迁走、去世，或者登记错了的，按身份证号查到以后删除。每次查看和删除都有记录。</p>
      <form
        className="line filters"
        onSubmit={(event) => {
          event.preventDefault();
          find();
        }}
      >
        <label className="field">
          身份证号（要填完整）
          <input
            autoComplete="off"
            maxLength={24}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setFound(null);
              setWrong(false);
            }}
          />
        </label>
        <Button htmlType="submit" loading={look.isPending}>
          查花名册
        </Button>
      </form>
      {wrong ? (
        <p role="alert" className="mark bad">
          身份证号不对，请核对 18 位号码
        </p>
      ) : null}
      <ActTrouble error={look.error} />
      {found?.line === null ? <p role="status">花名册里没有这个身份证号</p> : null}
      {found?.line ? (
        <div className="line between" role="status">
          <p>
            {found.line.name} · {found.line.idCard} · {found.line.group}
            {found.line.household === "" ? "" : ` · 户号 ${found.line.household}`}
          </p>
          <Button danger onClick={() => setAsks(true)}>
            从花名册删除
          </Button>
        </div>
      ) : null}
      {asks && found?.line ? (
        <Remove
          region={region}
          idCard={found.idCard}
          line={found.line}
          close={() => setAsks(false)}
          done={() => {
            setAsks(false);
            setFound(null);
            setTyped("");
          }}
        />
      ) : null}
    </section>
  );
}

type RemoveProps = { region: string; idCard: string; line: Line; close: () => void; done: () => void };

function Remove({ region, idCard, line, close, done }: RemoveProps) {
  const { message } = App.useApp();
  const remove = useAct("verification.removeRosterLine");
  const ended = () => {
    done();
    void message.success("已从花名册删除");
  };
  return (
    <ReasonDialog
      title={`从花名册删除 ${line.name}`}
      doWord="删除"
      busy={remove.isPending}
      error={remove.error}
      close={close}
      run={(reason) => remove.mutate({ region, idCard, reason }, { onSuccess: ended })}
    >
      <p>删除以后，用这个身份证号申请认证的，不再自动通过，由村书记核对。</p>
      {line.verified ? (
        <Alert
          type="warning"
          showIcon
          title="这个人已经是认证村民，删除花名册不影响他的认证。要结束认证，请村书记到“村民认证”里的“已认证的村民”办理。"
        />
      ) : null}
    </ReasonDialog>
  );
}
