import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Calendar, calendarOf, type Schedule } from "@weimenhu/domain/base/workday";
import * as z from "zod";
import { shanghaiDay, shanghaiMidnight } from "../../kernel/clock.ts";
import { ConfigFault } from "../../kernel/config.ts";

const day = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(shanghaiMidnight(text)) && real(text),
    "is no day like 2027-02-06",
  );
const real = (text: string): boolean => shanghaiDay(shanghaiMidnight(text)) === text;
const local = z
  .strictObject({ holidays: z.array(day).default([]), makeUps: z.array(day).default([]) })
  .refine(({ holidays, makeUps }) => !holidays.some((one) => makeUps.includes(one)), "names a day as both");

const require = createRequire(import.meta.url);

/** Of the kept package: what was announced, by day. */
const announced = z.object({ holidays: z.record(day, z.string()), workdays: z.record(day, z.string()) });

/**
 * The working days: the announced schedules that came with this build, and the local days of `WORKDAYS_FILE`
 * (`{"holidays": ["2027-03-03"], "makeUps": []}`), which win. A file at fault is a `ConfigFault` in one line.
 */
export function loadCalendar(file: string): Calendar {
  const found = announced.parse(require("chinese-days/dist/chinese-days.json"));
  const schedule: Schedule = {
    holidays: Object.keys(found.holidays),
    makeUps: Object.keys(found.workdays),
    ...(file === "" ? {} : { local: localDays(file) }),
  };
  return calendarOf(schedule);
}

function localDays(file: string): z.output<typeof local> {
  const fault = (why: string) => new ConfigFault([`WORKDAYS_FILE: ${file} ${why}`]);
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw fault(cause instanceof SyntaxError ? "is not JSON" : "cannot be read");
  }
  const read = local.safeParse(data);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw fault(`${first?.path.join(".") || "as a whole"}: ${first?.message ?? "is at fault"}`);
}
