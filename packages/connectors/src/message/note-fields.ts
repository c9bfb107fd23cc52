import type { NoteTemplate, NoteWords } from "../ports.ts";

/** Vendors read Beijing time, wherever this process runs: `2026年11月22日 09:30`. */
export function noteTime(ms: number): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Shanghai",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(ms);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}年${of("month")}月${of("day")}日 ${of("hour")}:${of("minute")}`;
}

/** Letters as people count them. */
const cut = (text: string, most: number): string => [...text].slice(0, most).join("");

/** The template's own fields with their words, each cut to what the vendor takes there. */
export function noteData(
  { fields }: NoteTemplate,
  words: NoteWords,
  mostIn: (field: string) => number,
): Record<string, { value: string }> {
  const said = { ...words, at: noteTime(words.at) };
  return Object.fromEntries(
    Object.entries(fields).map(([field, what]) => [field, { value: cut(said[what], mostIn(field)) }]),
  );
}
