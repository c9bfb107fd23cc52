import fc from "fast-check";
import { expect, test } from "vitest";
import { timeOf } from "./time.ts";

test.each([
  ["2026-09-01T08:00:00+08:00", "2026-09-01T00:00:00Z"],
  ["2026-09-01T00:00:00Z", "2026-09-01T00:00:00Z"],
  ["2026-09-01T00:00:00.123Z", "2026-09-01T00:00:00Z"],
  ["2026-09-01t00:00:00z", "2026-09-01T00:00:00Z"],
  ["2024-02-29T23:59:59-05:30", "2024-03-01T05:29:59Z"],
  ["Tue, 01 Sep 2026 08:00:00 +0800", "2026-09-01T00:00:00Z"],
  ["Tue, 1 Sep 2026 00:00:00 GMT", "2026-09-01T00:00:00Z"],
  ["01 Sep 26 00:00 UT", "2026-09-01T00:00:00Z"],
  ["Tue, 01 September 2026 08:00:00", "2026-09-01T00:00:00Z"],
  ["2026-09-01 08:00:00", "2026-09-01T00:00:00Z"],
  ["2026-09-01 08:00", "2026-09-01T00:00:00Z"],
  ["2026/9/1", "2026-08-31T16:00:00Z"],
  [" 2026-09-01 ", "2026-08-31T16:00:00Z"],
])("%s is %s", (text, expected) => {
  expect(timeOf(text)).toBe(Date.parse(expected));
});

test.each([
  "",
  undefined,
  "yesterday",
  "2026-13-01",
  "2026-02-29",
  "2026-09-01 25:00:00",
  "1969-01-01",
  "Tue, 01 Foo 2026 08:00:00 GMT",
  "2026-09-01 08:00 XYZ",
  "20260901",
])("%s is not guessed at", (text) => {
  expect(timeOf(text)).toBeUndefined();
});

test("every second from 1970 to 2200 is read back as written", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 7_258_118_400 }),
      (seconds) => timeOf(new Date(seconds * 1000).toISOString()) === seconds * 1000,
    ),
  );
});
