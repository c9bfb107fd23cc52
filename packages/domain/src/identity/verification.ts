/** Becoming a verified villager (认证村民): applied for, matched with the household roster or decided by the secretary. */
export const verificationStates = ["pending", "verified", "refused", "ended"] as const;
export type VerificationState = (typeof verificationStates)[number];

/** Years of age from which one may apply alone. Of a child nothing is taken in before a guardian has agreed (个人信息保护法 31). */
export const childUntil = 14;

/** Reasons a secretary may give; each says what the applicant can do next. */
export const verificationReasons = {
  "not-on-roster": "花名册里没有查到您，请带身份证或户口本到村委会登记",
  "name-differs": "姓名和花名册不一致，请核对后重新申请",
  "wrong-group": "村民小组不对，请核对后重新申请",
  "moved-away": "户口已迁出本村，请在现户籍地认证",
  other: "请看村里的说明",
} as const;
export type VerificationReason = keyof typeof verificationReasons;

export type RosterEntry = { name: string; group: string };

/** Name and ID number both agree with the roster of that village: no person needs to look. */
export function rosterMatch(entry: RosterEntry | null, applied: { name: string }): "verified" | "pending" {
  return entry !== null && entry.name === applied.name.trim() ? "verified" : "pending";
}
