import type { CaseState } from "@weimenhu/domain/cases/state";
import { type TemplateName, templateWords } from "@weimenhu/domain/messages/kinds";
import { useConsent } from "../hooks/use-consent.ts";
import { Button } from "./button.tsx";
import { Note } from "./words.tsx";

/**
 * "有答复时告诉我", or `words` that say it of this act, for something that somebody waits for. Draws nothing where there is
 * nothing to ask, nor while `below` yeses are left. The phone's own sheet comes only from this tap, never by itself.
 */
export function TellMe({ kind, words, below }: { kind: TemplateName; words?: string; below?: number }) {
  const { offered, said, left, ask } = useConsent([kind]);
  if (!offered) return null;
  if (said === "yes") return <Note tone="pine">好的，会给您发一条通知</Note>;
  if (said === "no") return <Note tone="plain">没有开通知。有了消息，可以在“我的”里的“消息”看到</Note>;
  if (below !== undefined && left >= below) return null;
  return (
    <Button kind="second" icon="bell" onTap={() => void ask()}>
      {words ?? templateWords[kind]}
    </Button>
  );
}

const withVillage: readonly CaseState[] = ["pending", "accepted", "handling"];

/** For whoever raised it, while the village has it and no yes is left: the last one was spent by an earlier step. */
export const TellOfCase = ({ state }: { state: CaseState }) =>
  withVillage.includes(state) ? <TellMe kind="progress" words={resultWords} below={1} /> : null;
export const resultWords = "有结果时告诉我";

/** For those in office: the work of some days may be told of before the phone is asked again. */
export const TellOfWork = () => <TellMe kind="duty" below={5} />;
