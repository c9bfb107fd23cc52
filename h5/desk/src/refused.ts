import { isRefusalWord, type RefusalWord, refusals } from "@weimenhu/contract/refusals";

export type Refused = { word: RefusalWord | "OFFLINE"; zh: string; details: Record<string, unknown> };

const offline: Refused = { word: "OFFLINE", zh: "网络没有连上或太慢，填写的内容还在，请重试", details: {} };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function refusalIn(value: unknown): Refused | null {
  if (!isRecord(value)) return null;
  if (isRefusalWord(value.word)) {
    const zh = typeof value.zh === "string" && value.zh !== "" ? value.zh : refusals[value.word].zh;
    return { word: value.word, zh, details: isRecord(value.details) ? value.details : {} };
  }
  return refusalIn(value.refusal) ?? refusalIn(value.data) ?? refusalIn(value.error);
}

/** What the server said no with, wherever the answer carries it; no answer at all is a lost network. */
export function refusedOf(error: unknown): Refused {
  if (!isRecord(error)) return offline;
  const said = refusalIn(error.data) ?? refusalIn(error.shape) ?? refusalIn(error.response);
  if (said) return said;
  const answered = isRecord(error.response) || isRecord(error.data);
  return answered ? { word: "INTERNAL", zh: refusals.INTERNAL.zh, details: {} } : offline;
}

/** The session is over, another person's, or its second factor has lapsed: who is here is asked again. */
export function isLockedOut(error: unknown): boolean {
  const { word } = refusedOf(error);
  return word === "SIGN_IN_FIRST" || word === "SECOND_FACTOR_FIRST" || word === "OTHER_PERSON";
}

/** Worth asking again without a person: nothing was answered, or the server was busy. */
export function isPassing(error: unknown): boolean {
  const { word } = refusedOf(error);
  return word === "OFFLINE" || word === "BUSY" || word === "OUTSIDE_DOWN";
}
