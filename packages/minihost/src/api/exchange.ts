import type { Phone } from "../phone.ts";
import type { RequestRecord } from "../types.ts";
import { messageOf } from "../values.ts";

/** Default time-out of both platforms, in ms. */
const TIMEOUT = { weapp: 60_000, alipay: 30_000 } as const;

/** Why an exchange gave no answer. */
export type Cause = "not-allowed" | "offline" | "dropped" | "timeout" | "aborted" | "interrupted" | "unreachable";

export class ExchangeFailed extends Error {
  readonly reason: Cause;
  constructor(reason: Cause, message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface Order {
  kind: RequestRecord["kind"];
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | FormData;
  /** What the record shows of the body. */
  shown: string;
  timeout?: unknown;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  bytes: Uint8Array;
}

/** One HTTP exchange over a phone's network, with everything that can happen to it there. `abort` may be called any time. */
export function exchange(phone: Phone, order: Order): { answer: Promise<Answer>; abort: () => void } {
  const control = new AbortController();
  const stop = (reason: Cause, message: string) => control.abort(new ExchangeFailed(reason, message));
  const end = phone.activity.begin();
  const running = { interrupt: () => stop("interrupted", "interrupted") };
  phone.running.add(running);
  const limit = typeof order.timeout === "number" ? order.timeout : TIMEOUT[phone.platform];
  const timer = setTimeout(() => stop("timeout", "timeout"), limit);
  const answer = Promise.race([perform(phone, order, control.signal, end), refusal(control.signal)])
    .then(
      (done) => {
        note(phone, order, done.status, "");
        return done;
      },
      (error: unknown) => {
        note(phone, order, 0, messageOf(error));
        throw error instanceof ExchangeFailed ? error : new ExchangeFailed("unreachable", messageOf(error));
      },
    )
    .finally(() => {
      clearTimeout(timer);
      phone.running.delete(running);
      // After the callbacks: whoever waits for quiet must see what they did.
      setTimeout(end, 0);
    });
  return { answer, abort: () => stop("aborted", "abort") };
}

async function perform(phone: Phone, order: Order, signal: AbortSignal, pause: () => void): Promise<Answer> {
  const { network } = phone;
  if (network.interrupted) throw new ExchangeFailed("interrupted", "interrupted");
  if (!phone.allow.includes(originOf(order.url))) throw new ExchangeFailed("not-allowed", "url not in domain list");
  let end = () => {};
  /** The wait itself is not work: a test looks at the loading state meanwhile. */
  const stand = async (wait: Promise<void>) => {
    pause();
    end();
    await wait;
    if (signal.aborted) throw signal.reason;
    end = phone.activity.begin();
  };
  const { turn, leave } = phone.lanes.enter();
  signal.addEventListener("abort", leave);
  try {
    if (turn) await stand(turn);
    const fate = network.next();
    if (fate === "offline") throw new ExchangeFailed("offline", "net::ERR_INTERNET_DISCONNECTED");
    if (network.slow) await stand(network.pass(order.url));
    if (fate === "drop") throw new ExchangeFailed("dropped", "net::ERR_CONNECTION_RESET");
    const { method, headers, body } = order;
    const response = await fetch(phone.addressOf(order.url), {
      method,
      headers,
      body: body ?? null,
      signal,
      redirect: "follow",
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (fate === "lose-answer") throw new ExchangeFailed("dropped", "net::ERR_CONNECTION_CLOSED");
    const answered = Object.fromEntries(response.headers);
    return { status: response.status, headers: answered, cookies: response.headers.getSetCookie(), bytes };
  } finally {
    leave();
    setTimeout(end, 0);
  }
}

function refusal(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "";
}

function note(phone: Phone, { kind, method, url, headers, shown }: Order, status: number, failure: string): void {
  phone.requests.push({ kind, method, url, headers, body: shown, status, failure });
}
