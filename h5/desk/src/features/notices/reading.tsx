import { noticeCategories } from "@weimenhu/domain/notices/category";
import { Alert, Descriptions } from "antd";
import { now, timeWords } from "../../clock.ts";
import { addressOf, Go } from "../../route.tsx";
import { PageHead } from "../../ui/states.tsx";
import { type Notice, wordsFrom } from "./draft.ts";
import { History } from "./history.tsx";
import { StateMark } from "./list.tsx";
import { Moves } from "./moves.tsx";
import { Preview } from "./preview.tsx";
import { waitsFor } from "./words.ts";

export function Facts({ notice }: { notice: Notice }) {
  const at = now();
  const when = (ms: number | null) => (ms === null ? "—" : timeWords(ms, at));
  return (
    <section className="card" aria-label="基本情况">
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: "state", label: "状态", children: <StateMark state={notice.state} /> },
          {
            key: "where",
            label: "地方",
            children: `${notice.regionName}${notice.reach === "subtree" ? "（连同下面各村镇）" : ""}`,
          },
          { key: "category", label: "栏目", children: noticeCategories[notice.category] },
          { key: "author", label: "起草", children: notice.author },
          { key: "reviewer", label: "审核", children: notice.reviewer ?? "—" },
          { key: "scheduled", label: "定时", children: when(notice.scheduledAt) },
          { key: "published", label: "发布", children: when(notice.publishedAt) },
          { key: "changed", label: "最近变动", children: when(notice.changedAt) },
        ]}
      />
    </section>
  );
}

export function Reading({ notice }: { notice: Notice }) {
  const waits = waitsFor[notice.state];
  return (
    <div className="stack">
      <p>
        <Go className="back" to={addressOf(["notices"])}>
          ‹ 公告列表
        </Go>
      </p>
      <PageHead title={notice.title}>
        <Moves notice={notice} />
      </PageHead>
      {waits && !waits.by.some((move) => notice.may.includes(move)) ? (
        <Alert type="info" showIcon title={waits.words} />
      ) : null}
      {notice.note ? <Alert type="info" showIcon title={`意见：${notice.note}`} /> : null}
      <div className="columns">
        <div className="stack">
          <Facts notice={notice} />
          <History notice={notice} />
        </div>
        <Preview shown={wordsFrom(notice)} place={notice.regionName} publishedAt={notice.publishedAt} />
      </div>
    </div>
  );
}
