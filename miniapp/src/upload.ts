import type { Stored } from "@weimenhu/contract/media";
import { type Fault, faultOf, isWord, refusalIn } from "./fault.ts";
import { openAnew, to } from "./platform/navigate.ts";

const isStored = (value: unknown): value is Stored =>
  typeof value === "object" && value !== null && "url" in value && typeof value.url === "string";

/** What `POST /media` answered: the stored file, or why not. Never throws. */
export async function readUpload(sent: Promise<{ status: number; text: string }>): Promise<Stored | { fault: Fault }> {
  try {
    const { text } = await sent;
    const answer: unknown = JSON.parse(text);
    if (isStored(answer)) return answer;
    const fault = refusalDeep(answer) ?? faultOf("broken");
    if (isWord(fault, "OTHER_PERSON")) openAnew(to("home"));
    return { fault };
  } catch (error) {
    const late = error instanceof Error && /timeout/.test(error.message);
    const lost = error instanceof Error && /fail/.test(error.message);
    return { fault: faultOf(late ? "timeout" : lost ? "offline" : "broken") };
  }
}

/** A refusal stands in `error.data.refusal`, like an answer of tRPC, or at the top as `refusal`. */
function refusalDeep(answer: unknown): Fault | null {
  const direct = refusalIn(answer);
  if (direct || typeof answer !== "object" || answer === null || !("error" in answer)) return direct;
  const { error } = answer;
  if (typeof error !== "object" || error === null) return null;
  return refusalIn(error) ?? ("data" in error ? refusalIn(error.data) : null);
}
