/** The version of the privacy text that a person agrees to; a new text asks again. A day, and a number from its second on. */
export const privacyVersion = "2026-11-23.5";
/** What is new in it, in one line, for those who agreed to an earlier one. */
export const privacyNews =
  "新增替家人预约：谁可以替您办、留下什么；预约办事和医院挂号：收集什么、交给谁、留多久；您写的话、照片交给哪个平台检查，删除以后留多久，也写得更清楚。";
/** One-time codes: 6 digits, 5 minutes, single use, 5 tries, one a minute for a phone. */
export const codeRule = { digits: 6, lifeMs: 300_000, tries: 5, gapMs: 60_000, perDay: 10 } as const;
/** Sessions end after 30 days unseen (staff on the desk: 12 hours), however long their life may be; the second factor holds for 12 hours. */
export const sessionRule = { idleMs: 30 * 86_400_000, deskIdleMs: 12 * 3_600_000, strongMs: 12 * 3_600_000 } as const;
