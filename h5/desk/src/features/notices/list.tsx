import { PlusOutlined } from "@ant-design/icons";
import { noticeCategories } from "@weimenhu/domain/notices/category";
import { type NoticeState, noticeStates } from "@weimenhu/domain/notices/state";
import { Alert, Button } from "antd";
import { now, timeWords } from "../../clock.ts";
import { myRegions, useMe } from "../../frame/me.ts";
import { type ItemOf, usePages } from "../../query.ts";
import { addressOf, Go, go, usePlace } from "../../route.tsx";
import { Choice } from "../../ui/choice.tsx";
import { Mark } from "../../ui/mark.tsx";
import { RegionChoice } from "../../ui/region-choice.tsx";
import { PageHead } from "../../ui/states.tsx";
import { PagedSheet } from "../../ui/table.tsx";
import { readCopy } from "./local-copy.ts";
import { stateNames } from "./words.ts";

type Card = ItemOf<"notices.desk">;

export function StateMark({ state }: { state: NoticeState }) {
  return <Mark tone={stateNames[state].tone}>{stateNames[state].name}</Mark>;
}

const columns = (at: number) => [
  {
    title: "标题",
    render: (_: unknown, card: Card) => (
      <>
        <Go to={addressOf(["notices", card.id])}>{card.title}</Go>
        {card.note && card.state === "draft" ? <p className="hint">退回意见：{card.note}</p> : null}
      </>
    ),
  },
  {
    title: "状态",
    render: (_: unknown, card: Card) => (
      <span className="line">
        <StateMark state={card.state} />
        {card.pinned ? <Mark tone="info">置顶</Mark> : null}
      </span>
    ),
  },
  {
    title: "栏目",
    render: (_: unknown, card: Card) => <span className="nowrap">{noticeCategories[card.category]}</span>,
  },
  {
    title: "地方",
    render: (_: unknown, card: Card) => (
      <span className="nowrap">
        {card.regionName}
        {card.reach === "subtree" ? "及以下" : ""}
      </span>
    ),
  },
  { title: "起草", render: (_: unknown, card: Card) => <span className="nowrap">{card.author}</span> },
  {
    title: "时间",
    render: (_: unknown, card: Card) => (
      <span className="nowrap">
        {card.scheduledAt === null ? timeWords(card.changedAt, at) : `定于 ${timeWords(card.scheduledAt, at)}`}
      </span>
    ),
  },
];

export function NoticeList() {
  const me = useMe();
  const { query } = usePlace();
  const state = noticeStates.find((one) => one === query.get("state"));
  const region = query.get("region") ?? "";
  const filter = { ...(state ? { state } : {}), ...(/^\d{12}$/.test(region) ? { region } : {}) };
  const pages = usePages("notices.desk", { ...filter, limit: 20 });
  const filterBy = (next: { state?: string; region?: string }) =>
    go(addressOf(["notices"], { state: state ?? "", region, ...next }), true);
  const mayWrite = me.may.includes("notices.write");
  const unsaved = mayWrite && readCopy(me.id, null) !== null;

  return (
    <div className="stack">
      <PageHead title="公告">
        {mayWrite ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => go(addressOf(["notices", "new"]))}>
            写公告
          </Button>
        ) : null}
      </PageHead>
      {unsaved ? (
        <Alert
          type="info"
          showIcon
          title="有一条还没保存的公告"
          action={<Go to={addressOf(["notices", "new"])}>继续写</Go>}
        />
      ) : null}
      <div className="line filters">
        <label className="field">
          地方
          <RegionChoice
            value={region}
            onChange={(code) => filterBy({ region: code })}
            tops={myRegions(me, "notices.desk")}
            any="全部"
          />
        </label>
        <label className="field">
          状态
          <Choice
            value={state ?? ""}
            onChange={(next) => filterBy({ state: next })}
            options={noticeStates.map((one) => [one, stateNames[one].name] as const)}
            any="全部"
          />
        </label>
      </div>
      <PagedSheet<Card>
        label="公告列表"
        pages={pages}
        columns={columns(now())}
        keyOf={(card) => card.id}
        empty="没有符合条件的公告"
      />
    </div>
  );
}
