import fc from "fast-check";
import { expect, test } from "vitest";
import { type CalendarEntry, calendarFile } from "./calendar-file.ts";

const entry: CalendarEntry = {
  uid: "01J@example.test",
  version: 2,
  state: "confirmed",
  start: Date.parse("2026-12-01T08:30:00+08:00"),
  end: Date.parse("2026-12-01T08:45:00+08:00"),
  writtenAt: Date.parse("2026-11-25T09:00:00+08:00"),
  title: "挂号：眼科",
  place: "示例县人民医院，门诊楼 2 楼",
  at: { lat: 30.41, lng: 103.46 },
  notes: "请带身份证；\n复诊带病历, 和药",
  url: "https://example.test/appointment?id=1",
};
/** As a calendar reads it: continued lines joined, signs without their mark. */
const read = (file: string) =>
  new Map(
    file
      .replace(/\r\n /g, "")
      .split("\r\n")
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)] as const),
  );
const bare = (text = "") => text.replace(/\\([\\;,n])/g, (_, sign) => (sign === "n" ? "\n" : sign));

test("a calendar reads the time, the place and what to bring", () => {
  const fields = read(calendarFile(entry));
  expect(fields.get("DTSTART")).toBe("20261201T003000Z");
  expect(fields.get("DTEND")).toBe("20261201T004500Z");
  expect(bare(fields.get("LOCATION"))).toBe(entry.place);
  expect(fields.get("GEO")).toBe("30.410000;103.460000");
  expect(fields.get("SEQUENCE")).toBe("2");
});

test("a cancelled one takes the entry away and rings no more", () => {
  const file = calendarFile({ ...entry, state: "cancelled" });
  expect(file).toContain("METHOD:CANCEL\r\n");
  expect(file).toContain("STATUS:CANCELLED\r\n");
  expect(file).not.toContain("VALARM");
});

test("whatever somebody wrote stays inside its field, in lines of at most 75 octets that no letter is cut by", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (title) => {
      const file = calendarFile({ ...entry, title });
      const lines = file.split("\r\n");
      expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
      expect(new TextDecoder().decode(new TextEncoder().encode(file))).toBe(file);
      expect(bare(read(file).get("SUMMARY"))).toBe(
        title.replace(/\r\n|\r/g, "\n").replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " "),
      );
    }),
  );
  const sly = calendarFile({ ...entry, title: "x\r\nATTENDEE:mailto:a@b", url: "https://x\r\nBEGIN:VEVENT" });
  expect(sly).not.toMatch(/^ATTENDEE/m);
  expect(sly.match(/^BEGIN:VEVENT/gm)).toHaveLength(1);
});
