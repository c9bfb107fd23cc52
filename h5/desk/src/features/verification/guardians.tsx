import { refusals } from "@weimenhu/contract/refusals";
import { normalPhone } from "@weimenhu/domain/base/phone";
import { childUntil } from "@weimenhu/domain/identity/verification";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { now, timeWords } from "../../clock.ts";
import { type ItemOf, useAct, usePages } from "../../query.ts";
import { refusedOf } from "../../refused.ts";
import { Paged } from "../../ui/paged.tsx";
import { ActTrouble } from "../../ui/states.tsx";

type Noted = ItemOf<"circle.guardians">;
const called = (one: Noted): string => one.name ?? one.phone;

/** The secretary notes that a guardian has signed for a child, reads whom the village noted, and takes one back. */
export function Guardians({ village }: { village: string }) {
  const pages = usePages("circle.guardians", { village, limit: 20 });
  const [ending, setEnding] = useState<Noted | null>(null);
  const at = now();
  return (
    <>
      <NoteForm key={village} village={village} />
      <h2>已经登记的孩子</h2>
      <Paged pages={pages} empty="还没有登记的孩子">
        <ul className="tiles">
          {pages.items.map((one) => (
            <li key={one.id} className="card applicant">
              <div className="stack tight">
                <h3>{called(one)}</h3>
                <p className="hint">{one.name === null ? "还没有认证" : `手机 ${one.phone}`}</p>
                <p>同意书放在：{one.paper}</p>
              </div>
              <p className="hint">
                {timeWords(one.at, at)} {one.by} 登记
              </p>
              <div className="line">
                <Button danger aria-label={`撤回 ${called(one)} 的家长同意`} onClick={() => setEnding(one)}>
                  撤回
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </Paged>
      {ending ? <End key={ending.id} one={ending} close={() => setEnding(null)} /> : null}
    </>
  );
}

/** Beside the number when it is the number, else what went wrong. */
function Trouble({ error }: { error: unknown }) {
  if (refusedOf(error).word !== "NO_SUCH_PERSON") return <ActTrouble error={error} />;
  return (
    <p role="alert" className="mark bad">
      {refusals.NO_SUCH_PERSON.zh}。请孩子先用它登录一次，再来登记
    </p>
  );
}

function NoteForm({ village }: { village: string }) {
  const { message } = App.useApp();
  const note = useAct("circle.guardian", ["circle.guardians"]);
  const [phone, setPhone] = useState("");
  const [paper, setPaper] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const send = () => {
    note.reset();
    if (normalPhone(phone) === null) return setFault(refusals.PHONE_BAD.zh);
    if (paper.trim() === "") return setFault("请写同意书放在哪里，以后好找");
    setFault(null);
    const done = () => {
      setPhone("");
      setPaper("");
      void message.success("登记好了，孩子可以申请认证了");
    };
    note.mutate({ village, phone: phone.trim(), paper: paper.trim(), on: true }, { onSuccess: done });
  };
  return (
    <section className="card stack" aria-label="登记家长同意">
      <h2>登记家长同意</h2>
      <p>
        不满 {childUntil}{" "}
        周岁的孩子，家长（监护人）同意以后，才能认证成为村民、在为村里发言。先请家长在村委会签《儿童个人信息保护同意书》，再请孩子用自己的手机号登录一次（登录过的不用），然后在这里登记。
      </p>
      <form
        className="line filters"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label className="field">
          孩子的手机号（不是家长的）
          <input
            inputMode="tel"
            autoComplete="off"
            maxLength={20}
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
        </label>
        <label className="field">
          同意书放在哪里（不要写孩子的姓名）
          <input
            autoComplete="off"
            maxLength={40}
            placeholder="比如：村委会档案柜 3 号盒"
            value={paper}
            onChange={(event) => setPaper(event.target.value)}
          />
        </label>
        <Button type="primary" htmlType="submit" loading={note.isPending}>
          家长已签字，登记
        </Button>
      </form>
      {fault ? (
        <p role="alert" className="mark bad">
          {fault}
        </p>
      ) : (
        <Trouble error={note.error} />
      )}
      <p className="hint">每次登记、查看、撤回都有记录。</p>
    </section>
  );
}

function End({ one, close }: { one: Noted; close: () => void }) {
  const { message } = App.useApp();
  const end = useAct("circle.endGuardian", ["circle.guardians", "verification.queue"]);
  const done = () => {
    close();
    void message.success("家长同意已撤回");
  };
  return (
    <Modal
      open
      title={`撤回 ${called(one)} 的家长同意`}
      onCancel={close}
      onOk={() => end.mutate({ id: one.id }, { onSuccess: done })}
      okText="确定撤回"
      cancelText="先不撤回"
      okButtonProps={{ danger: true, loading: end.isPending }}
    >
      <div className="stack">
        <p>撤回以后，孩子马上不能在为村里发言；还没有通过的申请也结束，里面的姓名和身份证号删除。</p>
        {one.name === null ? null : (
          <p>这个孩子已经是认证村民，撤回以后还是。要删除姓名和身份证号，请到“已认证的村民”里结束认证。</p>
        )}
        <ActTrouble error={end.error} />
      </div>
    </Modal>
  );
}
