/** The one place of the desk that knows the time. The county lives in UTC+8, which has no summer time. */
const offset = 8 * 3_600_000;
const weekdays = "日一二三四五六";
const two = (n: number): string => String(n).padStart(2, "0");

export const now = (): number => Date.now();

/** `11月22日 周日 09:30`; another year than `at`'s is named. */
export function timeWords(ms: number, at: number): string {
  const day = new Date(ms + offset);
  const year = day.getUTCFullYear();
  const prefix = year === new Date(at + offset).getUTCFullYear() ? "" : `${year}年`;
  return `${prefix}${day.getUTCMonth() + 1}月${day.getUTCDate()}日 周${weekdays.charAt(day.getUTCDay())} ${two(day.getUTCHours())}:${two(day.getUTCMinutes())}`;
}

/** How long something has waited, in the largest unit that says enough. */
export function waitedWords(since: number, at: number): string {
  const minutes = Math.max(0, Math.floor((at - since) / 60_000));
  if (minutes < 1) return "不到 1 分钟";
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`;
}

/** Value of a `datetime-local` field. */
export function toField(ms: number): string {
  return new Date(ms + offset).toISOString().slice(0, 16);
}

/** Null unless the field holds a whole date and time. */
export function fromField(value: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value)) return null;
  const ms = Date.parse(`${value}:00Z`);
  return Number.isNaN(ms) ? null : ms - offset;
}
