import type { Bag, Callable } from "../types.ts";
import { bag, isCallable } from "../values.ts";
import { type Answer, type Cause, ExchangeFailed, exchange, type Order } from "./exchange.ts";
import { type Kit, Refused } from "./kit.ts";

const METHODS = {
  weapp: ["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT"],
  alipay: ["GET", "POST", "PUT", "DELETE"],
} as const;

/** WeChat's errno and Alipay's error for each way to fail. */
const NUMBERS: Record<Cause, { errno: number; error: number }> = {
  "not-allowed": { errno: 600002, error: 4 },
  offline: { errno: 600001, error: 12 },
  dropped: { errno: 600003, error: 12 },
  timeout: { errno: 5, error: 13 },
  aborted: { errno: 600004, error: 20 },
  interrupted: { errno: 600003, error: 12 },
  unreachable: { errno: 600001, error: 12 },
};

/** The platform's failure for an exchange without an answer. */
export function exchangeRefused(error: unknown): unknown {
  if (!(error instanceof ExchangeFailed)) return error;
  return new Refused(error.message, NUMBERS[error.reason]);
}

/** `wx.request` and `my.request`: real HTTP, with each platform's idea of an answer. */
export function requestApi(kit: Kit): Callable {
  return (given: unknown) => {
    const options = bag(given);
    kit.phone.record("request", { url: options.url, method: options.method ?? "GET" });
    const mock = kit.phone.mocks.get("request");
    const started = mock ? undefined : start(kit, options);
    const end = kit.phone.activity.begin();
    const answer = started ? started.answer : mockedAnswer(mock, options);
    const asked = [options.success, options.fail, options.complete].some(isCallable);
    const promise = new kit.phone.realm.Promise<unknown>((resolve, reject) => {
      if (started) end();
      answer
        .then((done) => resolve(succeed(kit, options, done)))
        .catch((error: unknown) => reject(kit.tell(options, "fail", kit.failure("request", exchangeRefused(error)))))
        .finally(end);
    });
    if (asked) promise.catch(() => undefined);
    return Object.assign(
      asked ? {} : promise,
      taskOf(() => started?.abort()),
    );
  };
}

/** What both platforms hand out for something that runs. */
export function taskOf(abort: () => void): Record<string, Callable> {
  const nothing = () => undefined;
  return {
    abort,
    onHeadersReceived: nothing,
    offHeadersReceived: nothing,
    onChunkReceived: nothing,
    offChunkReceived: nothing,
    onProgressUpdate: nothing,
    offProgressUpdate: nothing,
  };
}

/** An option that holds headers, as lower-case names; an option of another name counts for nothing. */
export function headersOf(given: unknown, contentType?: string): Record<string, string> {
  const headers: Record<string, string> = contentType ? { "content-type": contentType } : {};
  for (const [name, value] of Object.entries(bag(given))) {
    headers[name.toLowerCase()] = String(value);
  }
  return headers;
}

async function mockedAnswer(mock: Callable | undefined, options: Bag): Promise<Answer | Bag> {
  return bag(await mock?.(options));
}

function start(kit: Kit, options: Bag): { answer: Promise<Answer>; abort: () => void } {
  const method = String(options.method ?? "GET").toUpperCase();
  const url = String(options.url);
  // The default is JSON on both platforms; of all functions only `my.request` calls the option `headers`.
  const headers = headersOf(kit.wechat ? options.header : options.headers, "application/json");
  if (!METHODS[kit.phone.platform].some((known) => known === method)) {
    return { answer: Promise.reject(new Refused(`method ${method} is not supported`, { error: 2 })), abort() {} };
  }
  const query = method === "GET" || method === "HEAD";
  const body = query ? "" : bodyOf(options.data, headers["content-type"] ?? "");
  const order: Order = {
    kind: "request",
    method,
    url: query ? withQuery(url, options.data) : url,
    headers,
    shown: body,
    timeout: options.timeout,
    ...(body === "" ? {} : { body }),
  };
  return exchange(kit.phone, order);
}

function withQuery(url: string, data: unknown): string {
  if (!URL.canParse(url) || typeof data !== "object" || data === null) return url;
  const full = new URL(url);
  for (const [name, value] of Object.entries(data)) {
    full.searchParams.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  return full.href;
}

function bodyOf(data: unknown, contentType: string): string {
  if (data === undefined || data === null) return "";
  if (typeof data === "string") return data;
  if (!contentType.includes("x-www-form-urlencoded")) return JSON.stringify(data);
  return Object.entries(bag(data))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join("&");
}

function succeed(kit: Kit, options: Bag, answer: Answer | Bag): unknown {
  const { status, headers, cookies, bytes } = answer;
  if (!(bytes instanceof Uint8Array)) return kit.tell(options, "success", bag(answer));
  const data = dataOf(kit, options, bytes);
  if (kit.wechat) {
    return kit.tell(options, "success", { data, statusCode: status, header: headers, cookies, errMsg: "request:ok" });
  }
  if (Number(status) >= 400) throw new Refused("http status error", { error: 19, status, data, headers });
  return kit.tell(options, "success", { data, status, headers });
}

/** dataType "json" is the default: WeChat keeps the text when it is none, Alipay fails with 14. */
function dataOf(kit: Kit, options: Bag, bytes: Uint8Array): unknown {
  if (options.responseType === "arraybuffer" || options.dataType === "arraybuffer") return bytes;
  const text = Buffer.from(bytes).toString("utf8");
  const kind = options.dataType ?? "json";
  if (String(kind).toLowerCase() !== "json") return text;
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch (error) {
    if (!kit.wechat) throw new Refused("JSON parse data error", { error: 14, cause: String(error) });
    return text;
  }
}
