import { now, timeWords } from "../../clock.ts";
import { useAsk } from "../../query.ts";
import { addressOf, Go } from "../../route.tsx";
import { Mark } from "../../ui/mark.tsx";
import { Shown } from "../../ui/states.tsx";
import type { Notice } from "./draft.ts";
import { stepWords } from "./words.ts";

/** Who wrote which version, newest first, and the way to compare them. */
export function History({ notice }: { notice: Notice }) {
  const versions = useAsk("notices.versions", { id: notice.id });
  const items = [...(versions.data?.items ?? [])].sort((a, b) => b.version - a.version);
  const at = now();
  return (
    <section className="card stack" aria-label="版本">
      <div className="line between">
        <h2>版本</h2>
        {items.length > 1 ? <Go to={addressOf(["notices", notice.id, "versions"])}>对比版本</Go> : null}
      </div>
      <Shown
        isPending={versions.isPending}
        error={versions.error}
        again={() => void versions.refetch()}
        busy={versions.isFetching}
        empty={items.length === 0 && "还没有版本"}
      >
        <ol className="history">
          {items.map((item) => (
            <li key={item.version}>
              <span className="line">
                第 {item.version} 版 · {item.by}
                {item.public ? <Mark tone="good">村民看到的</Mark> : null}
              </span>
              <span className="hint">{timeWords(item.at, at)}</span>
            </li>
          ))}
        </ol>
      </Shown>
      <Steps id={notice.id} />
    </section>
  );
}

/** Who did what with it, newest first. */
function Steps({ id }: { id: string }) {
  const steps = useAsk("notices.history", { id });
  const at = now();
  return (
    <>
      <h2>办理经过</h2>
      <Shown
        isPending={steps.isPending}
        error={steps.error}
        again={() => void steps.refetch()}
        busy={steps.isFetching}
        empty={steps.data?.items.length === 0 && "还没有办理"}
      >
        <ol className="history">
          {steps.data?.items.map((step) => (
            <li key={`${step.at} ${step.move}`}>
              <span>
                {stepWords(step.move)} · {step.by}
              </span>
              {step.note ? <span>{step.note}</span> : null}
              <span className="hint">{timeWords(step.at, at)}</span>
            </li>
          ))}
        </ol>
      </Shown>
    </>
  );
}
