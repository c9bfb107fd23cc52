import { type TemplateName, templateWords } from "@weimenhu/domain/messages/kinds";
import { useConsent } from "../hooks/use-consent.ts";
import { Button } from "./button.tsx";
import { Note } from "./words.tsx";

/**
 * "有答复时告诉我", or `words` that say it of this act, after an act that somebody waits for an answer to. Draws nothing where there is nothing to ask. The phone's
 * own sheet comes only from this tap, so it cannot come up by itself after the act.
 */
export function TellMe({ kind, words }: { kind: TemplateName; words?: string }) {
  const { offered, said, ask } = useConsent([kind]);
  if (!offered) return null;
  if (said === "yes") return <Note tone="pine">好的，会给您发一条通知</Note>;
  if (said === "no") return <Note tone="plain">没有开通知。有了消息，可以在“我的”里的“消息”看到</Note>;
  return (
    <Button kind="second" icon="bell" onTap={() => void ask()}>
      {words ?? templateWords[kind]}
    </Button>
  );
}
