import { startOf } from "@weimenhu/domain/base/workday";
import type { Entry, HoldQuestion, HospitalDesk } from "../ports.ts";
import { env, quick } from "../wire-help.ts";
import type { HospitalSettings } from "./fhir.ts";

/** Sunday evening; the first clinic of the week is on the next morning. */
export const hour = 3_600_000;
export const sunday = startOf("2026-11-22") + 20 * hour;
export const monday = startOf("2026-11-23") + 8 * hour;
/** An eye doctor with eight places in each half of a day. */
export const doctor = "county-10-r1";
export const schedule = "county-10-s1";

/** How the server's dial is set here: its circuit stays closed, so that a test may fail often; nothing is late on a busy machine. */
export const stubborn = {
  system: "hospital",
  ...quick,
  timeoutMs: 10_000,
  breaker: { failures: 1_000, halfOpenAfterMs: 1 },
};

export const settingsOf = (hospital: { env: Record<string, string> }): Omit<HospitalSettings, "dial"> => ({
  base: env(hospital, "HOSPITAL_BASE"),
  token: env(hospital, "HOSPITAL_TOKEN"),
  system: env(hospital, "HOSPITAL_SYSTEM"),
  idSystem: env(hospital, "HOSPITAL_ID_SYSTEM"),
});

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
let people = 0;
/** Somebody whom no hospital has seen yet. */
export function somebody(): HoldQuestion["patient"] {
  people += 1;
  const first = `99010119500101${String(people).padStart(3, "0")}`;
  const sum = weights.reduce((total, weight, n) => total + weight * Number(first[n]), 0);
  const idNumber = `${first}${"10X98765432".charAt(sum % 11)}`;
  return { name: "王谷雨", idNumber, phone: `1990000${String(people).padStart(4, "0")}` };
}

let keys = 0;
/** A question under a key of its own, from a person of its own. */
export const ask = (more: Partial<HoldQuestion> = {}): HoldQuestion => ({
  key: `k-${++keys}`,
  patient: somebody(),
  doctor,
  start: monday,
  ...more,
});

export async function heldBy(desk: HospitalDesk, question: HoldQuestion = ask()): Promise<Entry> {
  const answer = await desk.hold(question);
  if ("no" in answer) throw new Error(answer.no);
  return answer.held;
}
