import http from "node:http";
import https from "node:https";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { createGunzip, createInflate } from "node:zlib";
import { type FaultKind, OutsideFault, redactUrl } from "@weimenhu/connectors/fault";
import type { Dial, DialAnswer, DialRequest } from "@weimenhu/connectors/ports";
import axios, { type AxiosResponse } from "axios";
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from "cockatiel";
import { LRUCache } from "lru-cache";
import { guardedLookup, hostPort, REFUSED_ADDRESS, type Resolve, refusal } from "./address.ts";

export type DialSettings = {
  /** Names the outside system in errors and metrics. */
  system: string;
  /** From kernel/tx: a network call must not hold a database transaction open. */
  insideTx: () => boolean;
  /** One attempt, everything included; default 8 s. */
  timeoutMs?: number;
  /** Default 1 MiB. */
  maxBytes?: number;
  /** Further attempts of an idempotent call after a time-out, a cut connection or a 5xx; default 2. */
  retries?: number;
  /** Opens for a host after so many failed attempts in a row, lets one try through after so long; default 8 and 20 s. */
  breaker?: { failures: number; halfOpenAfterMs: number };
  /** `host:port` that may be called although it is not public. */
  allowHosts?: readonly string[];
  onCall?: (system: string, outcome: "ok" | FaultKind, ms: number) => void;
  sleep?: (ms: number) => Promise<unknown>;
  random?: () => number;
  resolve?: Resolve;
};

/** The connection never came about (refused, unknown name, no way there, a certificate that does not hold): nothing was sent. */
const UNSENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$|^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;
/** A site on another origin has no business with these. */
const OWN_HEADERS: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization"]);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export const passing = (error: unknown): error is OutsideFault =>
  error instanceof OutsideFault && (error.kind === "timeout" || error.kind === "down");

/** One breaker a host: a dead publisher must not silence the others. */
function breakers({ failures, halfOpenAfterMs } = { failures: 8, halfOpenAfterMs: 20_000 }) {
  const fresh = () =>
    circuitBreaker(handleWhen(passing), {
      halfOpenAfter: halfOpenAfterMs,
      breaker: new ConsecutiveBreaker(failures),
    });
  const known = new LRUCache<string, ReturnType<typeof fresh>>({ max: 500 });
  return (url: string) => {
    const host = URL.canParse(url) ? new URL(url).host : "";
    const found = known.get(host) ?? fresh();
    known.set(host, found);
    return found;
  };
}

