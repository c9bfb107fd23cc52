import { expect, test } from "vitest";
import { dateParts, dateText, dayText, instantOf, sizeText } from "./date.ts";

const at = (iso: string) => Date.parse(iso);

test("a date is said in Beijing time whatever the phone's zone", () => {
  expect(dateText(at("2026-11-22T01:30:00Z"))).toBe("11月22日 周日 09:30");
  expect(dateText(at("2026-11-21T16:00:00Z"))).toBe("11月22日 周日 00:00");
  expect(dateText(at("2026-11-21T15:59:59Z"))).toBe("11月21日 周六 23:59");
});

test("the calendar agrees with the platform's own on every day from 1969 to 2101", () => {
  for (let ms = at("1969-01-01T00:00:00Z"); ms < at("2101-03-02T00:00:00Z"); ms += 86_400_000) {
    const mine = dateParts(ms);
    const own = new Date(ms + 8 * 3_600_000);
    expect([mine.year, mine.month, mine.day]).toEqual([own.getUTCFullYear(), own.getUTCMonth() + 1, own.getUTCDate()]);
    expect("日一二三四五六".charAt(own.getUTCDay())).toBe(mine.weekday.charAt(1));
  }
});

test("another year is said, the same year is not", () => {
  const now = at("2026-01-01T00:00:00+08:00");
  expect(dayText(at("2025-12-31T23:59:00+08:00"), now)).toBe("2025年12月31日");
  expect(dayText(at("2026-12-31T12:00:00+08:00"), now)).toBe("12月31日 周四");
});

test("a picked day and time come back as the instant that is shown", () => {
  const ms = instantOf("2028-02-29", "07:05");
  expect(ms).toBe(at("2028-02-29T07:05:00+08:00"));
  expect(instantOf("", "07:05")).toBeNull();
  expect(instantOf("2028-02-29", "")).toBeNull();
});

test("sizes are said in the nearest unit", () => {
  expect([sizeText(512), sizeText(348_211), sizeText(5_400_000)]).toEqual(["不到 1 KB", "340 KB", "5.1 MB"]);
});
