import { dayMs, dayOf } from "../base/workday.ts";

/**
 * An appointment as a file for a phone's calendar (iCalendar, RFC 5545): lines end in CRLF and are folded after 75 octets, never
 * within a letter; times are UTC. A newer `version` of the same id replaces the entry, and a cancelled one takes it away.
 */
export type CalendarEntry = {
  /** Unique in the world and for ever: an id and the site's host. */
  uid: string;
  version: number;
  state: "confirmed" | "cancelled";
  /** Epoch milliseconds. */
  start: number;
  end: number;
  writtenAt: number;
  title: string;
  place: string;
  /** Degrees; null where nobody gave them. */
  at: { lat: number; lng: number } | null;
  notes: string;
  url: string;
};

const two = (n: number): string => String(n).padStart(2, "0");
/** `20261201T003000Z`. A day in China is one of the world's eight hours later. */
function stamp(ms: number): string {
  const day = dayOf(ms - 8 * 3_600_000);
  const seconds = Math.floor((ms % dayMs) / 1000);
  const time = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => two(Math.floor(part)));
  return `${day.replace(/-/g, "")}T${time.join("")}Z`;
}
const words = (text: string): string =>
  text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/[\u0000-\u001f\u007f]/g, " ");

const octets = (letter: string): number => {
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** A continued line begins with a blank, which counts too. */
function folded(line: string): string {
  let out = "";
  let length = 0;
  for (const letter of line) {
    const size = octets(letter);
    if (length + size > 75) {
      out += "\r\n ";
      length = 1;
    }
    out += letter;
    length += size;
  }
  return out;
}

export function calendarFile(entry: CalendarEntry): string {
  const { state, at } = entry;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//weimenhu//appointments//ZH",
    `METHOD:${state === "cancelled" ? "CANCEL" : "PUBLISH"}`,
    "BEGIN:VEVENT",
    `UID:${words(entry.uid)}`,
    `SEQUENCE:${entry.version}`,
    `STATUS:${state.toUpperCase()}`,
    `DTSTAMP:${stamp(entry.writtenAt)}`,
    `DTSTART:${stamp(entry.start)}`,
    `DTEND:${stamp(entry.end)}`,
    `SUMMARY:${words(entry.title)}`,
    `LOCATION:${words(entry.place)}`,
    ...(at ? [`GEO:${at.lat.toFixed(6)};${at.lng.toFixed(6)}`] : []),
    `DESCRIPTION:${words(entry.notes)}`,
    `URL:${entry.url.replace(/[\r\n]/g, "")}`,
    ...(state === "confirmed"
      ? ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${words(entry.title)}`, "TRIGGER:-PT2H", "END:VALARM"]
      : []),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
