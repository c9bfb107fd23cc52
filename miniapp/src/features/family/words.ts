import { type MandateConsent, type MandateState, scopeNames } from "@weimenhu/domain/identity/mandate";
import { now } from "../../platform/clock.ts";
import { dayText } from "../../ui/date.ts";
import type { IconName } from "../../ui/icon.tsx";
import type { Tone } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";

export type Mandate = OutputOf<"mandates.ask">;
export type Beside = OutputOf<"mandates.queue">["items"][number];

export const stateWords: Record<MandateState, { word: string; tone: Tone; icon: IconName }> = {
  asked: { word: "等同意", tone: "rice", icon: "clock" },
  standing: { word: "可以替办", tone: "pine", icon: "circle-check" },
  refused: { word: "没有同意", tone: "seal", icon: "circle-alert" },
  ended: { word: "已结束", tone: "plain", icon: "info" },
};

export const consentWords: Record<MandateConsent, string> = {
  self: "本人在自己的手机上同意",
  code: "本人把同意码告诉了代办的人",
  office: "村里看过签字的授权书",
};

/** `预约、取消预约，到 2027年11月23日 为止` */
export function rangeText({ scopes, until, days }: Pick<Mandate, "scopes" | "until" | "days">): string {
  const what = scopes.map((scope) => scopeNames[scope]).join("、");
  return until === null ? `${what}，同意以后 ${days} 天` : `${what}，到 ${dayText(until, now())} 为止`;
}

export const termText = (days: number): string =>
  days % 365 === 0 ? `${days / 365} 年` : days % 30 === 0 ? `${days / 30} 个月` : `${days} 天`;
