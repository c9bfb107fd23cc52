import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { PassThrough, type Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { OutsideFault, redactUrl } from "@weimenhu/connectors/fault";
import type { StreamAnswer, StreamDial, StreamRequest } from "@weimenhu/connectors/ports";
import axios from "axios";
import { refusal } from "./address.ts";
import { asFault, type DialSettings, guard, passing, plain } from "./dial.ts";

export type StreamSettings = Pick<
  DialSettings,
  "system" | "insideTx" | "retries" | "breaker" | "onCall" | "sleep" | "random"
> & {
  /** Until the head of the answer is there, the sent body included; default 60 s. */
  timeoutMs?: number;
  /** So long may an answer that has begun be silent; default 60 s. */
  silenceMs?: number;
};

/**
 * The way out of the house for what is too large to be held in memory. As `makeDial`: no call inside a transaction, an answer 5xx
 * is a fault, faults that pass are tried again, a circuit for each host. The configuration alone names where it goes.
 */
export function makeStreamDial(settings: StreamSettings): StreamDial {
  const { system, insideTx, onCall, retries = 2, timeoutMs = 60_000, silenceMs = 60_000 } = settings;
  const { sleep = wait, random = Math.random, breaker } = settings;
  const agents = {
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true }),
  };
  const withinLimits = guard(system, breaker);

  async function attempt(request: StreamRequest, signal: AbortSignal): Promise<StreamAnswer> {
    const sent = request.body?.open();
    try {
      return await hop(request, sent, signal);
    } finally {
      // Whoever answers, or hangs up, before all of it was sent leaves the rest unread.
      sent?.destroy();
    }
  }

  async function hop(request: StreamRequest, sent: Readable | undefined, signal: AbortSignal): Promise<StreamAnswer> {
    const { url, method, headers = {}, body } = request;
    const where = redactUrl(url);
    const no = URL.canParse(url) ? refusal(new URL(url), false) : "unreadable";
    if (no) throw new OutsideFault(system, "refused-address", { detail: no, where });
    const answer = await axios.request<IncomingMessage>({
      adapter: "http",
      url,
      method,
      headers: {
        "user-agent": "weimenhu/1.0",
        ...headers,
        "accept-encoding": "identity",
        ...(body ? { "content-length": String(body.bytes), "content-type": "application/octet-stream" } : {}),
      },
      ...(sent ? { data: sent } : {}),
      ...agents,
      proxy: false,
      maxRedirects: 0,
      maxBodyLength: Number.POSITIVE_INFINITY,
      decompress: false,
      responseType: "stream",
      validateStatus: null,
      signal,
    });
    if (answer.status < 500)
      return { status: answer.status, headers: plain(answer), body: guarded(answer.data, url, signal) };
    answer.data.destroy();
    throw new OutsideFault(system, "down", { detail: `status ${answer.status}`, status: answer.status, where });
  }

  /** The body, whose end before its time is a fault like any other. */
  function guarded(from: IncomingMessage, url: string, signal: AbortSignal): Readable {
    const body = new PassThrough();
    const silence = setTimeout(() => {
      // It is whoever reads that is slow.
      if (from.isPaused()) silence.refresh();
      else from.destroy(new OutsideFault(system, "timeout", { where: redactUrl(url) }));
    }, silenceMs);
    from.on("data", () => silence.refresh()).on("close", () => clearTimeout(silence));
    from.on("error", (error) => {
      const fault = asFault(system, error, url, signal.aborted);
      body.destroy(fault instanceof Error ? fault : new Error("cut"));
    });
    body.on("close", () => from.destroy());
    return from.pipe(body);
  }

  async function withRetries(request: StreamRequest): Promise<StreamAnswer> {
    for (let tried = 0; ; tried++) {
      try {
        return await withinLimits(request.url, timeoutMs, (signal) => attempt(request, signal));
      } catch (error) {
        if (!passing(error) || tried >= retries) throw error;
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
