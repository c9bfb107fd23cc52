/** Minutes east of Greenwich; publishers who name no zone mean the country's one time. */
const CHINA = 480;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  cst: CHINA,
  est: -300,
  edt: -240,
  pst: -480,
  pdt: -420,
};

const ISO =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const RFC822 =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([a-z]{1,4}|[+-]\d{2}:?\d{2})?$/i;

/**
 * Epoch milliseconds of a feed's date: RFC 3339 (Atom, JSON Feed), RFC 822 (RSS), and what Chinese portals write instead
 * (`2026-09-01 08:00:00`, `2026/9/1`), which is Beijing time. Undefined for everything else; nothing is guessed.
 */
export function timeOf(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? "";
  const iso = ISO.exec(trimmed);
  if (iso) {
    const [, year, month, day, hour, minute, second, zone] = iso;
    return epoch(
      Number(year),
      Number(month),
      Number(day),
      Number(hour ?? 0),
      Number(minute ?? 0),
      Number(second ?? 0),
      zoneOf(zone),
    );
  }
  const mail = RFC822.exec(trimmed);
  if (!mail) return undefined;
  const [, day, name = "", year = "", hour, minute, second, zone] = mail;
  const full = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  return epoch(full, month, Number(day), Number(hour), Number(minute), Number(second ?? 0), zoneOf(zone));
}

function zoneOf(zone: string | undefined): number | undefined {
  if (!zone) return CHINA;
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!offset) return ZONES[zone.toLowerCase()];
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return offset[1] === "-" ? -minutes : minutes;
}

function epoch(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  zone: number | undefined,
) {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const known = zone !== undefined && year >= 1970 && year <= 9999 && day >= 1 && day <= (lengths[month - 1] ?? 0);
  if (!known || hour > 23 || minute > 59 || second > 60) return undefined;
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const days =
    (year - 1970) * 365 +
    (leaps - 477) +
    lengths.slice(0, month - 1).reduce((sum, length) => sum + length, 0) +
    day -
    1;
  return ((days * 24 + hour) * 60 + minute - zone) * 60_000 + second * 1_000;
}
