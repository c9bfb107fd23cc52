import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { now, timeWords } from "../../clock.ts";
import { myRegions, useMe } from "../../frame/me.ts";
import { useAct, useAsk } from "../../query.ts";
import { addressOf, go, usePlace } from "../../route.tsx";
import type { Out } from "../../rpc.ts";
import { RegionChoice } from "../../ui/region-choice.tsx";
import { roleNames } from "../../ui/roles.ts";
import { ActTrouble, PageHead, Shown } from "../../ui/states.tsx";
import { Sheet } from "../../ui/table.tsx";
import { GiveGrant } from "./give-grant.tsx";

type Grant = Out<"grants.list">["items"][number];

function EndGrant({ grant, close }: { grant: Grant; close: () => void }) {
  const { message } = App.useApp();
  const end = useAct("grants.end", ["grants.list"]);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState(false);
  const finish = () => {
    const words = reason.trim();
    setFault(words === "");
    if (words === "") return;
    end.mutate(
      { id: grant.id, reason: words },
      {
        onSuccess: () => {
          close();
          void message.success("已结束授权");
        },
      },
    );
  };
  return (
    <Modal
      open
      title={`结束 ${grant.person} 的“${grant.regionName}${roleNames[grant.role]}”`}
      onCancel={close}
      onOk={finish}
      okText="结束授权"
      cancelText="先不办"
      okButtonProps={{ danger: true, loading: end.isPending }}
    >
      <div className="stack">
        <p>结束后马上不能再用这个岗位办理。</p>
        <label className="field">
          理由
          <input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
        </label>
        {fault ? (
          <p role="alert" className="mark bad">
            请填写理由
          </p>
        ) : null}
        <ActTrouble error={end.error} />
      </div>
    </Modal>
  );
}

const columns = (at: number, end: (grant: Grant) => void) => [
  {
    title: "人员",
    render: (_: unknown, grant: Grant) => (
      <span className="nowrap">
        {grant.person} · {grant.phone}
      </span>
    ),
  },
  { title: "岗位", render: (_: unknown, grant: Grant) => <span className="nowrap">{roleNames[grant.role]}</span> },
  { title: "地方", render: (_: unknown, grant: Grant) => <span className="nowrap">{grant.regionName}</span> },
  { title: "开始", render: (_: unknown, grant: Grant) => <span className="nowrap">{timeWords(grant.since, at)}</span> },
  {
    title: "到期",
    render: (_: unknown, grant: Grant) => (
      <span className="nowrap">{grant.until === null ? "一直有效" : timeWords(grant.until, at)}</span>
    ),
  },
  {
    title: "办理",
    render: (_: unknown, grant: Grant) => (
      <Button danger aria-label={`结束 ${grant.person} 的${roleNames[grant.role]}`} onClick={() => end(grant)}>
        结束
      </Button>
    ),
  },
];

export default function GrantsPage() {
  const me = useMe();
  const region = usePlace().query.get("region") ?? "";
  const list = useAsk("grants.list", /^\d{12}$/.test(region) ? { region } : {});
  const [giving, setGiving] = useState(false);
  const [ending, setEnding] = useState<Grant | null>(null);
  const items = list.data?.items ?? [];
  return (
    <div className="stack">
      <PageHead title="授权" hint="岗位管到所在的地方和它下面的各村镇。给人授权前，对方要先用手机号登录过一次。">
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setGiving(true)}>
          授权
        </Button>
      </PageHead>
      <div className="line filters">
        <label className="field">
          地方
          <RegionChoice
            value={region}
            tops={myRegions(me, "grants.manage")}
            any="全部"
            onChange={(code) => go(addressOf(["grants"], { region: code }), true)}
          />
        </label>
      </div>
      <Shown
        isPending={list.isPending}
        error={list.error}
        again={() => void list.refetch()}
        busy={list.isFetching}
        empty={items.length === 0 && "这里还没有授权"}
      >
        <Sheet label="授权" rows={items} keyOf={(grant: Grant) => grant.id} columns={columns(now(), setEnding)} />
      </Shown>
      {giving ? <GiveGrant close={() => setGiving(false)} /> : null}
      {ending ? <EndGrant key={ending.id} grant={ending} close={() => setEnding(null)} /> : null}
    </div>
  );
}
