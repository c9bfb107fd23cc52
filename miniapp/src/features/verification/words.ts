import type { VerificationReason } from "@weimenhu/domain/identity/verification";
import type { IconName } from "../../ui/icon.tsx";
import type { Tone } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";

export type Application = OutputOf<"verification.mine">["items"][number];
export type Waiting = OutputOf<"verification.queue">["items"][number];

export const stateWords: Record<Application["state"], { word: string; tone: Tone; icon: IconName }> = {
  pending: { word: "等村里核对", tone: "rice", icon: "clock" },
  verified: { word: "认证村民", tone: "pine", icon: "badge-check" },
  refused: { word: "没有通过", tone: "seal", icon: "circle-alert" },
  ended: { word: "认证已结束", tone: "plain", icon: "info" },
};

/** For the secretary who chooses; the applicant reads the domain's longer words. */
export const reasonWords: Record<VerificationReason, string> = {
  "not-on-roster": "名册里没有这个人",
  "name-differs": "姓名和名册不一致",
  "wrong-group": "村民小组不对",
  "moved-away": "户口已经迁出",
  other: "其他原因",
};
