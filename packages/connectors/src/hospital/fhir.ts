import { createHash } from "node:crypto";
import { OutsideFault } from "../fault.ts";
import { healthOf, type Json } from "../parse.ts";
import {
  bad,
  type FhirClient,
  type FhirSettings,
  fhirClient,
  type Refused,
  SYSTEM,
  type Versioned,
} from "./fhir.client.ts";
import { changesSince } from "./fhir-changes.ts";
import { asking, CANCEL_NO, CONFIRM_NO, HOLD_NO, noFor } from "./fhir-no.ts";
import { periodsOf, placesAt } from "./fhir-places.ts";
import {
  departmentOf,
  doctorOf,
  endInstant,
  endSystem,
  entryOf,
  idOf,
  isRef,
  patientNameOf,
  startInstant,
} from "./fhir-read.ts";
import type { CancelNo, ConfirmNo, Entry, HoldNo, HoldQuestion, HospitalDesk } from "./port.ts";

export type HospitalSettings = FhirSettings & {
  /** Under which our keys stand in its appointments, and ID numbers in its register: both as agreed with the hospital. */
  system: string;
  idSystem: string;
};

/** So often is a place that went to somebody else replaced by another one of the same period, and a changed entry read anew. */
const TRIES = 6;

const stillOn = ({ state }: Entry): boolean => state === "held" || state === "booked";
const worth: Record<Entry["state"], number> = { booked: 0, attended: 0, missed: 0, held: 1, ended: 2 };
/** The one to go on with first; of two alike the older. */
const byWorth = (a: Entry, b: Entry): number =>
  worth[a.state] - worth[b.state] || a.ref.length - b.ref.length || (a.ref < b.ref ? -1 : 1);

/** What is there under a key already; undefined when nothing is. */
function known(entries: readonly Entry[]): { held: Entry; extra: Entry[] } | { no: "ended" } | undefined {
  const [held, ...extra] = entries.filter(stillOn);
  if (held) return { held, extra };
  return entries.length > 0 ? { no: "ended" } : undefined;
}

