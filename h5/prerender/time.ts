// Swedish writes dates the way the tag rules and ISO 8601 want them.
const beijing = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" });

/** `2026-11-22 09:30`, Beijing time. */
export const minuteOf = (ms: number): string => beijing.format(ms);

/** `2026-11-22T09:30+08:00` */
export const isoOf = (ms: number): string => `${minuteOf(ms).replace(" ", "T")}+08:00`;
