import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { now, timeWords } from "../../clock.ts";
import { type ItemOf, useAsk, usePages } from "../../query.ts";
import { addressOf, go, usePlace } from "../../route.tsx";
import { Choice } from "../../ui/choice.tsx";
import { PageHead } from "../../ui/states.tsx";
import { PagedSheet } from "../../ui/table.tsx";
import { actNames } from "./acts.ts";

type Entry = ItemOf<"ops.audit">;
const channelNames: Record<string, string> = {
  weapp: "微信",
  alipay: "支付宝",
  web: "网页",
  desk: "工作台",
  system: "系统自动",
};

const mono = (value: string | null) => (
  <span className="mono">{value === null || value === "" || value === "{}" ? "—" : value}</span>
);
/** Who holds an office is named; the id stays, for looking further. */
const whom = (name: string | null, id: string | null) => (
  <>
    {name === null ? null : <p>{name}</p>}
    {mono(id)}
  </>
);
const columns = (at: number, placeName: (code: string) => string) => [
  { title: "时间", render: (_: unknown, entry: Entry) => <span className="nowrap">{timeWords(entry.at, at)}</span> },
  { title: "做了什么", render: (_: unknown, entry: Entry) => actNames[entry.act] ?? mono(entry.act) },
  { title: "谁", render: (_: unknown, entry: Entry) => whom(entry.actorName, entry.actor) },
  { title: "对谁", render: (_: unknown, entry: Entry) => whom(entry.onWhomName, entry.onWhom) },
  { title: "地方", render: (_: unknown, entry: Entry) => (entry.region === null ? "—" : placeName(entry.region)) },
  {
    title: "从哪里",
    render: (_: unknown, entry: Entry) => (
      <>
        <span className="nowrap">{channelNames[entry.channel] ?? entry.channel}</span>
        <br />
        {mono(entry.ip)}
      </>
    ),
  },
  { title: "详情", render: (_: unknown, entry: Entry) => mono(entry.detail) },
];

/** Only filters that can mean something are asked; null says what to put right. */
export function auditFilter(query: URLSearchParams): { act?: string; actor?: string; onWhom?: string } | null {
  const [act, actor, onWhom] = ["act", "actor", "onWhom"].map((name) => (query.get(name) ?? "").trim());
  if (actor && !/^[0-9A-Z]{26}$/.test(actor)) return null;
  return { ...(act ? { act } : {}), ...(actor ? { actor } : {}), ...(onWhom ? { onWhom } : {}) };
}

function Results({ filter }: { filter: NonNullable<ReturnType<typeof auditFilter>> }) {
  const tree = useAsk("regions.tree", {});
  const placeName = (code: string) => tree.data?.nodes.find((node) => node.code === code)?.name ?? code;
  const pages = usePages("ops.audit", { ...filter, limit: 30 });
  return (
    <PagedSheet<Entry>
      label="审计记录"
      pages={pages}
      columns={columns(now(), placeName)}
      keyOf={(entry) => entry.id}
      empty="没有符合条件的记录"
    />
  );
}

export default function AuditPage() {
  const { query } = usePlace();
  const filter = auditFilter(query);
  const [typed, setTyped] = useState(() => ({
    act: query.get("act") ?? "",
    actor: query.get("actor") ?? "",
    onWhom: query.get("onWhom") ?? "",
  }));
  const search = (event: FormEvent) => {
    event.preventDefault();
    go(addressOf(["audit"], { act: typed.act.trim(), actor: typed.actor.trim(), onWhom: typed.onWhom.trim() }), true);
  };
  const field = (name: keyof typeof typed, label: string) => (
    <label className="field">
      {label}
      <input
        value={typed[name]}
        maxLength={60}
        onChange={(event) => setTyped((old) => ({ ...old, [name]: event.target.value }))}
      />
    </label>
  );
  return (
    <div className="stack">
      <PageHead title="审计" hint="记录只能添加，不能修改和删除。有岗位的人写姓名和编号，其他人只写编号。" />
      <form className="line filters" onSubmit={search}>
        <label className="field">
          做了什么
          <Choice
            value={typed.act}
            any="全部"
            options={Object.entries(actNames)}
            onChange={(act) => setTyped((old) => ({ ...old, act }))}
          />
        </label>
        {field("actor", "谁（编号）")}
        {field("onWhom", "对谁（编号）")}
        <Button htmlType="submit">查找</Button>
      </form>
      {filter ? <Results filter={filter} /> : <p role="alert">“谁”要填 26 位的人员编号。</p>}
    </div>
  );
}
