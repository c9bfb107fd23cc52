import { OutsideFault } from "./fault.ts";
import type { DialAnswer } from "./ports.ts";

export type Json = { [name: string]: unknown };

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A JSON object out of an answer, whatever its content type says (vendors label JSON as plain text). */
export function jsonOf(system: string, answer: DialAnswer): Json {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(answer.body));
  } catch {
    throw new OutsideFault(system, "bad-answer", { detail: "not JSON", status: answer.status });
  }
  if (isObject(value)) return value;
  throw new OutsideFault(system, "bad-answer", { detail: "not an object", status: answer.status });
}

/** A vendor's field as text: numbers count, everything else is empty. */
export const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

/** A health answer from an attempt: a fault becomes its own short description. */
export async function healthOf(attempt: () => Promise<unknown>): Promise<{ ok: true } | { ok: false; why: string }> {
  try {
    await attempt();
    return { ok: true };
  } catch (error) {
    if (error instanceof OutsideFault) return { ok: false, why: error.message };
    throw error;
  }
}
