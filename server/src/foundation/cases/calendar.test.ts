import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { ConfigFault } from "../../kernel/config.ts";
import { loadCalendar } from "./service.calendar.ts";

const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-workdays-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const file = (text: string): string => {
  const name = path.join(dir, "days.json");
  writeFileSync(name, text);
  return name;
};

test("the kept schedule knows the announced holidays and make-up days", () => {
  const calendar = loadCalendar("");
  expect(calendar.isWorkday("2026-02-17")).toBe(false);
  expect(calendar.isWorkday("2026-02-14")).toBe(true);
  expect(calendar.isWorkday("2026-11-21")).toBe(false);
  expect(calendar.isProvisional(2026)).toBe(false);
  expect(calendar.isProvisional(2099)).toBe(true);
});

test("local days win over the announced ones, and do not make a year announced", () => {
  const calendar = loadCalendar(file('{"holidays": ["2026-11-23", "2099-03-03"], "makeUps": ["2026-02-17"]}'));
  expect(calendar.isWorkday("2026-11-23")).toBe(false);
  expect(calendar.isWorkday("2026-02-17")).toBe(true);
  expect(calendar.isWorkday("2099-03-03")).toBe(false);
  expect(calendar.isProvisional(2099)).toBe(true);
});

test.each([
  ["no JSON", "{", "is not JSON"],
  ["a day that is none", '{"holidays": ["2027-02-30"]}', "holidays.0"],
  ["a word that is none of ours", '{"holiday": []}', "as a whole"],
  ["a day as both", '{"holidays": ["2027-03-03"], "makeUps": ["2027-03-03"]}', "both"],
])("a file with %s stops the start with one line that names it", (_, text, why) => {
  const name = file(text);
  const load = () => loadCalendar(name);
  expect(load).toThrow(ConfigFault);
  expect(load).toThrow(why);
  expect(load).toThrow(expect.objectContaining({ lines: [expect.stringMatching(/^WORKDAYS_FILE: /)] }));
});

test("a file that is not there stops the start too", () => {
  expect(() => loadCalendar(path.join(dir, "none.json"))).toThrow("cannot be read");
});
