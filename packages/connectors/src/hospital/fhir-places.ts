import type { FhirClient } from "./fhir.client.ts";
import {
  endInstant,
  isRef,
  type Place,
  placeOf,
  startInstant,
  type Timetable,
  timetableOf,
  toInstant,
} from "./fhir-read.ts";
import type { HoldNo, Period, PeriodQuestion } from "./port.ts";

/** So many schedules in one question, so that its address stays short. */
const AT_ONCE = 20;

async function timetables(client: FhirClient, actor: string): Promise<Timetable[]> {
  const found: Timetable[] = [];
  for await (const { resources } of client.pages("Schedule", [
    ["active", "true"],
    ["actor", actor],
    ["_count", "100"],
  ]))
    for (const one of resources) {
      const timetable = timetableOf(one);
      if (timetable) found.push(timetable);
    }
  return found;
}

async function places(client: FhirClient, schedules: readonly Timetable[], from: string, to: string): Promise<Place[]> {
  const found: Place[] = [];
  for (let at = 0; at < schedules.length; at += AT_ONCE) {
    const some = schedules.slice(at, at + AT_ONCE).map(({ id }) => `Schedule/${id}`);
    const query = [
      ["schedule", some.join(",")],
      ["start", `ge${from}`],
      ["start", `lt${to}`],
      ["_sort", "start"],
      ["_count", "100"],
    ] as const;
    for await (const { resources } of client.pages("Slot", query))
      for (const one of resources) {
        const place = placeOf(one);
        if (place) found.push(place);
      }
  }
  return found;
}

/** Places of one doctor with the same start make a period; those that are kept back count only when all of them are: then it is stopped. */
export async function periodsOf(client: FhirClient, question: PeriodQuestion): Promise<Period[]> {
  const { from, to } = question;
  const ref = "doctor" in question ? question.doctor : question.department;
  if (!isRef(ref) || from > to) return [];
  const schedules = await timetables(
    client,
    `${"doctor" in question ? "PractitionerRole" : "HealthcareService"}/${ref}`,
  );
  const doctorOf = new Map(schedules.map(({ id, doctor }) => [id, doctor]));
  const periods = new Map<string, Period>();
  for (const { schedule, status, start, end } of await places(client, schedules, startInstant(from), endInstant(to))) {
    const doctor = doctorOf.get(schedule) ?? "";
    const name = `${doctor} ${start}`;
    const period = periods.get(name) ?? { doctor, start, end, free: 0, total: 0, stopped: true };
    periods.set(name, period);
    period.end = Math.max(period.end, end);
    if (status === "stopped") continue;
    period.stopped = false;
    period.total += 1;
    if (status === "free") period.free += 1;
  }
  return [...periods.values()].toSorted((a, b) => a.start - b.start || (a.doctor < b.doctor ? -1 : 1));
}

/** Refs of the free places of a period, the first in the queue first; never an empty list. */
export async function placesAt(
  client: FhirClient,
  doctor: string,
  start: number,
): Promise<{ free: string[] } | HoldNo> {
  if (!isRef(doctor)) return { no: "not-open" };
  const schedules = await timetables(client, `PractitionerRole/${doctor}`);
  const near = await places(client, schedules, toInstant(start), toInstant(start + 60_000));
  const there = near.filter((place) => place.start === start);
  if (there.length === 0) return { no: "not-open" };
  const free = there.filter(({ status }) => status === "free");
  if (free.length > 0)
    return { free: free.toSorted((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1)).map(({ id }) => id) };
  return { no: there.every(({ status }) => status === "stopped") ? "stopped" : "taken" };
}
