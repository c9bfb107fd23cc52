import {
  type BoardCounts,
  type BoardPeriod,
  boardPeriods,
  boardSentences,
  boardTotal,
  periodOf,
  ratingsHint,
  shareInTime,
} from "@weimenhu/domain/cases/board-words";
import { useMemo, useState } from "react";
import { now } from "../../clock.ts";
import { myRegions, useMe } from "../../frame/me.ts";
import { useAsk } from "../../query.ts";
import { addressOf, go, usePlace } from "../../route.tsx";
import type { Out } from "../../rpc.ts";
import { Choice } from "../../ui/choice.tsx";
import { RegionChoice } from "../../ui/region-choice.tsx";
import { PageHead, Shown } from "../../ui/states.tsx";
import { Sheet } from "../../ui/table.tsx";

type Row = Out<"cases.board">["items"][number];
const periods = Object.keys(boardPeriods) as BoardPeriod[];

/** A bar under the number that says the same. */
function Bar({ inTime, late }: { inTime: number; late: number }) {
  const percent = shareInTime(inTime, late);
  if (percent === null) return <span className="hint">还没有到时间</span>;
  return (
    <span className="share">
      <span>{`按时 ${inTime}，超时 ${late}（${percent}%）`}</span>
      <span className="meter" aria-hidden>
        <span style={{ width: `${percent}%` }} />
      </span>
    </span>
  );
}

const columns = [
  { title: "地方", render: (_: unknown, row: Row) => <span className="nowrap">{row.name}</span> },
  { title: "诉求", render: (_: unknown, row: Row) => row.raised },
  { title: "其中重开", render: (_: unknown, row: Row) => row.reopened },
  { title: "受理", render: (_: unknown, row: Row) => <Bar inTime={row.acceptedInTime} late={row.acceptedLate} /> },
  { title: "答复", render: (_: unknown, row: Row) => <Bar inTime={row.answeredInTime} late={row.answeredLate} /> },
  { title: "还在办", render: (_: unknown, row: Row) => row.open },
  { title: "超期", render: (_: unknown, row: Row) => row.red },
  { title: "评价", render: (_: unknown, row: Row) => boardSentences(row).stars.replace(/^评价：?\s*/, "") },
];

/** How each place was served: by place, never by rank. */
export default function BoardPage() {
  const me = useMe();
  const { query } = usePlace();
  const tops = myRegions(me, "cases.handle");
  const wanted = query.get("region") ?? "";
  const region = /^\d{12}$/.test(wanted) ? wanted : (tops[0] ?? "");
  const period = periods.find((one) => one === query.get("period")) ?? "month";
  const [opened] = useState(now);
  const span = useMemo(() => periodOf(period, opened), [period, opened]);
  const board = useAsk("cases.board", { region, ...span });
  const items = board.data?.items ?? [];
  const show = (next: { region?: string; period?: string }) =>
    go(addressOf(["board"], { region, period, ...next }), true);
  return (
    <div className="stack">
      <PageHead title="办理情况" hint={`看的是事情办得及不及时，按地方排列，不排名次。${ratingsHint}`} />
      <div className="line filters">
        <label className="field">
          地方
          <RegionChoice value={region} tops={tops} onChange={(code) => show({ region: code })} />
        </label>
        <label className="field">
          时间
          <Choice
            value={period}
            options={periods.map((one) => [one, boardPeriods[one]] as const)}
            onChange={(next) => show({ period: next })}
          />
        </label>
      </div>
      <Shown
        isPending={board.isPending}
        error={board.error}
        again={() => void board.refetch()}
        busy={board.isFetching}
        empty={items.length === 0 && "这里没有村"}
      >
        <Whole counts={boardTotal(items)} />
        <Sheet label="各地办理情况" rows={items} keyOf={(row: Row) => row.region} columns={columns} />
      </Shown>
    </div>
  );
}

function Whole({ counts }: { counts: BoardCounts }) {
  const { whole, accepted, answered, stars } = boardSentences(counts);
  return (
    <section className="card stack tight" aria-label="合计">
      {[whole, accepted, answered, stars].map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  );
}
