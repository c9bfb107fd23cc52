import { type RefusalOnWire, type RefusalWord, refusals } from "@weimenhu/contract/refusals";

export type { RefusalWord } from "@weimenhu/contract/refusals";

/** A "no" from the closed list. `details` goes to the client; `why` only into the log. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly word: RefusalWord;
  readonly why: string | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(word: RefusalWord, more: { why?: string; details?: Record<string, unknown> } = {}) {
    super(more.why ? `${word}: ${more.why}` : word);
    this.word = word;
    this.why = more.why;
    this.details = more.details;
  }

  get http(): number {
    return refusals[this.word].http;
  }

  onWire(): RefusalOnWire {
    const { word, details } = this;
    return { word, zh: refusals[word].zh, ...(details ? { details } : {}) };
  }
}

/** `throw refuse("NOT_FOUND", { why: "notice of another village" })` */
export const refuse = (word: RefusalWord, more?: { why?: string; details?: Record<string, unknown> }): Refusal =>
  new Refusal(word, more);

/** The refusal inside whatever was thrown (libraries wrap what they catch), or null. */
export function refusalIn(thrown: unknown): Refusal | null {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    if (error instanceof Refusal) return error;
  }
  return null;
}
