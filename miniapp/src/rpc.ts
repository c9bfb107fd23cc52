import { createTRPCUntypedClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { type Fault, faultOf, isWord, readFault } from "./fault.ts";
import { axiosFetch } from "./http.ts";
import { apiBase, clientName, isWeb } from "./platform/env.ts";
import { openAnew, startAgain, to } from "./platform/navigate.ts";
import { phoneStore } from "./platform/store.ts";
import type { ActName, AskName, InputOf, OutputOf } from "./wire.ts";

const tokenKey = "token";
let token = readToken();

function readToken(): string | null {
  const kept = phoneStore.get(tokenKey);
  return typeof kept === "string" ? kept : null;
}

/** Mini-programs carry the session themselves; the site has a cookie that script cannot read. */
export function keepToken(next: string | null): void {
  token = next;
  if (next === null) phoneStore.remove(tokenKey);
  else phoneStore.set(tokenKey, next);
}
export const currentToken = (): string | null => token;

/** On the site: who this page was opened by. Another tab may have signed in as somebody else, and the cookie is theirs. */
let opener: string | null = null;
export const openedBy = (id: string | null): void => {
  opener = id;
};

/** What every call says of this client and of who is here; uploads too. */
export const callHeaders = (): Record<string, string> => ({
  "x-client": clientName,
  ...(token ? { authorization: `Bearer ${token}` } : {}),
  ...(isWeb && opener ? { "x-person": opener } : {}),
});

let told: () => void = () => undefined;

/** Calls back when the server no longer knows the session that was sent: it ran out, or was ended on another device. */
export function whenSessionEnds(tell: () => void): void {
  told = tell;
}

let wanted: () => void = () => undefined;

/** Calls back when the server wants a yes to a privacy text that is newer than the one known here. */
export function whenConsentIsWanted(tell: () => void): void {
  wanted = tell;
}

const client = createTRPCUntypedClient({
  links: [
    httpBatchLink({
      url: `${apiBase}/trpc`,
      fetch: axiosFetch,
      maxItems: 10,
      maxURLLength: 1800,
      headers: callHeaders,
    }),
  ],
});

/** Thrown by `ask` and `act`: always carries words that a person can be shown. */
export class CallFault extends Error {
  readonly fault: Fault;
  override readonly cause: unknown;
  constructor(fault: Fault, cause: unknown) {
    super(fault.zh);
    this.fault = fault;
    this.cause = cause;
  }
}

export const faultIn = (error: unknown): Fault => (error instanceof CallFault ? error.fault : faultOf("broken"));

function thrown(error: unknown, sent: string | null): CallFault {
  const fault = readFault(error);
  if (fault.kind === "broken" && !(error instanceof TRPCClientError && error.data)) console.warn("call failed", error);
  if (isWord(fault, "CLIENT_TOO_OLD")) leadToUpdate();
  if (isWord(fault, "OTHER_PERSON")) openAnew(to("home"));
  if (isWord(fault, "CONSENT_FIRST")) wanted();
  // A late answer to an earlier session says nothing about the one of now. The site's session is in a cookie.
  if (isWord(fault, "SIGN_IN_FIRST") && sent === token && (isWeb || sent !== null)) {
    keepToken(null);
    told();
  }
  return new CallFault(fault, error);
}

let leading = false;

/** Several calls are refused together: the page that says so is opened once, not once for each. */
function leadToUpdate(): void {
  if (leading) return;
  leading = true;
  setTimeout(() => {
    leading = false;
  }, 3_000);
  startAgain(to("update"));
}

/** Asks a question of the contract: `await ask("notices.get", { id })`. */
export async function ask<N extends AskName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const sent = token;
  try {
    return (await client.query(name, input)) as OutputOf<N>;
  } catch (error) {
    throw thrown(error, sent);
  }
}

/** Does an act of the contract: `await act("regions.follow", { code })`. */
export async function act<N extends ActName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const sent = token;
  try {
    return (await client.mutation(name, input)) as OutputOf<N>;
  } catch (error) {
    throw thrown(error, sent);
  }
}
