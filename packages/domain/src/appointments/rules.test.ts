import { describe, expect, test } from "vitest";
import { type BookingFacts, type BookingNo, bookingNo, bookingSettings, cancelUntil, pausedUntil } from "./rules.ts";

const dayMs = 86_400_000;
const now = Date.parse("2026-11-24T09:00:00+08:00");
const can: BookingFacts = {
  now,
  slot: { start: now + dayMs, closed: false, opensAt: now, capacity: 1, taken: 0 },
  behalf: "self",
  realName: true,
  open: 2,
  sameDay: false,
  pausedUntil: null,
};
const slot = (more: Partial<BookingFacts["slot"]>) => ({ slot: { ...can.slot, ...more } });

describe("booking", () => {
  const table: [BookingNo | null, Partial<BookingFacts>][] = [
    [null, {}],
    [null, { behalf: "mandate" }],
    ["MANDATE_FIRST", { behalf: "none" }],
    ["MANDATE_ENDED", { behalf: "ended" }],
    ["REAL_NAME_FIRST", { realName: false }],
    ["SLOT_PAST", slot({ start: now })],
    [null, slot({ start: now + 1 })],
    ["SLOT_CLOSED", slot({ closed: true })],
    ["NOT_OPEN_YET", slot({ opensAt: now + 1 })],
    ["BOOKING_PAUSED", { pausedUntil: now + 1 }],
    [null, { pausedUntil: now }],
    ["SAME_DAY", { sameDay: true }],
    ["OPEN_LIMIT", { open: 3 }],
    ["SLOT_FULL", slot({ taken: 1 })],
  ];
  test.each(table)("%s: %o", (no, more) => {
    expect(bookingNo({ ...can, ...more }, bookingSettings)).toBe(no);
  });

  test("who reads that it is full has nothing else in the way of the waiting list", () => {
    const others = table.filter(([no]) => no !== null && no !== "SLOT_FULL");
    for (const [no, more] of others) {
      const full = { ...can, ...more, slot: { ...(more.slot ?? can.slot), taken: 1 } };
      expect(bookingNo(full, bookingSettings)).toBe(no);
    }
  });
});

test("an appointment is cancelled until five in the afternoon of the day before, also over a month's end", () => {
  expect(cancelUntil(bookingSettings, "2026-12-01")).toBe(Date.parse("2026-11-30T17:00:00+08:00"));
});

describe("not coming", () => {
  const days = (...ago: number[]) => ago.map((one) => now - one * dayMs);
  test("three times pauses for thirty days from the third, and not a moment longer", () => {
    expect(pausedUntil(bookingSettings, days(40, 20), now)).toBeNull();
    expect(pausedUntil(bookingSettings, days(40, 20, 0), now)).toBe(now + 30 * dayMs);
    expect(pausedUntil(bookingSettings, days(0, 40, 20), now + 30 * dayMs - 1)).toBe(now + 30 * dayMs);
    expect(pausedUntil(bookingSettings, days(40, 20, 0), now + 30 * dayMs)).toBeNull();
  });
  test("what led to one pause does not lead to the next", () => {
    expect(pausedUntil(bookingSettings, days(80, 70, 60, 2, 1), now)).toBeNull();
    expect(pausedUntil(bookingSettings, days(80, 70, 60, 3, 2, 1), now)).toBe(now + 29 * dayMs);
  });
  test("is forgotten after half a year", () => {
    expect(pausedUntil(bookingSettings, days(180, 1, 0), now)).toBeNull();
    expect(pausedUntil(bookingSettings, days(179, 1, 0), now)).toBe(now + 30 * dayMs);
  });
});
