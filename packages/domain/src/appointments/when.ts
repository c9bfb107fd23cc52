import { dayMs, dayOf, startOf, weekdayOf } from "../base/workday.ts";

const two = (n: number): string => String(n).padStart(2, "0");

/** `11月24日 周二 08:30`, in China, of epoch milliseconds. */
export function whenWords(at: number): string {
  const day = dayOf(at);
  const minutes = Math.floor(((at - startOf(day)) % dayMs) / 60_000);
  const [, month, date] = day.split("-").map(Number);
  const weekday = ["日", "一", "二", "三", "四", "五", "六"][weekdayOf(day)];
  return `${month}月${date}日 周${weekday} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
