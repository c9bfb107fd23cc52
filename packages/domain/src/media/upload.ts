/** Who may send files, which, and how many. */
import { type Caller, type CallRefusal, callRefusal } from "../permissions.ts";

export type UploadRight = {
  /** `files`: pictures and papers · `pictures`: nothing but pictures. */
  what: "files" | "pictures";
  /** So many in a day, by China's clock. */
  aDay: number;
};

const ofStaff: UploadRight = { what: "files", aDay: 1_000 };
/** Ten posts with all their photos, and as many tries again. */
const ofVillager: UploadRight = { what: "pictures", aDay: 180 };

/**
 * Staff send what notices and answers need, verified villagers the photos of what they write; nobody else writes anything that
 * shows a file. An office counts only after the second factor; who is a villager besides is one without it.
 */
export function uploadRight(caller: Caller | null): UploadRight | CallRefusal | "VERIFY_FIRST" {
  if (caller?.phoneVerified && !caller.consented) return "CONSENT_FIRST";
  const word = callRefusal(caller, "media.upload");
  if (word === null) return ofStaff;
  if (caller?.phoneVerified && caller.villager.length > 0) return ofVillager;
  return word === "NOT_ALLOWED" ? "VERIFY_FIRST" : word;
}
