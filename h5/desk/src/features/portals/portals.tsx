import { PlusOutlined } from "@ant-design/icons";
import { noticeCategories } from "@weimenhu/domain/notices/category";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { now, timeWords } from "../../clock.ts";
import { useAct, useAsk, useLookOut } from "../../query.ts";
import { usePlace } from "../../route.tsx";
import type { Out } from "../../rpc.ts";
import { Mark } from "../../ui/mark.tsx";
import { ActTrouble, PageHead, Shown } from "../../ui/states.tsx";
import { Sheet } from "../../ui/table.tsx";
import { AddPortal } from "./add-portal.tsx";

type Portal = Out<"portals.list">["items"][number];

/** A slow portal is waited for up to a minute; after that the row tells what became of it by itself. */
const longestReadingMs = 60_000;

function State({ portal }: { portal: Portal }) {
  if (!portal.active) return <Mark tone="still">已暂停</Mark>;
  if (portal.fault !== null) return <Mark tone="bad">{portal.fault}</Mark>;
  return portal.checkedAt === null ? <Mark tone="still">等第一次读取</Mark> : <Mark tone="good">正常</Mark>;
}

function Health({ portal }: { portal: Portal }) {
  const at = now();
  const checked =
    portal.checkedAt === null ? "还没有取过，请稍等或按“立即更新”" : `${timeWords(portal.checkedAt, at)} 查看`;
  return (
    <>
      <State portal={portal} />
      <p className="hint">{checked}</p>
      {portal.cut > 0 ? <p className="hint">{portal.cut} 条太长，只取了开头，村民可点链接看原文</p> : null}
      {portal.dropped > 0 ? <p className="hint">{portal.dropped} 条没有取：没有标题、编号重复或不能保存</p> : null}
      {portal.freshAt !== null && portal.fault !== null ? (
        <p className="hint">村民看到的是 {timeWords(portal.freshAt, at)} 的内容</p>
      ) : null}
    </>
  );
}

function Acts({ portal }: { portal: Portal }) {
  const set = useAct("portals.set", ["portals.list"]);
  const refresh = useAct("portals.refresh", ["portals.list"]);
  // The reading itself is done in the background: shown as under way until the time of the last one changes.
  const [since, setSince] = useState<{ checkedAt: number | null; until: number } | null>(null);
  const reading = since !== null && since.checkedAt === portal.checkedAt && now() < since.until;
  useLookOut("portals.list", reading);
  const read = () =>
    refresh.mutate(
      { id: portal.id },
      { onSuccess: (asked) => setSince({ checkedAt: asked.checkedAt, until: now() + longestReadingMs }) },
    );
  return (
    <div className="stack tight">
      <div className="line">
        <Button
          aria-label={`立即更新 ${portal.name}`}
          disabled={!portal.active}
          loading={refresh.isPending || reading}
          onClick={read}
        >
          {reading ? "正在读取" : "立即更新"}
        </Button>
        <Button
          aria-label={`${portal.active ? "暂停" : "恢复"} ${portal.name}`}
          loading={set.isPending}
          onClick={() => set.mutate({ id: portal.id, active: !portal.active })}
        >
          {portal.active ? "暂停" : "恢复"}
        </Button>
      </div>
      <ActTrouble error={set.error ?? refresh.error} />
    </div>
  );
}

const columns = [
  {
    title: "来源",
    render: (_: unknown, portal: Portal) => (
      <>
        {portal.name}
        <p className="mono hint">{portal.url}</p>
      </>
    ),
  },
  {
    title: "放在哪里",
    render: (_: unknown, portal: Portal) => (
      <span className="nowrap">
        {portal.regionName}
        {portal.reach === "subtree" ? "及以下" : ""} · {noticeCategories[portal.category]}
      </span>
    ),
  },
  { title: "条数", render: (_: unknown, portal: Portal) => portal.items },
  { title: "情况", render: (_: unknown, portal: Portal) => <Health portal={portal} /> },
  { title: "办理", render: (_: unknown, portal: Portal) => <Acts portal={portal} /> },
];

export default function PortalsPage() {
  const list = useAsk("portals.list", {});
  const sought = usePlace().query.get("id");
  const [adding, setAdding] = useState(false);
  const items = list.data?.items ?? [];
  const there = items.some((item) => item.id === sought);
  useEffect(() => {
    if (there) document.querySelector("[aria-current='true']")?.scrollIntoView({ block: "center" });
  }, [there]);
  return (
    <div className="stack">
      <PageHead title="外部来源" hint="从别的网站取公告。对方打不开时，村民看到的是最后一次取到的内容和时间。">
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
          添加来源
        </Button>
      </PageHead>
      <Shown
        isPending={list.isPending}
        error={list.error}
        again={() => void list.refetch()}
        busy={list.isFetching}
        empty={items.length === 0 && "还没有外部来源"}
      >
        <Sheet label="外部来源" rows={items} keyOf={(item: Portal) => item.id} sought={sought} columns={columns} />
      </Shown>
      {adding ? <AddPortal close={() => setAdding(false)} /> : null}
    </div>
  );
}
