import { type RefusalWord, refusals } from "@weimenhu/contract/refusals";

/** Why an answer did not come. `refused` is the server's own word; the others are the way to it. */
export type Fault =
  | { kind: "refused"; word: RefusalWord; zh: string; details: Record<string, unknown> }
  | { kind: "offline" | "timeout" | "broken"; zh: string };

const words = {
  offline: "没有连上网络，请检查网络后重试",
  timeout: "网络太慢，等了很久没有回应，请重试",
  broken: "出了点问题，请稍后再试",
} as const;

export const faultOf = (kind: "offline" | "timeout" | "broken"): Fault => ({ kind, zh: words[kind] });

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Not by Object.hasOwn: phones of 2019 have none. */
const isKnown = (word: unknown): word is RefusalWord =>
  typeof word === "string" && Object.prototype.hasOwnProperty.call(refusals, word);

/** The refusal inside `error.data.refusal` of an answer, or null when there is none. */
export function refusalIn(data: unknown): Fault | null {
  const refusal = isRecord(data) ? data.refusal : null;
  if (!isRecord(refusal) || !isKnown(refusal.word)) return null;
  const zh = typeof refusal.zh === "string" ? refusal.zh : refusals[refusal.word].zh;
  return { kind: "refused", word: refusal.word, zh, details: isRecord(refusal.details) ? refusal.details : {} };
}

/** Reads whatever a call threw: tRPC wraps the server's answer or the network's error. */
export function readFault(error: unknown): Fault {
  if (!isRecord(error)) return faultOf("broken");
  const refused = refusalIn(error.data);
  if (refused) return refused;
  const cause = isRecord(error.cause) ? error.cause : error;
  const code = typeof cause.code === "string" ? cause.code : "";
  if (code === "ETIMEDOUT" || code === "ECONNABORTED") return faultOf("timeout");
  if (code === "ERR_NETWORK") return faultOf("offline");
  return faultOf("broken");
}

/** Nothing is wrong but the way to the server: it may be asked again without a person. */
export const isWayLost = (fault: Fault | null): boolean => fault?.kind === "offline" || fault?.kind === "timeout";

/** Refusals that another page can lift. */
export const isWord = (fault: Fault | null, word: RefusalWord): boolean =>
  fault?.kind === "refused" && fault.word === word;
