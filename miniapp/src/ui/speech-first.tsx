import { covers } from "@weimenhu/domain/base/region";
import type { Place } from "../place.ts";
import { to } from "../platform/navigate.ts";
import type { Me, OutputOf } from "../wire.ts";
import { Button } from "./button.tsx";
import { Stack } from "./card.tsx";
import type { IconName } from "./icon.tsx";
import type { Way } from "./missing.ts";
import { Para } from "./words.tsx";

/** May this person speak in a village? Else what must come first. */
export type Speech = NonNullable<OutputOf<"circle.feed">["mayPost"]>;

const cadres: readonly Me["roles"][number]["role"][] = ["committee", "secretary", "supervisor", "clerk"];

/** What can be told before the server was asked. */
export function speechOf(me: Me, village: string): Speech {
  if (me.phone === null) return "PHONE_FIRST";
  const verified = me.villages.some(({ code, verification }) => code === village && verification === "verified");
  const office = me.roles.some(({ role, region }) => cadres.includes(role) && covers(region, village));
  return verified || office ? "ok" : "VERIFY_FIRST";
}

type First = { words: string; way: Way; icon: IconName; waits: boolean };

/** What must come first, in plain words, and where that is done; null when nothing must. `waits`: the village has the word. */
export function firstOf(speech: Speech, me: Me | null, { code, name }: Place): First | null {
  if (speech === "ok") return null;
  if (speech === "PHONE_FIRST") {
    const words = "验证手机号、认证成为村民以后，就能在这里发言";
    return { words, way: { words: "验证手机号", to: to("phone") }, icon: "smartphone", waits: false };
  }
  const state = me?.villages.find((village) => village.code === code)?.verification;
  const way = (words: string) => ({ words, to: to("verify", { region: code }) });
  if (state === "pending") {
    const words = "您的村民认证正在办理，通过以后就能在这里发言";
    return { words, way: way("看认证办到哪里了"), icon: "badge-check", waits: true };
  }
  if (state === "refused") {
    const words = `您的村民认证没有通过，还不能在${name}发言。看了原因可以重新申请`;
    return { words, way: way("看原因"), icon: "badge-check", waits: false };
  }
  const words = `认证成为${name}村民以后，就能在这里发言`;
  return { words, way: way("认证成为村民"), icon: "badge-check", waits: false };
}

/** Instead of what one writes with: why not yet, and the way there. `small`: at the foot of a page about something else. */
export function SpeechFirst({ first, small = false }: { first: First; small?: boolean }) {
  return (
    <Stack gap={small ? 2 : 3}>
      <Para size={small ? "small" : "body"}>{first.words}</Para>
      <Button kind={first.waits ? "second" : "primary"} icon={first.icon} to={first.way.to}>
        {first.way.words}
      </Button>
    </Stack>
  );
}
