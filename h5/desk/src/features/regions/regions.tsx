import { PlusOutlined } from "@ant-design/icons";
import { levelOf } from "@weimenhu/domain/base/region";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useAct, useAsk } from "../../query.ts";
import { focusField } from "../../ui/focus.ts";
import type { Node } from "../../ui/region-choice.tsx";
import { ActTrouble, PageHead, Shown } from "../../ui/states.tsx";
import { type Branch, codeUnder, nextNumber, treeOf } from "./tree.ts";

const childName = (parent: Node): string => (levelOf(parent.code) === "county" ? "镇" : "村");

type AddProps = { parent: Node; nodes: readonly Node[]; close: () => void };
function AddPlace({ parent, nodes, close }: AddProps) {
  const { message } = App.useApp();
  const add = useAct("regions.add", ["regions.tree"]);
  const [name, setName] = useState("");
  const [number, setNumber] = useState(() => nextNumber(nodes, parent.code));
  const [fault, setFault] = useState<string | null>(null);
  const code = codeUnder(parent.code, number);
  const finish = () => {
    if (name.trim() === "") return setFault("请填写名称");
    if (!code) return setFault("编号是 001 到 999 的三位数字");
    if (nodes.some((node) => node.code === code)) return setFault("这个编号已经有了");
    setFault(null);
    add.mutate(
      { code, name: name.trim() },
      {
        onSuccess: () => {
          close();
          void message.success("已添加");
        },
      },
    );
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title={`在${parent.name}下添加${childName(parent)}`}
      onCancel={close}
      onOk={finish}
      okText="添加"
      cancelText="不加了"
      okButtonProps={{ loading: add.isPending }}
    >
      <div className="stack">
        <label className="field">
          名称
          <input value={name} maxLength={40} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          编号（统计用区划代码的三位）
          <input
            value={number}
            maxLength={3}
            inputMode="numeric"
            onChange={(event) => setNumber(event.target.value.trim())}
          />
        </label>
        <p className="hint">
          完整代码：<span className="mono">{code ?? "—"}</span>。添加后不能改代码。
        </p>
        {fault ? (
          <p role="alert" className="mark bad">
            {fault}
          </p>
        ) : null}
        <ActTrouble error={add.error} />
      </div>
    </Modal>
  );
}

function Places({ branches, add }: { branches: Branch[]; add: (parent: Node) => void }) {
  return branches.map(({ node, below }) => (
    <li key={node.code}>
      <span className="line">
        <span>
          {node.name}
          <span className="mono">{node.code}</span>
        </span>
        {levelOf(node.code) === "village" ? null : (
          <Button
            icon={<PlusOutlined aria-hidden />}
            aria-label={`在${node.name}下添加${childName(node)}`}
            onClick={() => add(node)}
          >
            {childName(node)}
          </Button>
        )}
      </span>
      {below.length > 0 ? (
        <ul>
          <Places branches={below} add={add} />
        </ul>
      ) : null}
    </li>
  ));
}

export default function RegionsPage() {
  const tree = useAsk("regions.tree", {});
  const [parent, setParent] = useState<Node | null>(null);
  const nodes = tree.data?.nodes ?? [];
  return (
    <div className="stack">
      <PageHead title="区划" hint="添加镇和村之后，马上就能关注、授权和发布。" />
      <Shown
        isPending={tree.isPending}
        error={tree.error}
        again={() => void tree.refetch()}
        busy={tree.isFetching}
        empty={nodes.length === 0 && "还没有区划"}
      >
        <section className="card" aria-label="区划">
          <ul className="places">
            <Places branches={treeOf(nodes)} add={setParent} />
          </ul>
        </section>
      </Shown>
      {parent ? <AddPlace key={parent.code} parent={parent} nodes={nodes} close={() => setParent(null)} /> : null}
    </div>
  );
}
