import { type Half, isOf, placesOf } from "./places.ts";
import {
  type Appointment,
  chinaDay,
  chinaTime,
  dayMs,
  endSystem,
  heldUntil,
  isIdNumber,
  numberOf,
  type Patient,
  refTo,
  type Slot,
} from "./resources.ts";
import { type Doctor, staff } from "./staff.ts";
import type { Keep } from "./store.ts";

/** Why the desk says no: HTTP status, FHIR's issue type, and its own word. */
export type No = { status: number; issue: string; word: string };
const no = (status: number, issue: string, word: string): No => ({ status, issue, word });
const invalid = no(422, "invalid", "invalid");

export type DeskOptions = { holdMinutes: number; idSystem: string };
export type Desk = ReturnType<typeof openDesk>;
/** What the web side has made sure of: these are there, nothing is known of their content. */
export type Asked = { [field: string]: unknown };

const live: ReadonlySet<string> = new Set(["pending", "booked", "fulfilled"]);
const idOf = (reference: string): string => reference.slice(reference.indexOf("/") + 1);
const list = (value: unknown): Asked[] =>
  Array.isArray(value) ? value.filter((one): one is Asked => typeof one === "object" && one !== null) : [];
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const referencesIn = (value: unknown): string[] => list(value).map(({ reference }) => text(reference));
const actorsIn = (value: unknown): string[] =>
  list(value).map(({ actor }) => text((actor as Asked | undefined)?.reference));

