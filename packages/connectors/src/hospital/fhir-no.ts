import { OutsideFault } from "../fault.ts";
import { type Refused, SYSTEM } from "./fhir.client.ts";
import type { CancelNo, ConfirmNo, HoldNo } from "./port.ts";

/** The hospital's words, and FHIR's own types of issue, in ours. */
export const HOLD_NO: Readonly<Record<string, HoldNo["no"]>> = {
  "slot-taken": "taken",
  conflict: "taken",
  "not-open": "not-open",
  stopped: "stopped",
  past: "past",
  name: "name",
  "id-number": "name",
  "same-day": "same-day",
  duplicate: "same-day",
};
export const CONFIRM_NO: Readonly<Record<string, Exclude<ConfirmNo["no"], "moved">>> = {
  lapsed: "lapsed",
  stopped: "stopped",
  asked: "ended",
  ended: "ended",
  "not-found": "gone",
  deleted: "gone",
};
export const CANCEL_NO: Readonly<Record<string, CancelNo["no"]>> = {
  "too-late": "too-late",
  "not-found": "gone",
  deleted: "gone",
};
/** A clear no of the hospital as one of our words; what it could not make sense of is ours to mend. */
export function noFor<T extends string>(
  table: Readonly<Record<string, T>>,
  { refused, status }: Refused,
): T | "refused" {
  const known = table[refused];
  if (known) return known;
  if ((status === 409 || status === 422) && !/^(invalid|required|structure)$/.test(refused)) return "refused";
  throw new OutsideFault(SYSTEM, "config", { detail: `refused: ${refused || status}`, status });
}

/** What only asks leaves nothing behind: whatever it ends in, no place was taken by it. */
export async function asking<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof OutsideFault) || !error.unknown) throw error;
    const { kind, detail, where, status } = error;
    throw new OutsideFault(SYSTEM, kind, {
      unsent: true,
      ...(detail === undefined ? {} : { detail }),
      ...(where === undefined ? {} : { where }),
      ...(status === undefined ? {} : { status }),
    });
  }
}
