import type { CheckState } from "./post.ts";

/** Why something may not be shown, in the words of the public record (内容处置记录). */
export const riskLabels = {
  ad: "广告",
  politics: "时政有害信息",
  porn: "色情低俗",
  abuse: "辱骂攻击",
  crime: "违法犯罪",
  fraud: "欺诈",
  copyright: "侵犯版权",
  privacy: "泄露他人隐私",
  other: "其他不适合公开的内容",
} as const;
export type RiskLabel = keyof typeof riskLabels;
export const riskLabelKeys = Object.keys(riskLabels) as [RiskLabel, ...RiskLabel[]];

/**
 * What is known of one part (the words, or one picture) of one version of something: `waiting` no answer yet, `lost` there will
 * be none, so a person looks. The others are the checker's words.
 */
export const partStates = ["waiting", "pass", "review", "risky", "lost"] as const;
export type PartState = (typeof partStates)[number];

/** Where the whole stands, from all its parts. Something of which no part was checked is never shown. */
export function checkFrom(parts: readonly PartState[]): CheckState {
  if (parts.includes("risky")) return "refused";
  if (parts.length === 0 || parts.includes("review") || parts.includes("lost")) return "held";
  return parts.includes("waiting") ? "checking" : "passed";
}

/** What the author of refused words reads. */
export const refusedBecause = (label: RiskLabel): string => `自动审核认为可能含有“${riskLabels[label]}”，没有发出`;

/** What a checker found in one part that it did not pass, for whoever decides about it. */
export function foundWords({
  part,
  state,
  label,
}: {
  part: "words" | "photo";
  state: PartState;
  label: RiskLabel;
}): string {
  const what = part === "words" ? "文字" : "照片";
  if (state === "lost") return `${what}：自动审核没有结果`;
  return label === "other" ? `${what}：自动审核拿不准，要请人看` : `${what}：可能是${riskLabels[label]}`;
}

export const dutyLimits = {
  /** Tries of a checker that gives no answer before a person looks; with waits between, some five minutes. */
  tries: 8,
  /** A platform that was asked about a picture answers within half an hour; what comes later finds a person looking. */
  pushMs: 40 * 60_000,
  appeal: 200,
  /** What was deleted is kept as evidence for six months (网络安全法), which have 184 days at most. */
  deletedMs: 184 * 86_400_000,
} as const;

/** Under this age nobody speaks in public without the guardian's consent (个人信息保护法 31, 未成年人网络保护条例). */
export const guardianAge = 14;
export const needsGuardian = (age: number | null, consented: boolean): boolean =>
  age !== null && age < guardianAge && !consented;
