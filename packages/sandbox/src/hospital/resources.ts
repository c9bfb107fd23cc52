/** The few resources of FHIR R4 that a registration desk needs, as far as this hospital fills them. */
export type Reference = { reference: string; display?: string };
export type Coding = { system: string; code: string; display?: string };
export type Concept = { coding?: Coding[]; text?: string };
export type Identifier = { system?: string; value: string; type?: Concept };
export type Extension = { url: string; valueInstant: string };

type Base<T extends string> = { resourceType: T; id: string; meta: { versionId: string; lastUpdated: string } };
export type Organization = Base<"Organization"> & { name: string; active: true };
export type Location = Base<"Location"> & { status: "active"; name: string; address: { text: string } };
export type HealthcareService = Base<"HealthcareService"> & {
  active: true;
  providedBy: Reference;
  name: string;
  specialty: Concept[];
  location: Reference[];
};
export type Practitioner = Base<"Practitioner"> & { active: true; name: { text: string }[] };
export type PractitionerRole = Base<"PractitionerRole"> & {
  active: true;
  practitioner: Reference;
  organization: Reference;
  healthcareService: Reference[];
  code: Concept[];
  specialty: Concept[];
};
export type Schedule = Base<"Schedule"> & { active: true; actor: Reference[] };
export type SlotStatus = "free" | "busy-tentative" | "busy" | "busy-unavailable";
/** One place (号): several with the same start make a period. Its number in the period is the identifier of type VN. */
export type Slot = Base<"Slot"> & {
  identifier: Identifier[];
  schedule: Reference;
  status: SlotStatus;
  start: string;
  end: string;
  comment?: string;
};
export type AppointmentStatus = "pending" | "booked" | "cancelled" | "fulfilled" | "noshow";
export type Appointment = Base<"Appointment"> & {
  identifier: Identifier[];
  status: AppointmentStatus;
  cancelationReason?: Concept;
  extension?: Extension[];
  slot: Reference[];
  start: string;
  end: string;
  created: string;
  participant: { actor: Reference; status: "accepted" }[];
};
export type Patient = Base<"Patient"> & {
  identifier: Identifier[];
  name: { text: string }[];
  telecom: { system: "phone"; value: string }[];
};
export type Resource =
  | Organization
  | Location
  | HealthcareService
  | Practitioner
  | PractitionerRole
  | Schedule
  | Slot
  | Appointment
  | Patient;
export type Kind = Resource["resourceType"];
export type OfKind<K extends Kind> = Extract<Resource, { resourceType: K }>;

export const kinds: readonly Kind[] = [
  "Organization",
  "Location",
  "HealthcareService",
  "Practitioner",
  "PractitionerRole",
  "Schedule",
  "Slot",
  "Appointment",
  "Patient",
];

/** Words of this desk: why it refuses, and why an appointment has ended. */
export const refusalSystem = "urn:weimenhu:hospital:refusal";
export const endSystem = "urn:weimenhu:hospital:end";
export const heldUntil = "urn:weimenhu:hospital:held-until";
/** 医疗机构诊疗科目名录 */
export const specialtySystem = "urn:weimenhu:hospital:specialty";
const typeSystem = "http://terminology.hl7.org/CodeSystem/v2-0203";

export const refTo = ({ resourceType, id }: { resourceType: Kind; id: string }, display?: string): Reference => ({
  reference: `${resourceType}/${id}`,
  ...(display ? { display } : {}),
});
export const numberOf = (value: number): Identifier => ({
  type: { coding: [{ system: typeSystem, code: "VN" }] },
  value: String(value),
});

const zoneMs = 8 * 3_600_000;
export const dayMs = 86_400_000;
/** China has one time and no summer time: `2026-11-23T08:00:00+08:00`. */
export const chinaTime = (ms: number): string => `${new Date(ms + zoneMs).toISOString().slice(0, 19)}+08:00`;
export const chinaDay = (ms: number): string => chinaTime(ms).slice(0, 10);
export const midnight = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

/** The last character of an ID number holds (GB 11643). */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return "10X98765432".charAt(sum % 11) === text.charAt(17);
}
