import { caseStateNames } from "@weimenhu/domain/cases/state";
import { clockWords } from "@weimenhu/domain/cases/words";
import { now } from "../../clock.ts";
import type { Out } from "../../rpc.ts";
import { Mark, type Tone } from "../../ui/mark.tsx";

export type DeskCase = Out<"cases.desk">["items"][number];
export type WholeCase = Out<"cases.get">;

const tones: Record<DeskCase["clock"]["colour"], Tone> = {
  green: "good",
  yellow: "wait",
  red: "bad",
  paused: "still",
  done: "good",
};

/** The clock: word and sentence. `why`: the words with which it was stopped. */
export function CaseClock({ file, why = "" }: { file: DeskCase; why?: string | undefined }) {
  const { word, sentence } = clockWords(file, now(), { why });
  const ended = file.state === "refused" || file.outcome === "withdrawn";
  const runs = ["green", "yellow", "red"].includes(file.clock.colour);
  return (
    <span className="case-clock">
      <Mark tone={ended ? "still" : tones[file.clock.colour]}>{word}</Mark>
      <span className="hint">
        {sentence}
        {runs && file.clock.provisional ? "（暂定，节假日安排公布后会重算）" : ""}
      </span>
    </span>
  );
}

const rounds = { first: null, reopened: "重开", rectify: "重开" } as const;

export function CaseState({ file }: { file: DeskCase }) {
  const round = rounds[file.round];
  return (
    <span className="line">
      <Mark tone="info">{caseStateNames[file.state]}</Mark>
      {file.level === "town" ? <Mark tone="info">转镇里</Mark> : null}
      {round ? <Mark tone="wait">{round}</Mark> : null}
      {file.moreAsked ? <Mark tone="wait">申请延期</Mark> : null}
      {file.waitsForMe ? <Mark tone="wait">等我处理</Mark> : null}
    </span>
  );
}
