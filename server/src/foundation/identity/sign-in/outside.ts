import { OutsideFault } from "@weimenhu/connectors/fault";
import type { LoginNo } from "@weimenhu/connectors/ports";
import type { SignInWay } from "../../../kernel/config.ts";
import type { Log } from "../../../kernel/log.ts";
import { type RefusalWord, refuse } from "../../../kernel/refuse.ts";
import type { IdentityDeps } from "../deps.ts";

export const isOff = (deps: Pick<IdentityDeps, "signInOff">, way: SignInWay): boolean =>
  deps.signInOff?.includes(way) ?? false;

/** The county does without this way: told apart from a vendor that does not answer. */
export function needWay(deps: Pick<IdentityDeps, "signInOff">, way: SignInWay): void {
  if (isOff(deps, way)) throw refuse("SIGN_IN_OFF");
}

/** Asks the outside; no answer becomes OUTSIDE_DOWN. Never inside a transaction. */
export async function asked<T>(log: Log, question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (fault) {
    if (!(fault instanceof OutsideFault)) throw fault;
    log.warn({ fault: fault.toJSON() }, "an outside system did not answer");
    throw refuse("OUTSIDE_DOWN", { why: fault.message });
  }
}

const words: Record<LoginNo["no"], RefusalWord> = {
  "bad-code": "LOGIN_CODE_BAD",
  "used-code": "LOGIN_CODE_BAD",
  "too-often": "TOO_MANY",
  blocked: "LOGIN_BLOCKED",
};

/** The vendor's clear "no" in our words. */
export const loginRefusal = (no: LoginNo["no"]) => refuse(words[no], { why: no });
