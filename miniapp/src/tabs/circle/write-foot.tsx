import type { Place } from "../../place.ts";
import { to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { Para } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";
import { type Speech, speechOf } from "./speech.ts";

/** The one button of the page: to write, or to what must come first, and why. */
export function WriteFoot(props: { me: Me | null; place: Place; speech: Speech | null }) {
  const { me, place } = props;
  const speech = props.speech ?? (me ? speechOf(me, place.code) : "ok");
  if (speech === "PHONE_FIRST") {
    return (
      <Stack gap={2}>
        <Para size="small">验证手机号、认证成为村民以后，就能在这里发言</Para>
        <Button kind="primary" icon="smartphone" to={to("phone")}>
          验证手机号
        </Button>
      </Stack>
    );
  }
  if (speech === "VERIFY_FIRST") {
    const applied = me?.villages.some(({ code, verification }) => code === place.code && verification === "pending");
    return (
      <Stack gap={2}>
        <Para size="small">
          {applied ? "您的村民认证正在办理，通过以后就能在这里发言" : `认证成为${place.name}村民以后，就能在这里发言`}
        </Para>
        <Button kind={applied ? "second" : "primary"} icon="badge-check" to={to("verify", { region: place.code })}>
          {applied ? "看认证办到哪里了" : "认证成为村民"}
        </Button>
      </Stack>
    );
  }
  return (
    <Button kind="primary" icon="pencil" to={to("writePost", { village: place.code })}>
      发布
    </Button>
  );
}
