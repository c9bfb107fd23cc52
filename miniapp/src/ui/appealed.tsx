import { now } from "../platform/clock.ts";
import type { Appealed } from "../wire.ts";
import { dateText } from "./date.ts";
import { Note, type Tone } from "./words.tsx";

/** That one appealed against a refusal, when, and how it stands. `live`: a moment ago. */
export function AppealedNote({ appealed, live = false }: { appealed: Appealed; live?: boolean }) {
  const { tone, words } = told(appealed);
  return (
    <Note tone={tone} live={live}>
      {words}
    </Note>
  );
}

function told({ at, decidedAt, upheld }: Appealed): { tone: Tone; words: string } {
  const when = dateText(at, now());
  if (decidedAt === null) return { tone: "rice", words: `已经收到您的申诉（${when}）。工作人员会再看一次，看完告诉您` };
  const seen = `您在 ${when} 申诉过，工作人员在 ${dateText(decidedAt, now())} 又看了一次`;
  return upheld
    ? { tone: "pine", words: `${seen}，同意了您的申诉` }
    : { tone: "indigo", words: `${seen}，没有同意您的申诉` };
}
