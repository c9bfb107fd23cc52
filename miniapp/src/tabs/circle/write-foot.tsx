import type { Place } from "../../place.ts";
import { to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { firstOf, type Speech, SpeechFirst, speechOf } from "../../ui/speech-first.tsx";
import { Para } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";

/** The one button of the page: to write, or to what must come first, and why. */
export function WriteFoot(props: { me: Me | null; place: Place; speech: Speech | null; why: string | undefined }) {
  const { me, place, why } = props;
  if (why) return <Para size="small">{why}</Para>;
  const first = firstOf(props.speech ?? (me ? speechOf(me, place.code) : "ok"), me, place);
  if (first) return <SpeechFirst small first={first} />;
  return (
    <Button kind="primary" icon="pencil" to={to("writePost", { village: place.code })}>
      发布
    </Button>
  );
}
