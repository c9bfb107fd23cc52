import { caseStateNames, type RefusalReason } from "@weimenhu/domain/cases/state";
import { clockWords, pauseWords, refusalNames, stepCheckWords, stepNames } from "@weimenhu/domain/cases/words";
import type { ReactNode } from "react";
import { now } from "../platform/clock.ts";
import type { CaseFace, CaseStep } from "../wire.ts";
import { AppealedNote } from "./appealed.tsx";
import { Box } from "./box.tsx";
import { Stack } from "./card.tsx";
import { dateText } from "./date.ts";
import { dated } from "./dated.tsx";
import type { IconName } from "./icon.tsx";
import { refusedPhotos } from "./refused-photos.ts";
import { Thumbs } from "./thumbs.tsx";
import { Para, Tag, type Tone } from "./words.tsx";

const way = ["pending", "accepted", "handling", "confirming", "closed"] as const;

const rounds = { first: null, reopened: "重开", rectify: "重开" } as const;

/** Where a case is on its way. What left the way (not taken up, withdrawn) has none. */
export function CaseBar({ face }: { face: CaseFace }) {
  const at = way.findIndex((state) => state === face.state);
  const round = rounds[face.round];
  // What left the way is told by the clock's own words.
  const off = face.state === "refused" || face.outcome === "withdrawn";
  const here = caseStateNames[face.state];
  if (off && face.level === "village" && round === null) return null;
  return (
    <Stack gap={2}>
      {off ? null : (
        <Box>
          <Box role="img" label={`办理进度：${here}，第 ${at + 1} 步，共 ${way.length} 步`} class="way">
            {way.map((state, i) => (
              <Box key={state} class={`way-step${i < at ? " way-past" : i === at ? " way-here" : ""}`}>
                <Box class="way-line" />
                <Box class="way-word">{caseStateNames[state]}</Box>
              </Box>
            ))}
          </Box>
          <Box class="way-told" hidden>{`${here}（第 ${at + 1} 步，共 ${way.length} 步）`}</Box>
        </Box>
      )}
      {face.level === "town" || round ? (
        <Box class="wrap">
          {face.level === "town" ? <Marked tone="indigo" icon="landmark" words="转镇里办理" /> : null}
          {round ? <Marked tone="rice" icon="rotate-cw" words={round} /> : null}
        </Box>
      ) : null}
    </Stack>
  );
}

const Marked = ({ tone, icon, words }: { tone: Tone; icon: IconName; words: string }) => (
  <Box class="wrap-in">
    <Tag tone={tone} icon={icon}>
      {words}
    </Tag>
  </Box>
);

const colours: Record<CaseFace["clock"]["colour"], { tone: Tone; icon: IconName }> = {
  green: { tone: "pine", icon: "clock" },
  yellow: { tone: "rice", icon: "clock" },
  red: { tone: "seal", icon: "circle-alert" },
  paused: { tone: "plain", icon: "circle-stop" },
  done: { tone: "pine", icon: "circle-check" },
};

const left = {
  refused: { tone: "seal", icon: "x" },
  withdrawn: { tone: "plain", icon: "undo-2" },
} as const satisfies Record<string, { tone: Tone; icon: IconName }>;

type Clock = { face: CaseFace; steps?: readonly CaseStep[] | undefined; why?: string | undefined; mine?: boolean };

/** Does whoever reads this record have raised it? */
const raisedByMe = (steps: readonly CaseStep[]): boolean =>
  steps.some(({ move, by }) => move === "raise" && by?.mine === true);

/**
 * The clock: icon, word and a sentence. `steps`, or `why` where there are none: with them a clock that stands still says why.
 * `mine`: it is read by whoever raised it.
 */
export function CaseClock({ face, steps = [], why = pauseWords(steps), mine = raisedByMe(steps) }: Clock) {
  const { clock, state } = face;
  const { word, sentence } = clockWords(face, now(), { why, mine });
  const look =
    state === "refused" ? left.refused : face.outcome === "withdrawn" ? left.withdrawn : colours[clock.colour];
  const runs = clock.colour === "green" || clock.colour === "yellow" || clock.colour === "red";
  return (
    <Box class="clock">
      <Tag tone={look.tone} icon={look.icon}>
        {word}
      </Tag>
      <Box class="clock-told t-small">
        {dated(sentence)}
        {runs && clock.provisional ? "（暂定，节假日安排公布后会重算）" : ""}
      </Box>
    </Box>
  );
}

type Steps = { steps: readonly CaseStep[]; hideRaise?: boolean; appeal?: (step: CaseStep) => ReactNode };

/** What was done (办理经过), in the order in which it happened. `appeal`: what stands beside own words that were refused. */
export function CaseSteps({ steps, hideRaise = false, appeal }: Steps) {
  const names = stepNames(steps);
  const named = steps.map((step, i) => ({ step, name: names[i] ?? "" }));
  const shown = named.filter(({ step }) => !(hideRaise && step.move === "raise"));
  return (
    <Box role="list" label="办理经过" class="card flush">
      {shown.map(({ step, name }, i) => (
        <Box key={step.id} role="listitem" class={i === 0 ? "row" : "row row-line"}>
          <Box class="grow">
            <Stack gap={2}>
              <StepHead step={step} name={name} />
              {step.reason ? <Para>{reasonWords(step.reason)}</Para> : null}
              {stepCheckWords(step) ? <Para size="small">{stepCheckWords(step)}</Para> : null}
              {step.refused ? <Para size="small">{refusedWords(step)}</Para> : null}
              {appeal ? appeal(step) : step.appealed ? <AppealedNote appealed={step.appealed} /> : null}
              {step.text === "" ? null : <Para class="case-words">{step.text}</Para>}
              <Thumbs photos={step.photos} label={`${name}的照片`} />
            </Stack>
          </Box>
        </Box>
      ))}
    </Box>
  );
}

const refusedWords = ({ refused, photos, photosRefused }: CaseStep): string =>
  [refusedPhotos(photos.length, photosRefused), refused].filter(Boolean).join("。原因：");
const reasonWords = (reason: RefusalReason): string => `原因：${refusalNames[reason]}`;

function StepHead({ step, name }: { step: CaseStep; name: string }) {
  const { by, at } = step;
  const official = by?.mark === "official";
  return (
    <Box>
      <Box class="beside-wrap">
        {official ? (
          <Tag tone="seal" icon="shield-check">
            官方
          </Tag>
        ) : null}
        <Box class="t-strong">{`${whoWords(step)}${name}`}</Box>
      </Box>
      <Para size="note">{dateText(at, now())}</Para>
    </Box>
  );
}

/** `李立冬（竹溪村书记）`; the clock's own steps have nobody. */
function whoWords({ by }: CaseStep): string {
  if (by === null) return "";
  const name = by.mine ? "我" : by.name;
  return by.title ? `${name}（${by.title}）` : `${name} `;
}
