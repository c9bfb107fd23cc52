import { caseStateNames, caseStates } from "@weimenhu/domain/cases/state";
import { now, timeWords } from "../../clock.ts";
import { myRegions, useMe } from "../../frame/me.ts";
import { usePages } from "../../query.ts";
import { addressOf, Go, go, usePlace } from "../../route.tsx";
import { Choice } from "../../ui/choice.tsx";
import { RegionChoice } from "../../ui/region-choice.tsx";
import { PageHead } from "../../ui/states.tsx";
import { PagedSheet } from "../../ui/table.tsx";
import { CaseClock, CaseState, type DeskCase } from "./told.tsx";

const columns = (at: number) => [
  {
    title: "诉求",
    render: (_: unknown, file: DeskCase) => (
      <span className="line">
        {file.picture ? <img className="case-picture" src={file.picture} alt="" /> : null}
        <Go to={addressOf(["cases", file.id])}>{file.summary}</Go>
      </span>
    ),
  },
  { title: "时限", render: (_: unknown, file: DeskCase) => <CaseClock file={file} why={file.pausedWhy} /> },
  { title: "状态", render: (_: unknown, file: DeskCase) => <CaseState file={file} /> },
  { title: "村", render: (_: unknown, file: DeskCase) => <span className="nowrap">{file.villageName}</span> },
  { title: "经办", render: (_: unknown, file: DeskCase) => <span className="nowrap">{file.assignee ?? "—"}</span> },
  {
    title: "提出",
    render: (_: unknown, file: DeskCase) => <span className="nowrap">{timeWords(file.raisedAt, at)}</span>,
  },
];

/** What waits first, then by deadline. */
export function CaseList() {
  const me = useMe();
  const { query } = usePlace();
  const state = caseStates.find((one) => one === query.get("state"));
  const region = query.get("region") ?? "";
  const pages = usePages("cases.desk", {
    limit: 20,
    ...(state ? { state } : {}),
    ...(/^\d{12}$/.test(region) ? { region } : {}),
  });
  const filterBy = (next: { state?: string; region?: string }) =>
    go(addressOf(["cases"], { state: state ?? "", region, ...next }), true);
  return (
    <div className="stack">
      <PageHead title="村民诉求" hint="等我处理的在前，按期限排列。" />
      <div className="line filters">
        <label className="field">
          地方
          <RegionChoice
            value={region}
            onChange={(code) => filterBy({ region: code })}
            tops={myRegions(me, "cases.handle")}
            any="全部"
          />
        </label>
        <label className="field">
          状态
          <Choice
            value={state ?? ""}
            onChange={(next) => filterBy({ state: next })}
            options={caseStates.map((one) => [one, caseStateNames[one]] as const)}
            any="没有办完的"
          />
        </label>
      </div>
      <PagedSheet
        label="村民诉求"
        pages={pages}
        empty="没有要处理的诉求"
        keyOf={(file: DeskCase) => file.id}
        columns={columns(now())}
      />
    </div>
  );
}
