import { UploadOutlined } from "@ant-design/icons";
import { maskIdCard } from "@weimenhu/domain/base/mask";
import { Alert, Button } from "antd";
import { useRef, useState } from "react";
import { myRegions, useMe } from "../../frame/me.ts";
import { queries } from "../../query.ts";
import { isLockedOut } from "../../refused.ts";
import { act } from "../../rpc.ts";
import { Mark } from "../../ui/mark.tsx";
import { RegionChoice } from "../../ui/region-choice.tsx";
import { ActTrouble, PageHead } from "../../ui/states.tsx";
import { Sheet } from "../../ui/table.tsx";
import { decodeTable, readTable } from "./csv.ts";
import { batches, type Line, peopleOf } from "./people.ts";
import { RosterLine } from "./roster-line.tsx";

/** What became of a line, by its number in the file. */
type Result = { stored: number; whole: number; faults: Map<number, string> };
const none: Result = { stored: 0, whole: 0, faults: new Map() };

async function send(region: string, lines: Line[], onPart: (result: Result) => void): Promise<Result> {
  let result: Result = { ...none, whole: lines.length };
  for (const batch of batches(lines)) {
    const answer = await act("verification.importRoster", { region, rows: batch.map((line) => line.person) });
    const faults = new Map(result.faults);
    // The answer counts the lines of its batch from 1.
    for (const fault of answer.faults) faults.set(batch[fault.row - 1]?.line ?? fault.row, fault.why);
    result = { ...result, stored: result.stored + answer.stored, faults };
    onPart(result);
  }
  return result;
}

function StateOf({ line, result }: { line: Line; result: Result | null }) {
  const refused = result?.faults.get(line.line);
  if (line.faults.length > 0) return <Mark tone="bad">{line.faults.join("；")}</Mark>;
  if (refused) return <Mark tone="bad">{refused}</Mark>;
  return result ? <Mark tone="good">已导入</Mark> : <Mark tone="still">可以导入</Mark>;
}

const columns = (result: Result | null) => [
  { title: "行", render: (_: unknown, line: Line) => line.line },
  { title: "姓名", render: (_: unknown, line: Line) => <span className="nowrap">{line.person.name}</span> },
  {
    title: "身份证号",
    render: (_: unknown, line: Line) => (line.person.idCard.length === 18 ? maskIdCard(line.person.idCard) : "—"),
  },
  { title: "小组", render: (_: unknown, line: Line) => line.person.group },
  { title: "户号", render: (_: unknown, line: Line) => line.person.household },
  { title: "情况", render: (_: unknown, line: Line) => <StateOf line={line} result={result} /> },
];

export default function RosterPage() {
  const me = useMe();
  const input = useRef<HTMLInputElement>(null);
  const [region, setRegion] = useState("");
  const [text, setText] = useState("");
  const [result, setResult] = useState<Result | null>(null);
  const [part, setPart] = useState<Result | null>(null);
  const [error, setError] = useState<unknown>(null);
  const sheet = peopleOf(readTable(text));
  const good = sheet.lines.filter((line) => line.faults.length === 0);
  const isVillage = region !== "" && !region.endsWith("000");
  const take = (next: string) => {
    setText(next);
    setResult(null);
    setError(null);
  };
  const importAll = async () => {
    setError(null);
    setPart({ ...none, whole: good.length });
    try {
      setResult(await send(region, good, setPart));
    } catch (failed) {
      if (isLockedOut(failed)) void queries.invalidateQueries({ queryKey: ["account.me"] });
      setError(failed);
    }
    setPart(null);
  };

  return (
    <div className="stack">
      <PageHead
        title="花名册"
        hint="申请认证时，姓名和身份证号与花名册一致的自动通过。同一个人再次导入会更新，不会重复。选好村以后，也可以删除一个人。"
      />
      <section className="card stack" aria-label="选择村和名单">
        <div className="line filters">
          <label className="field">
            哪个村
            <RegionChoice value={region} onChange={setRegion} tops={myRegions(me, "roster.import")} />
          </label>
          <Button icon={<UploadOutlined aria-hidden />} onClick={() => input.current?.click()}>
            选择表格文件
          </Button>
        </div>
        {region !== "" && !isVillage ? <Alert type="warning" showIcon title="请选择一个村，花名册按村导入" /> : null}
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.txt,.tsv,text/csv"
          onChange={async (event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) take(decodeTable(await file.arrayBuffer()));
          }}
        />
        <p className="hint">表格要先另存为 CSV 格式：在 Excel 或 WPS 里点“文件”“另存为”，类型选“CSV”。</p>
        <label className="field">
          或者从表格里复制后粘贴在这里（姓名、身份证号、小组、户号）
          <textarea
            rows={6}
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(e) => take(e.target.value)}
          />
        </label>
      </section>
      {sheet.problem ? <Alert type="error" showIcon role="alert" title={sheet.problem} /> : null}
      {sheet.lines.length > 0 ? (
        <>
          <div className="line between">
            <p role="status">
              {part
                ? `正在导入：已办 ${part.stored + part.faults.size} / ${part.whole} 行`
                : result
                  ? `已导入 ${result.stored} 行，${result.faults.size} 行没有成功`
                  : `共 ${sheet.lines.length} 行，${good.length} 行可以导入，${sheet.lines.length - good.length} 行要先改`}
            </p>
            <Button
              type="primary"
              disabled={!isVillage || good.length === 0 || result !== null}
              loading={part !== null}
              onClick={() => void importAll()}
            >
              导入 {good.length} 行
            </Button>
          </div>
          <ActTrouble error={error} />
          <Sheet
            label="名单预览"
            rows={sheet.lines.slice(0, shownAtOnce(sheet.lines))}
            keyOf={(line: Line) => String(line.line)}
            columns={columns(result)}
          />
          {sheet.lines.length > shownAtOnce(sheet.lines) ? (
            <p className="hint">这里只列出前 {shownAtOnce(sheet.lines)} 行，导入时全部都办。</p>
          ) : null}
        </>
      ) : null}
      {isVillage ? <RosterLine key={region} region={region} /> : null}
    </div>
  );
}

/** A whole village on one page makes the browser slow; lines with faults always come with their neighbours. */
const shownAtOnce = (lines: readonly Line[]): number =>
  Math.min(lines.length, Math.max(300, lines.findLastIndex((line) => line.faults.length > 0) + 1));
