import { permissions } from "@weimenhu/domain/permissions";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useMe } from "../../frame/me.ts";
import { keeper } from "../../key.ts";
import { useAct, useAsk } from "../../query.ts";
import { Choice } from "../../ui/choice.tsx";
import { focusField } from "../../ui/focus.ts";
import { ActTrouble, Shown } from "../../ui/states.tsx";

/** Sentences that are used often: one's own and those of one's places. */
export function Templates({ text, onTake }: { text: string; onTake: (text: string) => void }) {
  const [open, setOpen] = useState<"take" | "save" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="line">
      <Button onClick={() => setOpen("take")}>用常用回复</Button>
      <Button disabled={text.trim() === ""} onClick={() => setOpen("save")}>
        存成常用回复
      </Button>
      {open === "take" ? (
        <Take
          close={close}
          onTake={(words) => {
            onTake(words);
            close();
          }}
        />
      ) : null}
      {open === "save" ? <Save text={text.trim().slice(0, 300)} close={close} /> : null}
    </div>
  );
}

/** The offices themselves: a town's template is for those below it. */
function useOffices() {
  const me = useMe();
  const roles: readonly string[] = permissions["cases.handle"];
  return me.roles.filter(({ role }) => roles.includes(role));
}

function Take({ close, onTake }: { close: () => void; onTake: (text: string) => void }) {
  const templates = useAsk("cases.templates", {});
  const remove = useAct("cases.removeTemplate", ["cases.templates"]);
  const offices = useOffices().map(({ region }) => region);
  const items = templates.data?.items ?? [];
  return (
    <Modal open title="常用回复" onCancel={close} footer={null}>
      <ActTrouble error={remove.error} />
      <Shown
        isPending={templates.isPending}
        error={templates.error}
        again={() => void templates.refetch()}
        empty={items.length === 0 && "还没有常用回复。写好答复后，点“存成常用回复”就有了"}
      >
        <ul className="tiles">
          {items.map((one) => (
            <li key={one.id} className="stack tight">
              <p>{one.text}</p>
              <div className="line">
                <Button type="primary" aria-label={`用这句：${one.text}`} onClick={() => onTake(one.text)}>
                  用这句
                </Button>
                {one.own || (one.region !== null && offices.includes(one.region)) ? (
                  <Button
                    aria-label={`删除：${one.text}`}
                    loading={remove.isPending}
                    onClick={() => remove.mutate({ id: one.id })}
                  >
                    删除
                  </Button>
                ) : null}
                {one.own ? null : <span className="hint">{one.region === null ? "现成的" : "大家共用"}</span>}
              </div>
            </li>
          ))}
        </ul>
      </Shown>
    </Modal>
  );
}

function Save({ text, close }: { text: string; close: () => void }) {
  const { message } = App.useApp();
  const save = useAct("cases.saveTemplate", ["cases.templates"]);
  const [keys] = useState(() => keeper());
  const [region, setRegion] = useState("");
  const run = () => {
    const act = { text, ...(region === "" ? {} : { region }) };
    save.mutate(
      { ...act, key: keys.keyFor(act) },
      {
        onSuccess: () => {
          close();
          void message.success("已存成常用回复");
        },
      },
    );
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title="存成常用回复"
      onCancel={close}
      onOk={run}
      okText="保存"
      cancelText="取消"
      okButtonProps={{ loading: save.isPending }}
    >
      <div className="stack">
        <p>{text}</p>
        <label className="field">
          给谁用
          <Choice
            value={region}
            any="只给我自己用"
            options={useOffices().map((one) => [one.region, `给${one.regionName}的干部共用`] as const)}
            onChange={setRegion}
          />
        </label>
        <ActTrouble error={save.error} />
      </div>
    </Modal>
  );
}
