import { dayMs, dayOf, startOf } from "@weimenhu/domain/base/workday";
import { isObject, type Json, textOf } from "../parse.ts";
import { bad } from "./fhir.client.ts";
import type { Department, Doctor, Entry } from "./port.ts";

/** Codes and extensions that FHIR leaves to whoever agrees on them; see README. */
export const endSystem = "urn:weimenhu:hospital:end";
const heldUntil = "urn:weimenhu:hospital:held-until";

const zoneMs = 8 * 3_600_000;
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as unknown[]).filter(isObject) : []);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});

/** The hospital's words as one plain line of at most 120 letters. */
const lineOf = (value: unknown): string =>
  [
    ...textOf(value)
      .replace(/[\p{C}\s]+/gu, " ")
      .trim(),
  ]
    .slice(0, 120)
    .join("");

export const isRef = (text: string): boolean => /^[A-Za-z0-9.-]{1,64}$/.test(text);

/** The id in a reference to this kind, relative or absolute; "" when it points to something else. */
const idIn = (reference: unknown, kind: string): string => {
  const [, of = "", id = ""] =
    /(?:^|\/)([A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(textOf(reference)) ?? [];
  return of === kind ? id : "";
};
const actorIn = (actors: readonly Json[], kind: string): string =>
  actors.map(({ reference }) => idIn(reference, kind)).find(Boolean) ?? "";

export function idOf(resource: Json): string {
  const id = textOf(resource.id);
  if (!isRef(id)) throw bad("no id");
  return id;
}

/** Epoch milliseconds of FHIR's instant, which always names its zone. */
export function instantOf(value: unknown): number {
  const [, day = "", hour, minute, second, part = "0", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(textOf(value)) ?? [];
  const minutes =
    zone === "Z" ? 0 : Number(`${zone.charAt(0)}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  const within = Number(hour) * 3_600_000 + (Number(minute) - minutes) * 60_000 + Number(second) * 1_000;
  const at = startOf(day) + zoneMs + within + Math.floor(Number(`0.${part}`) * 1_000);
  if (Number.isNaN(at)) throw bad("no instant");
  return at;
}

/** `2026-11-23T08:00:00.000+08:00` */
export function toInstant(at: number): string {
  const day = dayOf(at);
  const ms = at - startOf(day);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const time = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}`;
  return `${day}T${time}.${String(ms % 1_000).padStart(3, "0")}+08:00`;
}
export const startInstant = (day: string): string => toInstant(startOf(day));
export const endInstant = (day: string): string => toInstant(startOf(day) + dayMs);

const codesIn = (concept: unknown): string[] => listOf(objectOf(concept).coding).map((coding) => textOf(coding.code));

/** 就诊序号: the identifier of type VN (visit number). */
function numberOf(resource: Json): number {
  const one = listOf(resource.identifier).find(({ type }) => codesIn(type).includes("VN"));
  const value = Number(textOf(one?.value));
  return Number.isInteger(value) && value > 0 && value < 10_000 ? value : 0;
}

export const lastUpdatedOf = (resource: Json): number => instantOf(objectOf(resource.meta).lastUpdated);

/** `locations`: by id. */
export function departmentOf(resource: Json, locations: ReadonlyMap<string, Json>): Department {
  const code = listOf(resource.specialty).flatMap(codesIn)[0] ?? "";
  const name = lineOf(resource.name);
  if (!name) throw bad("a department without a name");
  const location = listOf(resource.location)[0] ?? {};
  return {
    ref: idOf(resource),
    name,
    code: /^\d\d(\.\d\d)?$/.test(code) ? code : "",
    house: lineOf(objectOf(resource.providedBy).display),
    address: lineOf(objectOf(locations.get(idIn(location.reference, "Location"))?.address).text),
    where: lineOf(location.display),
  };
}

function personName(practitioner: Json | undefined): string {
  const name = listOf(practitioner?.name)[0] ?? {};
  const given = Array.isArray(name.given) ? (name.given as unknown[]).map(textOf).join("") : "";
  return lineOf(name.text) || lineOf(`${textOf(name.family)}${given}`);
}

export function doctorOf(role: Json, department: string, people: ReadonlyMap<string, Json>): Doctor {
  const practitioner = objectOf(role.practitioner);
  const name = personName(people.get(idIn(practitioner.reference, "Practitioner"))) || lineOf(practitioner.display);
  if (!name) throw bad("a doctor without a name");
  return {
    ref: idOf(role),
    department,
    name,
    title: lineOf(listOf(role.code)[0]?.text),
    goodAt: lineOf(listOf(role.specialty)[0]?.text),
  };
}

export type Timetable = { id: string; doctor: string };
/** Undefined for one that is not a doctor's: rooms and machines have schedules too. */
export function timetableOf(schedule: Json): Timetable | undefined {
  const doctor = actorIn(listOf(schedule.actor), "PractitionerRole");
  return doctor ? { id: idOf(schedule), doctor } : undefined;
}

export type Place = {
  id: string;
  schedule: string;
  status: "free" | "busy" | "stopped";
  start: number;
  end: number;
  number: number;
};
const slotStates: Readonly<Record<string, Place["status"]>> = {
  free: "free",
  busy: "busy",
  "busy-tentative": "busy",
  "busy-unavailable": "stopped",
};
/** Undefined for one that was entered in error. */
export function placeOf(slot: Json): Place | undefined {
  if (slot.status === "entered-in-error") return undefined;
  const status = slotStates[textOf(slot.status)];
  const schedule = idIn(objectOf(slot.schedule).reference, "Schedule");
  if (!status || !schedule) throw bad("a place of no kind");
  return {
    id: idOf(slot),
    schedule,
    status,
    start: instantOf(slot.start),
    end: instantOf(slot.end),
    number: numberOf(slot),
  };
}

const states: Readonly<Record<string, Entry["state"]>> = {
  proposed: "held",
  pending: "held",
  booked: "booked",
  arrived: "attended",
  "checked-in": "attended",
  fulfilled: "attended",
  noshow: "missed",
  cancelled: "ended",
  "entered-in-error": "ended",
};

/** Our codes, or those of FHIR's own list (`pat…` the patient, `prov…` the provider). */
function whyOf(codes: readonly string[]): NonNullable<Entry["why"]> {
  for (const code of codes) {
    if (code === "asked" || code.startsWith("pat")) return "asked";
    if (code === "lapsed") return "lapsed";
    if (code === "stopped" || code.startsWith("prov")) return "stopped";
  }
  return "other";
}

/** `system`: of our keys. */
export function entryOf(appointment: Json, system: string): Entry {
  const state = states[textOf(appointment.status)];
  const key = textOf(listOf(appointment.identifier).find((one) => one.system === system)?.value);
  const version = textOf(objectOf(appointment.meta).versionId);
  if (appointment.resourceType !== "Appointment" || !state || !key || !version) throw bad("an appointment of no kind");
  const actors = listOf(appointment.participant).map(({ actor }) => objectOf(actor));
  const until = listOf(appointment.extension).find(({ url }) => url === heldUntil)?.valueInstant;
  const words = lineOf(objectOf(appointment.cancelationReason).text);
  return {
    ref: idOf(appointment),
    key,
    version,
    state,
    doctor: actorIn(actors, "PractitionerRole"),
    department: actorIn(actors, "HealthcareService"),
    start: instantOf(appointment.start),
    end: instantOf(appointment.end),
    number: numberOf(appointment),
    ...(state === "held" && until !== undefined ? { until: instantOf(until) } : {}),
    ...(state === "ended" ? { why: whyOf(codesIn(appointment.cancelationReason)) } : {}),
    ...(state === "ended" && words ? { words } : {}),
  };
}

/** Undefined where the hospital shows none, or only a part of it. */
export function patientNameOf(patient: Json): string | undefined {
  const name = personName(patient);
  return name && !name.includes("*") ? name : undefined;
}