/** The rules of the registration desk: who gets a place, and what becomes of it. Nothing here waits, so nothing comes between. */
export function openDesk(keep: Keep, options: DeskOptions) {
  const team = staff();
  const doctors = new Map(team.doctors.map((doctor) => [doctor.schedule.id, doctor]));
  const opened = new Set<string>();
  keep.found(team.resources);
  const held = new Map<string, number>();
  for (const one of keep.all("Appointment")) note(one);

  function note(one: Appointment): void {
    const until = one.extension?.find(({ url }) => url === heldUntil)?.valueInstant;
    if (one.status === "pending" && until) held.set(one.id, Date.parse(until));
    else held.delete(one.id);
  }
  function change(appointments: readonly Appointment[], slots: readonly Slot[]): void {
    keep.change([...appointments, ...slots]);
    for (const one of appointments) note(one);
  }

  /** Before anything is asked: places of the days that have come within sight, and holds that have lapsed. */
  function wake(): void {
    const now = keep.now();
    for (let ahead = 0; ahead < 14; ahead++) {
      const day = chinaDay(now + ahead * dayMs);
      if (opened.has(day)) continue;
      opened.add(day);
      keep.found(placesOf(team.doctors, day));
    }
    for (const [id, until] of held) if (until <= now) end(id, "lapsed", "超时未确认", "free");
  }

  const slotOf = (one: Appointment): Slot | undefined => keep.get("Slot", idOf(one.slot[0]?.reference ?? ""));

  function ended(one: Appointment, code: string, why: string): Appointment {
    const { extension: _held, ...rest } = one;
    return { ...rest, status: "cancelled", cancelationReason: { coding: [{ system: endSystem, code }], text: why } };
  }
  function end(id: string, code: string, why: string, status: Slot["status"]): void {
    const one = keep.get("Appointment", id);
    const slot = one && slotOf(one);
    if (one) change([ended(one, code, why)], slot ? [{ ...slot, status }] : []);
  }

  const departmentOf = (slot: Slot): Doctor | undefined => doctors.get(idOf(slot.schedule.reference));

  function sameDay(patient: string, slot: Slot): boolean {
    const service = departmentOf(slot)?.service.id;
    return keep.all("Appointment").some((one) => {
      const other = slotOf(one);
      return (
        live.has(one.status) &&
        one.participant[0]?.actor.reference === patient &&
        one.start.slice(0, 10) === slot.start.slice(0, 10) &&
        other !== undefined &&
        departmentOf(other)?.service.id === service
      );
    });
  }

  function create(asked: Asked): Appointment | No {
    const slot = keep.get("Slot", idOf(referencesIn(asked.slot)[0] ?? ""));
    const patient = actorsIn(asked.participant).find((actor) => actor.startsWith("Patient/")) ?? "";
    const identifiers = list(asked.identifier);
    const doctor = slot && departmentOf(slot);
    if (asked.status !== "pending" || identifiers.length !== 1 || !doctor) return invalid;
    if (!keep.get("Patient", idOf(patient))) return invalid;
    const now = keep.now();
    if (Date.parse(slot.start) <= now) return no(409, "business-rule", "past");
    if (slot.status === "busy-unavailable") return no(409, "business-rule", "stopped");
    if (slot.status !== "free") return no(409, "conflict", "slot-taken");
    if (sameDay(patient, slot)) return no(409, "duplicate", "same-day");
    return reserve({ slot, doctor, patient, system: text(identifiers[0]?.system), value: text(identifiers[0]?.value) });
  }

  type Place = { slot: Slot; doctor: Doctor; patient: string; system: string; value: string };
  function reserve({ slot, doctor, patient, system, value }: Place): Appointment {
    const now = keep.now();
    const id = `a-${keep.all("Appointment").length + 1}`;
    const actors = [
      { reference: patient },
      refTo(doctor.role, doctor.schedule.actor[0]?.display),
      refTo(doctor.service, doctor.service.name),
    ];
    const made: Appointment = {
      resourceType: "Appointment",
      id,
      meta: { versionId: "0", lastUpdated: "" },
      identifier: [{ system, value }, slot.identifier[0] ?? numberOf(0)],
      status: "pending",
      extension: [{ url: heldUntil, valueInstant: chinaTime(now + options.holdMinutes * 60_000) }],
      slot: [refTo(slot)],
      start: slot.start,
      end: slot.end,
      created: chinaTime(now),
      participant: actors.map((actor) => ({ actor, status: "accepted" as const })),
    };
    change([made], [{ ...slot, status: "busy-tentative" }]);
    return keep.get("Appointment", id) ?? made;
  }

  /** The same person's second place in the same period, which no rule allows: what a careless retry inside the house does. */
  function twice(one: Appointment): void {
    const slot = slotOf(one);
    const doctor = slot && departmentOf(slot);
    const other = keep
      .all("Slot")
      .find(
        ({ status, start, schedule }) =>
          status === "free" && start === one.start && schedule.reference === slot?.schedule.reference,
      );
    const { system = "", value = "" } = one.identifier[0] ?? {};
    const patient = one.participant[0]?.actor.reference ?? "";
    if (doctor && other) reserve({ slot: other, doctor, patient, system, value });
  }

  function update(one: Appointment, asked: Asked): Appointment | No {
    const same =
      text(asked.start) === one.start &&
      referencesIn(asked.slot)[0] === one.slot[0]?.reference &&
      actorsIn(asked.participant)[0] === one.participant[0]?.actor.reference;
    const slot = slotOf(one);
    if (!same || !slot) return invalid;
    if (asked.status === one.status) return one;
    if (one.status === "cancelled")
      return no(409, "business-rule", one.cancelationReason?.coding?.[0]?.code ?? "ended");
    if (one.status === "pending" && asked.status === "booked") {
      const { extension: _held, ...rest } = one;
      change([{ ...rest, status: "booked" }], [{ ...slot, status: "busy" }]);
    } else if (asked.status === "cancelled" && (one.status === "pending" || one.status === "booked")) {
      if (Date.parse(one.start) <= keep.now()) return no(409, "business-rule", "too-late");
      change([ended(one, "asked", "本人取消")], [{ ...slot, status: "free" }]);
    } else return no(409, "business-rule", "ended");
    return keep.get("Appointment", one.id) ?? one;
  }

  const idNumberOf = (patient: Patient): string =>
    patient.identifier.find(({ system }) => system === options.idSystem)?.value ?? "";

  /** The name must fit what the register has under this number; who is new there is entered. */
  function enrol(asked: Asked): Patient | No {
    const number = text(list(asked.identifier).find(({ system }) => system === options.idSystem)?.value);
    const name = text(list(asked.name)[0]?.text);
    const phone = text(list(asked.telecom)[0]?.value);
    if (!isIdNumber(number) || name.length < 2) return no(422, "value", "id-number");
    const known = keep.all("Patient").filter((patient) => idNumberOf(patient) === number);
    if (known.some((patient) => patient.name[0]?.text !== name)) return no(422, "business-rule", "name");
    return known[0] ?? enter(number, name, phone);
  }
  function enter(number: string, name: string, phone: string): Patient {
    const made: Patient = {
      resourceType: "Patient",
      id: `p-${keep.all("Patient").length + 1}`,
      meta: { versionId: "0", lastUpdated: "" },
      identifier: [{ system: options.idSystem, value: number }],
      name: [{ text: name }],
      telecom: [{ system: "phone", value: phone }],
    };
    keep.change([made]);
    return keep.get("Patient", made.id) ?? made;
  }

  /** 停诊: the rest of this doctor's half-day falls out, and whoever had a place in it is told why. */
  function stop(schedule: string, day: string, half: Half, why: string): number {
    wake();
    const slots = keep.all("Slot").filter((slot) => isOf(slot, schedule, day, half));
    const gone = booked(slots).map((one) => ended(one, "stopped", why));
    change(
      gone,
      slots.map((slot) => ({ ...slot, status: "busy-unavailable", comment: why })),
    );
    return gone.length;
  }
  /** A half-day is held so much later (or earlier), with everybody in it. */
  function move(schedule: string, day: string, half: Half, minutes: number): number {
    wake();
    const moved = <T extends { start: string; end: string }>(one: T): T => ({
      ...one,
      start: chinaTime(Date.parse(one.start) + minutes * 60_000),
      end: chinaTime(Date.parse(one.end) + minutes * 60_000),
    });
    const slots = keep.all("Slot").filter((slot) => isOf(slot, schedule, day, half));
    const people = booked(slots).map(moved);
    change(people, slots.map(moved));
    return people.length;
  }
  function booked(slots: readonly Slot[]): Appointment[] {
    const ids = new Set(slots.map(({ id }) => id));
    return keep
      .all("Appointment")
      .filter((one) => (one.status === "pending" || one.status === "booked") && ids.has(slotOf(one)?.id ?? ""));
  }

  /** Somebody at the window touches the entry: its version goes up. With a status: the person came, or did not. */
  function touch(id: string, status?: "fulfilled" | "noshow"): boolean {
    const one = keep.get("Appointment", id);
    if (one) change([status ? { ...one, status } : one], []);
    return one !== undefined;
  }

  return { wake, create, twice, update, enrol, enter, stop, move, touch };
}
