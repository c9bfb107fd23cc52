import Taro from "@tarojs/taro";
import axios, {
  type AxiosAdapter,
  AxiosError,
  AxiosHeaders,
  type AxiosInstance,
  type AxiosResponse,
  CanceledError,
  type InternalAxiosRequestConfig,
} from "axios";

type Method = keyof Taro.request.Method;
type Answer = { data: unknown; statusCode: number; header?: Record<string, unknown>; errMsg?: string };

function headersOf(config: InternalAxiosRequestConfig): Record<string, string> {
  const all: Record<string, unknown> = config.headers.toJSON();
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)]));
}

function answered(config: InternalAxiosRequestConfig, answer: Answer): AxiosResponse {
  const headers = new AxiosHeaders();
  for (const [name, value] of Object.entries(answer.header ?? {})) headers.set(name, String(value));
  return { data: answer.data, status: answer.statusCode, statusText: answer.errMsg ?? "", headers, config };
}

/** axios over Taro.request. The body stays text: axios and tRPC read it themselves. */
export const taroAdapter: AxiosAdapter = (config) =>
  new Promise<AxiosResponse>((resolve, reject) => {
    const options = {
      url: axios.getUri(config),
      method: (config.method ?? "get").toUpperCase() as Method,
      header: headersOf(config),
      data: config.data,
      dataType: "text",
      responseType: "text" as const,
      timeout: config.timeout || 10_000,
      success: (answer: Answer) => {
        config.signal?.removeEventListener?.("abort", stop);
        resolve(answered(config, answer));
      },
      fail: (fault: { errMsg?: string; errorMessage?: string; status?: number; data?: unknown; error?: number }) => {
        config.signal?.removeEventListener?.("abort", stop);
        // Alipay reports an HTTP status of 400 and above as a failure (error 19) and puts the answer into it.
        if (fault.error === 19 && fault.status !== undefined) {
          return resolve(answered(config, { data: fault.data, statusCode: fault.status }));
        }
        const said = fault.errMsg ?? fault.errorMessage ?? "request:fail";
        const late = /time.?out|超时/i.test(said) || fault.error === 13;
        reject(new AxiosError(said, late ? AxiosError.ETIMEDOUT : AxiosError.ERR_NETWORK, config));
      },
    };
    const task = Taro.request(options);
    // Taro also gives a promise for the same outcome; `fail` has told it already.
    task.catch?.(() => undefined);
    function stop() {
      task.abort?.();
      reject(new CanceledError("canceled", undefined, config));
    }
    config.signal?.addEventListener?.("abort", stop);
  });

const adapter = () => {
  if (PLATFORM === "h5") {
    return "fetch";
  } else {
    return taroAdapter;
  }
};
export const http: AxiosInstance = axios.create({ adapter: adapter(), timeout: 10_000 });

type FetchInit = { method?: string | undefined; headers?: unknown; body?: unknown; signal?: unknown };

/** tRPC hands over a plain record of headers. */
const plainHeaders = (headers: unknown): Record<string, string> =>
  typeof headers === "object" && headers !== null
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    : {};

const isSignal = (signal: unknown): signal is AbortSignal => typeof signal === "object" && signal !== null;

/** What tRPC's links expect of `fetch`, done by axios, so that one transport serves all platforms. */
export async function axiosFetch(url: unknown, init: FetchInit = {}) {
  const answer = await http.request<string>({
    url: String(url),
    method: init.method ?? "GET",
    headers: plainHeaders(init.headers),
    data: init.body,
    ...(isSignal(init.signal) ? { signal: init.signal } : {}),
    responseType: "text",
    transformResponse: (text: string) => text,
    validateStatus: () => true,
  });
  const ok = answer.status >= 200 && answer.status < 300;
  return { ok, status: answer.status, json: async (): Promise<unknown> => JSON.parse(answer.data) };
}
