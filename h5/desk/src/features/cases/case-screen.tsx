import { isAnswer } from "@weimenhu/domain/cases/move-words";
import { refusalNames, stepCheckWords, stepNames } from "@weimenhu/domain/cases/words";
import { now, timeWords } from "../../clock.ts";
import { useAsk } from "../../query.ts";
import { addressOf, Go } from "../../route.tsx";
import type { Out } from "../../rpc.ts";
import { Mark } from "../../ui/mark.tsx";
import { Photos } from "../../ui/photos.tsx";
import { PageHead, Shown } from "../../ui/states.tsx";
import { Unmask } from "../../ui/unmask.tsx";
import { Moves } from "./moves.tsx";
import { Reply } from "./reply.tsx";
import { CaseClock, CaseState, type WholeCase } from "./told.tsx";

type Post = Out<"circle.get">;

/** One case: what was raised, the answer, the other moves, and the record. */
export function CaseScreen({ id }: { id: string }) {
  const found = useAsk("cases.get", { id });
  const subject = found.data?.subject ?? "";
  const about = subject.startsWith("post:") ? subject.slice(5) : null;
  const post = useAsk("circle.get", { id: about ?? "" }, about !== null);
  const file = found.data;
  return (
    <div className="stack">
      <PageHead title="办理诉求">
        <Go className="back" to={addressOf(["cases"])}>
          回到列表
        </Go>
      </PageHead>
      <Shown isPending={found.isPending} error={found.error} again={() => void found.refetch()} busy={found.isFetching}>
        {file ? (
          <div className="case">
            <div className="stack">
              <Raised file={file} post={post.data ?? null} />
              <Steps file={file} />
            </div>
            <div className="stack">
              {file.may.some(isAnswer) ? (
                <Reply file={file} showed={(post.data?.photos.length ?? 0) > 0} />
              ) : (
                <section className="card">
                  <h2>答复</h2>
                  <p>这件事现在不用您答复。</p>
                </section>
              )}
              <Moves file={file} />
            </div>
          </div>
        ) : null}
      </Shown>
    </div>
  );
}

const pausedWhy = (file: WholeCase): string => file.steps.findLast(({ move }) => move === "pause")?.text ?? "";

function Raised({ file, post }: { file: WholeCase; post: Post | null }) {
  const at = now();
  // Then its words are gone for those who handled it too.
  const ended = file.state === "closed" || file.state === "refused";
  return (
    <section className="card stack" aria-label="诉求">
      <div className="line">
        <CaseState file={file} />
      </div>
      <CaseClock file={file} why={file.clock.colour === "paused" ? pausedWhy(file) : ""} />
      <p className="case-words">{post && !post.deleted ? post.text : file.summary}</p>
      {post?.deleted && !ended ? <p className="hint">发起人已删除原文，这里是原文的开头。</p> : null}
      <Photos photos={post?.photos ?? []} label="诉求的照片" />
      <p className="hint">
        {[post?.by.name, file.villageName, post?.place ?? file.place, `${timeWords(file.raisedAt, at)} 提出`]
          .filter(Boolean)
          .join(" · ")}
        {file.assignee ? ` · 经办 ${file.assignee}` : ""}
      </p>
      {post?.may.includes("unmask") ? <Unmask id={post.id} /> : null}
    </section>
  );
}

function Steps({ file }: { file: WholeCase }) {
  const at = now();
  const names = stepNames(file.steps);
  return (
    <section className="card" aria-label="办理经过">
      <h2>办理经过</h2>
      <ol className="case-steps">
        {file.steps.map((step, i) => (
          <li key={step.id} className="stack tight">
            <div className="line">
              {step.by?.mark === "official" ? <Mark tone="info">官方</Mark> : null}
              <strong>
                {step.by ? `${step.by.name}${step.by.title ? `（${step.by.title}）` : ""} ` : ""}
                {names[i]}
              </strong>
              <span className="hint">{timeWords(step.at, at)}</span>
            </div>
            {step.reason ? <p>原因：{refusalNames[step.reason]}</p> : null}
            {stepCheckWords(step) ? <p className="hint">{stepCheckWords(step)}</p> : null}
            {step.text === "" ? null : <p className="case-words">{step.text}</p>}
            <Photos photos={step.photos} label={`${names[i]}的照片`} />
          </li>
        ))}
      </ol>
    </section>
  );
}
