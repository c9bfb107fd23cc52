import { PlusOutlined } from "@ant-design/icons";
import { roleName } from "@weimenhu/domain/identity/roles";
import { Button } from "antd";
import { useState } from "react";
import { now, timeWords } from "../../clock.ts";
import { myRegions, useMe } from "../../frame/me.ts";
import { useAsk } from "../../query.ts";
import { addressOf, go, usePlace } from "../../route.tsx";
import { RegionChoice } from "../../ui/region-choice.tsx";
import { PageHead, Shown } from "../../ui/states.tsx";
import { Sheet } from "../../ui/table.tsx";
import { EndGrant, type Grant } from "./end-grant.tsx";
import { GiveGrant } from "./give-grant.tsx";
import { RemoveSecond } from "./remove-second.tsx";

/** Where nobody gave a name, the phone is all there is. */
const whoIs = ({ person, phone }: Grant): string => (person === phone ? phone : `${person} · ${phone}`);
type Asked = { grant: Grant; act: "end" | "second" };

const columns = (at: number, ask: (asked: Asked) => void) => [
  {
    title: "人员",
    render: (_: unknown, grant: Grant) => <span className="nowrap">{whoIs(grant)}</span>,
  },
  { title: "岗位", render: (_: unknown, grant: Grant) => <span className="nowrap">{roleName(grant)}</span> },
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
      <div className="line">
        <Button
          danger
          aria-label={`结束 ${grant.person} 的${roleName(grant)}`}
          onClick={() => ask({ grant, act: "end" })}
        >
          结束
        </Button>
        {grant.second && !grant.mine ? (
          <Button aria-label={`解除 ${grant.person} 的动态口令`} onClick={() => ask({ grant, act: "second" })}>
            解除动态口令
          </Button>
        ) : null}
      </div>
    ),
  },
];

export default function GrantsPage() {
  const me = useMe();
  const region = usePlace().query.get("region") ?? "";
  const list = useAsk("grants.list", /^\d{12}$/.test(region) ? { region } : {});
  const [giving, setGiving] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
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
        <Sheet label="授权" rows={items} keyOf={(grant: Grant) => grant.id} columns={columns(now(), setAsked)} />
      </Shown>
      {giving ? <GiveGrant close={() => setGiving(false)} /> : null}
      {asked?.act === "end" ? <EndGrant grant={asked.grant} close={close} /> : null}
      {asked?.act === "second" ? <RemoveSecond grant={asked.grant} close={close} /> : null}
    </div>
  );
}
