import { bad, type FhirClient } from "./fhir.client.ts";
import { entryOf, lastUpdatedOf, toInstant } from "./fhir-read.ts";
import type { Entry } from "./port.ts";

/** What was being written while we asked may bear an earlier time than what we saw: so much is asked for again. */
const OVERLAP_MS = 5_000;
/** With a hundred on each; the rest is left for the next question. */
const PAGES = 20;

/**
 * A mark is the time of the newest change that was seen; with `+` it lies in the middle of a long list, which goes on right
 * there, without the overlap that could fill every answer anew.
 */
export async function changesSince(
  client: FhirClient,
  system: string,
  mark: string,
): Promise<{ changes: Entry[]; mark: string; more: boolean }> {
  const [, digits, middle] = /^(\d{1,15})?(\+)?$/.exec(mark) ?? ["", "no mark"];
  if (digits === "no mark") throw new Error("a mark of another form");
  const since = digits === undefined ? undefined : Number(digits) - (middle ? 1 : OVERLAP_MS);
  const changes: Entry[] = [];
  let newest = Number(digits ?? 0);
  let pages = 0;
  const query: [string, string][] = [
    ["identifier", `${system}|`],
    ["_sort", "_lastUpdated"],
    ["_count", "100"],
  ];
  if (since !== undefined) query.push(["_lastUpdated", `gt${toInstant(Math.max(since, 0))}`]);
  for await (const { resources, last } of client.pages("Appointment", query)) {
    for (const one of resources) {
      changes.push(entryOf(one, system));
      newest = Math.max(newest, lastUpdatedOf(one));
    }
    pages += 1;
    if (last || pages < PAGES) continue;
    if (middle && newest === Number(digits)) throw bad("too many changes at one time");
    return { changes, mark: `${newest}+`, more: true };
  }
  return { changes, mark: newest > 0 ? String(newest) : "", more: false };
}