/** A hospital that speaks FHIR R4 (Schedule, Slot, Appointment, Patient) over REST, within the agreement in README.md. */
export function fhirHospital(settings: HospitalSettings): HospitalDesk {
  const { system, idSystem } = settings;
  const client = fhirClient(settings);
  const entry = (resource: Json): Entry => entryOf(resource, system);
  const all = (query: readonly (readonly [string, string])[]) => everyOf(client, "Appointment", query, entry);

  const find = async (key: string): Promise<Entry[]> => {
    if (!/^[\w-]{1,64}$/.test(key)) throw new Error("a key of another form");
    const found = await all([
      ["identifier", `${system}|${key}`],
      ["_count", "100"],
    ]);
    return found.filter((one) => one.key === key).toSorted(byWorth);
  };

  /** The patient's id in the hospital's register. The number goes in a header and the body, never in an address that is logged. */
  async function enrol({ name, idNumber, phone }: HoldQuestion["patient"]): Promise<string | HoldNo> {
    const patient = {
      resourceType: "Patient",
      identifier: [{ system: idSystem, value: idNumber }],
      name: [{ text: name }],
      telecom: [{ system: "phone", value: phone }],
    };
    const made = await client.create(patient, condition(idSystem, idNumber));
    if (made === "several") return { no: "register" };
    if ("refused" in made) return { no: noFor(HOLD_NO, made) };
    // A hospital that finds the number may answer with whoever has it there.
    const there = patientNameOf(made.resource);
    return there === undefined || there === name ? idOf(made.resource) : { no: "name" };
  }

  async function hold({ key, patient, doctor, start }: HoldQuestion): ReturnType<HospitalDesk["hold"]> {
    const before = known(await asking(() => find(key)));
    if (before) return before;
    const look = () => asking(() => placesAt(client, doctor, start));
    const first = await look();
    if ("no" in first) return first;
    const who = await asking(() => enrol(patient));
    if (typeof who !== "string") return who;
    let places = first;
    for (let tried = 0; tried < TRIES; tried++) {
      // The first in the queue; when somebody was quicker, one that not everybody goes for.
      const at =
        tried === 0 ? 0 : createHash("sha256").update(`${key} ${tried}`).digest().readUInt32BE() % places.free.length;
      const made = await client.create(ask(key, who, places.free[at] ?? ""), condition(system, key));
      if (made === "several") return known(await find(key)) ?? { no: "ended" };
      if (!("refused" in made)) return known([entry(made.resource)]) ?? { no: "ended" };
      const no = noFor(HOLD_NO, made);
      if (no !== "taken") return { no };
      const next = await look();
      if ("no" in next) return next;
      places = next;
    }
    return { no: "taken" };
  }
  const ask = (key: string, patient: string, slot: string): Json => ({
    resourceType: "Appointment",
    status: "pending",
    identifier: [{ system, value: key }],
    slot: [{ reference: `Slot/${slot}` }],
    participant: [{ actor: { reference: `Patient/${patient}` }, status: "accepted" }],
  });

  /** Reads, lets `next` say what is to be written (or that nothing is), writes exactly that version; reads anew when it was stale. */
  async function amend<R>(
    ref: string,
    gone: (refused: Refused) => R,
    next: (entry: Entry) => { answer: R } | { write: Json },
  ): Promise<R | { written: Entry } | Refused> {
    if (!isRef(ref)) return gone({ refused: "not-found", status: 404 });
    for (let tried = 0; tried < TRIES; tried++) {
      const one: Versioned | Refused = await asking(() => client.read("Appointment", ref));
      if ("refused" in one) return gone(one);
      const step = next(entry(one.resource));
      if ("answer" in step) return step.answer;
      const done = await client.update({ resource: { ...one.resource, ...step.write }, etag: one.etag });
      if (done !== "stale") return "refused" in done ? done : { written: entry(done.resource) };
    }
    throw new OutsideFault(SYSTEM, "busy", { detail: "it changes all the time" });
  }

  return {
    async departments() {
      const { main, beside } = await withBeside(
        client,
        "HealthcareService",
        [],
        "HealthcareService:location",
        "Location",
      );
      return main.map((one) => departmentOf(one, beside));
    },
    async doctors(department) {
      if (!isRef(department)) return [];
      const of = [["service", `HealthcareService/${department}`]] as const;
      const include = "PractitionerRole:practitioner";
      const { main, beside } = await withBeside(client, "PractitionerRole", of, include, "Practitioner");
      return main.map((one) => doctorOf(one, department, beside));
    },
    periods: (question) => periodsOf(client, question),
    find,
    hold,
    async confirm({ ref, start }) {
      const done = await amend<{ booked: Entry } | ConfirmNo>(
        ref,
        (refused) => ({ no: noFor(CONFIRM_NO, refused) }),
        (now) => {
          if (now.state === "ended")
            return { answer: { no: now.why === "lapsed" || now.why === "stopped" ? now.why : "ended" } };
          if (now.start !== start) return { answer: { no: "moved", entry: now } };
          return now.state === "held" ? { write: { status: "booked" } } : { answer: { booked: now } };
        },
      );
      if ("refused" in done) return { no: noFor(CONFIRM_NO, done) };
      if (!("written" in done)) return done;
      if (done.written.state !== "booked") throw bad("not booked after all");
      return { booked: done.written };
    },
    async cancel(ref) {
      const done = await amend<{ cancelled: Entry } | CancelNo>(
        ref,
        (refused) => ({ no: noFor(CANCEL_NO, refused) }),
        (now) => {
          if (now.state === "ended") return { answer: { cancelled: now } };
          if (!stillOn(now)) return { answer: { no: "attended" } };
          return {
            write: { status: "cancelled", cancelationReason: { coding: [{ system: endSystem, code: "asked" }] } },
          };
        },
      );
      if ("refused" in done) return { no: noFor(CANCEL_NO, done) };
      if (!("written" in done)) return done;
      if (done.written.state !== "ended") throw bad("not cancelled after all");
      return { cancelled: done.written };
    },
    changesSince: (mark) => changesSince(client, system, mark),
    daily: (day) =>
      all([
        ["identifier", `${system}|`],
        ["date", `ge${startInstant(day)}`],
        ["date", `lt${endInstant(day)}`],
        ["_sort", "date"],
        ["_count", "100"],
      ]),
    check: () => healthOf(() => client.probe()),
  };
}

const condition = (system: string, value: string): string =>
  new URLSearchParams({ identifier: `${system}|${value}` }).toString();

async function everyOf<T>(
  client: FhirClient,
  kind: string,
  query: readonly (readonly [string, string])[],
  read: (resource: Json) => T,
): Promise<T[]> {
  const found: T[] = [];
  for await (const { resources } of client.pages(kind, query)) found.push(...resources.map(read));
  return found;
}

/** All that is active of a kind, and by id what the hospital sends along with it. */
async function withBeside(
  client: FhirClient,
  kind: string,
  query: readonly (readonly [string, string])[],
  include: string,
  other: string,
): Promise<{ main: Json[]; beside: Map<string, Json> }> {
  const all = [["active", "true"], ...query, ["_include", include], ["_count", "100"]] as const;
  const found = await everyOf(client, kind, all, (resource) => resource);
  return {
    main: found.filter((one) => one.resourceType === kind),
    beside: new Map(found.filter((one) => one.resourceType === other).map((one) => [idOf(one), one])),
  };
}
