/** Dates as people here read them: always Beijing time, without Intl (old phones have none). */
const hour = 3_600_000;
const beijing = 8 * hour;
const weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"] as const;

export type DateParts = {
  year: number;
  month: number;
  day: number;
  weekday: (typeof weekdays)[number];
  hour: number;
  minute: number;
};

/** The calendar of Beijing at an instant (epoch milliseconds), by the rule of days since 1970 (proleptic Gregorian). */
export function dateParts(ms: number): DateParts {
  const local = ms + beijing;
  const days = Math.floor(local / (24 * hour));
  const rest = local - days * 24 * hour;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    weekday: weekdays[(((days + 4) % 7) + 7) % 7] ?? "周日",
    hour: Math.floor(rest / hour),
    minute: Math.floor((rest % hour) / 60_000),
  };
}

const two = (n: number): string => String(n).padStart(2, "0");

/** `11月22日 周日`; another year than that of `now` is said: `2025年11月22日`. */
export function dayText(ms: number, now?: number): string {
  const d = dateParts(ms);
  const sameYear = now === undefined || dateParts(now).year === d.year;
  return sameYear ? `${d.month}月${d.day}日 ${d.weekday}` : `${d.year}年${d.month}月${d.day}日`;
}

/** `09:30` */
export function timeText(ms: number): string {
  const d = dateParts(ms);
  return `${two(d.hour)}:${two(d.minute)}`;
}

/** `11月22日 周日 09:30` */
export const dateText = (ms: number, now?: number): string => `${dayText(ms, now)} ${timeText(ms)}`;

/** The instant of a day `yyyy-mm-dd` and a time `hh:mm` in Beijing; null when they are not such. */
export function instantOf(day: string, time: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})$/.exec(`${day} ${time}`);
  if (!match) return null;
  const [y, m, d, h, min] = match.slice(1).map(Number) as [number, number, number, number, number];
  const year = m <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5) + d - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) * 24 * hour + h * hour + min * 60_000 - beijing;
}

/** `1.2 MB`, `340 KB`, `不到 1 KB` */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return "不到 1 KB";
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
