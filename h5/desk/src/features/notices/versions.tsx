import { noticeCategories } from "@weimenhu/domain/notices/category";
import { type Line, linesOf } from "../../body/lines.ts";
import { now, timeWords } from "../../clock.ts";
import { useAsk } from "../../query.ts";
import { addressOf, Go, go, usePlace } from "../../route.tsx";
import type { Out } from "../../rpc.ts";
import { PageHead, Shown } from "../../ui/states.tsx";
import { Compare } from "./compare.tsx";

type Version = Out<"notices.version">;
type Listed = Out<"notices.versions">["items"];

type Comparable = Pick<Version, "title" | "category" | "reach" | "body" | "attachments">;
const reaches = { here: "只在这里显示", subtree: "下面各村镇都显示" } as const;

/** Everything of a version that can differ, as lines. */
export function versionLines(version: Comparable): Line[] {
  return [
    { kind: "标题", text: version.title },
    { kind: "栏目", text: noticeCategories[version.category] },
    ...(version.reach === undefined ? [] : [{ kind: "谁能看到", text: reaches[version.reach] }]),
    ...linesOf(version.body),
    ...version.attachments.map((file) => ({ kind: "附件", text: `${file.name}（${file.bytes} 字节）` })),
  ];
}

/** The two versions to compare: as the address says, else the last two. */
export function chosen(items: Listed, query: URLSearchParams): [number, number] | null {
  const known = items.map((item) => item.version).sort((a, b) => b - a);
  const pick = (name: string, otherwise: number | undefined) => {
    const n = Number(query.get(name));
    return known.includes(n) ? n : otherwise;
  };
  const after = pick("to", known[0]);
  const before = pick("from", known.find((n) => after !== undefined && n < after) ?? known[1]);
  return before === undefined || after === undefined ? null : [before, after];
}

function Sides({ id, pair }: { id: string; pair: [number, number] }) {
  const before = useAsk("notices.version", { id, version: pair[0] });
  const after = useAsk("notices.version", { id, version: pair[1] });
  const again = () => {
    void before.refetch();
    void after.refetch();
  };
  return (
    <Shown
      isPending={before.isPending || after.isPending}
      error={before.error ?? after.error}
      again={again}
      busy={before.isFetching || after.isFetching}
      empty={false}
    >
      {before.data && after.data ? (
        <Compare
          before={versionLines(before.data)}
          after={versionLines(after.data)}
          names={[`第 ${pair[0]} 版`, `第 ${pair[1]} 版`]}
        />
      ) : null}
    </Shown>
  );
}

export function VersionsScreen({ id }: { id: string }) {
  const { query } = usePlace();
  const versions = useAsk("notices.versions", { id });
  const items = versions.data?.items ?? [];
  const pair = chosen(items, query);
  const at = now();
  const pick = (name: "from" | "to", label: string, value: number) => (
    <label className="field">
      {label}
      <select
        className="plain"
        value={value}
        onChange={(event) =>
          go(
            addressOf(["notices", id, "versions"], {
              from: query.get("from") ?? "",
              to: query.get("to") ?? "",
              [name]: event.target.value,
            }),
            true,
          )
        }
      >
        {items.map((item) => (
          <option key={item.version} value={item.version}>
            第 {item.version} 版 · {item.by} · {timeWords(item.at, at)}
            {item.public ? " · 村民看到的" : ""}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className="stack">
      <p>
        <Go className="back" to={addressOf(["notices", id])}>
          ‹ 回到这条公告
        </Go>
      </p>
      <PageHead title="对比版本" hint="划掉的是旧版里的，下划线的是新版里的。" />
      <Shown
        isPending={versions.isPending}
        error={versions.error}
        again={() => void versions.refetch()}
        busy={versions.isFetching}
        empty={!pair && "只有一个版本，没有可对比的"}
      >
        {pair ? (
          <>
            <div className="line filters">
              {pick("from", "左边", pair[0])}
              {pick("to", "右边", pair[1])}
            </div>
            <Sides id={id} pair={pair} />
          </>
        ) : null}
      </Shown>
    </div>
  );
}
