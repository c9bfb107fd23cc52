import { now, timeWords, waitedWords } from "../../clock.ts";
import { useAsk } from "../../query.ts";
import { Go } from "../../route.tsx";
import { jobName } from "../../ui/jobs.ts";
import { Mark } from "../../ui/mark.tsx";
import { PageHead, Shown } from "../../ui/states.tsx";
import { kindNames, leadTo, oldestFirst } from "./lead.ts";

/** The first screen answers one question: what waits for me? */
export default function WaitingPage() {
  const waiting = useAsk("desk.waiting", {});
  const items = oldestFirst(waiting.data?.items ?? []);
  const at = now();
  return (
    <div className="stack">
      <PageHead title="等我处理" hint="等得最久的排在最前面。" />
      <Shown
        isPending={waiting.isPending}
        error={waiting.error}
        again={() => void waiting.refetch()}
        busy={waiting.isFetching}
        empty={items.length === 0 && "没有等您处理的事"}
      >
        <ul className="tiles">
          {items.map((item) => (
            <li key={`${item.kind}${item.id}`} className="card tile">
              <Mark tone={item.kind === "portal-fault" || item.kind === "dead-letter" ? "bad" : "wait"}>
                {kindNames[item.kind]}
              </Mark>
              <div>
                <h2>
                  <Go to={leadTo(item)}>{item.kind === "dead-letter" ? jobName(item.title) : item.title}</Go>
                </h2>
                <p className="hint">
                  {item.regionName}
                  {item.regionName === "" ? "" : " · "}
                  {timeWords(item.since, at)} 起
                </p>
              </div>
              <span className="nowrap">已等 {waitedWords(item.since, at)}</span>
            </li>
          ))}
        </ul>
      </Shown>
    </div>
  );
}