/** The one way out of the house for one outside system. See `Dial` for what a call promises. */
export function makeDial(settings: DialSettings): Dial {
  const { system, insideTx, onCall, allowHosts = [], retries = 2, timeoutMs = 8_000, maxBytes = 1 << 20 } = settings;
  const { sleep = wait, random = Math.random, breaker } = settings;
  // No kept-alive sockets: every request connects anew, so every request passes the guard.
  const lookup = guardedLookup(settings.resolve);
  const open = { httpAgent: new http.Agent(), httpsAgent: new https.Agent() };
  const guarded = { httpAgent: new http.Agent({ lookup }), httpsAgent: new https.Agent({ lookup }) };

  const withinLimits = guard(system, breaker);

  async function hop(request: DialRequest, url: string, headers: Record<string, string>, signal: AbortSignal) {
    const target = URL.canParse(url) ? new URL(url) : undefined;
    const why = target ? undefined : "unreadable";
    const publicOnly = request.publicOnly === true && !(target && allowHosts.includes(hostPort(target)));
    const no = target ? refusal(target, publicOnly) : why;
    if (!target || no) throw new OutsideFault(system, "refused-address", { detail: no ?? "", where: redactUrl(url) });
    return axios.request<Readable>({
      adapter: "http",
      url: target.href,
      method: request.method ?? "GET",
      headers: { "user-agent": "weimenhu/1.0", accept: "*/*", ...headers, "accept-encoding": "gzip, deflate" },
      ...(request.body === undefined ? {} : { data: Buffer.from(request.body) }),
      transformRequest: (data: unknown) => data,
      ...(publicOnly ? guarded : open),
      proxy: false, // HTTP_PROXY in the environment would undo the guard
      maxRedirects: 0,
      decompress: false,
      responseType: "stream",
      validateStatus: null,
      signal,
    });
  }

  /** One attempt: the hops, then the body. */
  async function attempt(request: DialRequest, signal: AbortSignal): Promise<DialAnswer> {
    const seen = new Set<string>();
    let url = request.url;
    let headers = request.headers ?? {};
    for (;;) {
      const answer = await hop(request, url, headers, signal);
      const here = new URL(url).href;
      seen.add(here);
      if (answer.status >= 500) {
        answer.data.destroy();
        throw new OutsideFault(system, "down", {
          detail: `status ${answer.status}`,
          status: answer.status,
          where: redactUrl(url),
        });
      }
      const follow =
        REDIRECTS.has(answer.status) && (request.method ?? "GET") === "GET" && (request.maxRedirects ?? 0) > 0;
      if (!follow)
        return { status: answer.status, headers: plain(answer), body: await read(answer, request), url: here };
      answer.data.destroy();
      const target = URL.canParse(String(answer.headers.location), here)
        ? new URL(String(answer.headers.location), here)
        : undefined;
      const wrong = !answer.headers.location || !target ? "no target" : seen.has(target.href) ? "loop" : undefined;
      if (wrong || !target || seen.size > (request.maxRedirects ?? 0))
        throw new OutsideFault(system, "redirects", { detail: wrong ?? "too many", where: redactUrl(here) });
      if (target.origin !== new URL(here).origin)
        headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase())));
      url = target.href;
    }
  }

  /** Reads the body under both limits: as sent and as unpacked (a small answer can unpack to gigabytes). */
  async function read(answer: AxiosResponse<Readable>, request: DialRequest): Promise<Uint8Array> {
    const limit = request.maxBytes ?? maxBytes;
    const where = redactUrl(request.url);
    const tooLarge = () => new OutsideFault(system, "too-large", { detail: `over ${limit} bytes`, where });
    const stop = (fault: OutsideFault) => {
      answer.data.destroy();
      return fault;
    };
    if (Number(answer.headers["content-length"] ?? 0) > limit) throw stop(tooLarge());
    const coding = String(answer.headers["content-encoding"] ?? "identity").toLowerCase();
    const unpack = coding === "gzip" ? createGunzip() : coding === "deflate" ? createInflate() : undefined;
    if (!unpack && coding !== "identity")
      throw stop(new OutsideFault(system, "bad-answer", { detail: "content-encoding", where }));
    if (unpack) {
      let sent = 0;
      answer.data.on("data", (chunk: Buffer) => {
        sent += chunk.length;
        if (sent > limit) answer.data.destroy(tooLarge());
      });
      answer.data.on("error", (error) => unpack.destroy(error)).pipe(unpack);
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of (unpack ?? answer.data) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) {
        unpack?.destroy();
        throw stop(tooLarge());
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  async function withRetries(request: DialRequest): Promise<DialAnswer> {
    const repeatable = request.idempotent ?? (request.method ?? "GET") === "GET";
    // A later attempt that surely did nothing must not hide an earlier one that may have acted.
    let doubtful: OutsideFault | undefined;
    for (let tried = 0; ; tried++) {
      try {
        return await withinLimits(request.url, request.timeoutMs ?? timeoutMs, (signal) => attempt(request, signal));
      } catch (error) {
        if (passing(error) && error.unknown) doubtful ??= error;
        if (!passing(error) || !repeatable || tried >= retries) throw doubtful ?? error;
        // Full jitter: callers that failed together must not come back together.
        await sleep(Math.floor(random() * Math.min(2_000, 200 * 2 ** tried)));
      }
    }
  }

  return async (request) => {
    if (insideTx()) throw new Error(`dial to ${system} inside a transaction`);
    const from = performance.now();
    try {
      const answer = await withRetries(request);
      onCall?.(system, "ok", performance.now() - from);
      return answer;
    } catch (error) {
      if (error instanceof OutsideFault) onCall?.(system, error.kind, performance.now() - from);
      throw error;
    }
  };
}

/** One attempt within its time and through the circuit of its host; whatever it ends in is a fault of this system. */
export function guard(system: string, breaker: DialSettings["breaker"]) {
  const breakerOf = breakers(breaker);
  const timed = async <T>(url: string, timeoutMs: number, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const stopwatch = new AbortController();
    const timer = setTimeout(() => stopwatch.abort(), timeoutMs);
    try {
      return await attempt(stopwatch.signal);
    } catch (error) {
      throw asFault(system, error, url, stopwatch.signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  };
  return async <T>(url: string, timeoutMs: number, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await breakerOf(url).execute(() => timed(url, timeoutMs, attempt));
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new OutsideFault(system, "circuit-open", { where: redactUrl(url) });
    }
  };
}

/** The errors of axios hold the whole request; only a code crosses this line. What has no code is a bug of ours. */
export function asFault(system: string, error: unknown, url: string, timedOut: boolean): unknown {
  const where = redactUrl(url);
  if (error instanceof OutsideFault) return error;
  if (timedOut) return new OutsideFault(system, "timeout", { where });
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return error;
  const { code } = error;
  if (code === REFUSED_ADDRESS)
    return new OutsideFault(system, "refused-address", { detail: "not a public address", where });
  if (/^(Z_|HPE_)/.test(code)) return new OutsideFault(system, "bad-answer", { detail: code, where });
  if (/^ERR_(INVALID|UNESCAPED|HTTP_INVALID)/.test(code))
    return new OutsideFault(system, "config", { detail: code, where });
  return new OutsideFault(system, "down", { detail: code, where, unsent: UNSENT.test(code) });
}

export function plain(answer: AxiosResponse<Readable>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : String(value),
    ]),
  );
}
