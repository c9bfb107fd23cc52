import { foundWords, type RiskLabel, riskLabelKeys, riskLabels } from "@weimenhu/domain/circle/duty";
import { audiences, checkStates, postKinds } from "@weimenhu/domain/circle/post";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { now, timeWords } from "../../clock.ts";
import { type ItemOf, queries, useAct, usePages } from "../../query.ts";
import { refusedOf } from "../../refused.ts";
import { Choice } from "../../ui/choice.tsx";
import { focusField } from "../../ui/focus.ts";
import { Mark, type Tone } from "../../ui/mark.tsx";
import { Paged } from "../../ui/paged.tsx";
import { Photos } from "../../ui/photos.tsx";
import { ActTrouble, PageHead } from "../../ui/states.tsx";

type Waiting = ItemOf<"circle.queue">;
type Check = (typeof checkStates)[number];

const checks: Record<Check, { word: string; tone: Tone }> = {
  checking: { word: "自动审核中", tone: "wait" },
  held: { word: "等人工审核", tone: "wait" },
  passed: { word: "已公开", tone: "good" },
  refused: { word: "没有通过", tone: "bad" },
};

const refusalLines = ({ at, by, reason, label }: NonNullable<Waiting["refusal"]>, now: number): string[] => [
  `${by ?? "自动审核"} · ${timeWords(at, now)}`,
  by === null ? riskLabels[label] : `${riskLabels[label]}：${reason}`,
];

/** What is held, reported or appealed for, oldest first: shown with its pictures, decided with a reason. */
export default function ModerationPage() {
  const pages = usePages("circle.queue", { limit: 20 });
  const [open, setOpen] = useState<{ one: Waiting; pass: boolean } | null>(null);
  const at = now();
  return (
    <div className="stack">
      <PageHead title="内容审核" hint="没有审核完的内容只有作者自己看得到。不通过要写明原因，作者看得到。" />
      <Paged pages={pages} empty="没有等待审核的内容">
        <ul className="tiles">
          {pages.items.map((one) => (
            <li key={one.id} className="card stack">
              <div className="line">
                <Mark tone={checks[one.check].tone}>{checks[one.check].word}</Mark>
                {one.under === null ? null : <Mark tone="info">评论或答复</Mark>}
                {one.reports.length > 0 ? <Mark tone="bad">{`被举报 ${one.reports.length} 次`}</Mark> : null}
                {one.appeal === null ? null : <Mark tone="wait">作者申诉</Mark>}
              </div>
              <p className="hint">
                {[
                  one.by.name,
                  one.villageName,
                  timeWords(one.at, at),
                  ...(one.under === null ? [postKinds[one.kind]] : []),
                  audiences[one.audience],
                  ...(one.under === null && one.place ? [`地点：${one.place}`] : []),
                ].join(" · ")}
              </p>
              <p className="case-words">{one.text}</p>
              <Photos photos={one.photos} label="照片" />
              {one.under === null ? null : (
                <Facts
                  title={`写在这条${postKinds[one.kind]}下面`}
                  lines={[one.under === "" ? "原文已删除" : one.under]}
                />
              )}
              <div className="line">
                <Button href={`/post?id=${one.post}`} target="_blank" rel="noreferrer">
                  {`看${one.under === null ? "这" : "那"}条${postKinds[one.kind]}`}
                </Button>
              </div>
              <Facts title="自动审核" lines={one.why.map(foundWords)} />
              <Facts title="举报的理由" lines={one.reports} />
              <Facts title="上次没有通过" lines={one.refusal ? refusalLines(one.refusal, at) : []} />
              {one.appeal === null ? null : <Facts title="申诉的理由" lines={[one.appeal]} />}
              {one.mayDecide ? (
                <div className="line">
                  <Button onClick={() => setOpen({ one, pass: false })}>不通过</Button>
                  <Button type="primary" onClick={() => setOpen({ one, pass: true })}>
                    通过
                  </Button>
                </div>
              ) : (
                <p className="hint">这一条要由另一位同事决定。</p>
              )}
            </li>
          ))}
        </ul>
      </Paged>
      {open ? <Decide key={`${open.one.id}${open.pass}`} {...open} close={() => setOpen(null)} /> : null}
    </div>
  );
}

function Facts({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <strong>{title}</strong>
      <ul>
        {lines.map((line, i) => (
          <li key={`${i}${line}`}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

const seenBy: Record<Waiting["audience"], string> = {
  village: "关注本村的人",
  villagers: "本村的认证村民",
  cadres: "作者和村、镇、县的工作人员",
};

function Decide({ one, pass, close }: { one: Waiting; pass: boolean; close: () => void }) {
  const { message } = App.useApp();
  const decide = useAct("circle.decide", ["circle.queue"]);
  const [label, setLabel] = useState<RiskLabel | "">("");
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const stale = decide.error !== null && refusedOf(decide.error).word === "STALE_VERSION";
  const run = () => {
    const words = reason.trim();
    if (!pass && label === "") return setFault("请选择属于哪一类");
    if (!pass && words === "") return setFault("请写明原因，作者看得到");
    setFault(null);
    const input = { id: one.id, pass, version: one.version, ...(words === "" ? {} : { reason: words }) };
    decide.mutate(label === "" ? input : { ...input, label }, {
      onSuccess: () => {
        close();
        void message.success(pass ? `已通过，${seenBy[one.audience]}看得到了` : "没有通过，作者会看到原因");
      },
      onError: () => void queries.invalidateQueries({ queryKey: ["circle.queue"] }),
    });
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title={pass ? "通过这一条" : "不通过这一条"}
      onCancel={close}
      onOk={run}
      okText={pass ? "通过" : "不通过"}
      cancelText="先不定"
      okButtonProps={{ loading: decide.isPending, danger: !pass }}
    >
      <div className="stack">
        <p className="case-words">{one.text}</p>
        {pass ? (
          <p>通过后，按作者选的范围公开。</p>
        ) : (
          <>
            <label className="field">
              属于哪一类
              <Choice<RiskLabel>
                value={label}
                any="请选择"
                options={riskLabelKeys.map((key) => [key, riskLabels[key]] as const)}
                onChange={setLabel}
              />
            </label>
            <label className="field">
              原因（作者看得到）
              <textarea rows={3} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
            </label>
          </>
        )}
        {fault ? (
          <p role="alert" className="mark bad">
            {fault}
          </p>
        ) : null}
        {stale ? (
          <p role="alert" className="mark bad">
            作者刚改过内容，请先不定，看过新的再决定
          </p>
        ) : (
          <ActTrouble error={decide.error} />
        )}
      </div>
    </Modal>
  );
}
