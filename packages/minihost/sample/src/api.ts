import Taro from "@tarojs/taro";

/** The little backend's address; the tests put theirs into storage before the start. */
export const base = (): string => Taro.getStorageSync("base") || "http://127.0.0.1:1";

export async function call<T>(path: string, method: "GET" | "POST" = "GET", data?: object): Promise<T> {
  const token: string = Taro.getStorageSync("token") || "";
  const answer = await Taro.request<T>({
    url: base() + path,
    method,
    ...(data === undefined ? {} : { data }),
    header: { "content-type": "application/json", authorization: `Bearer ${token}` },
  });
  if (answer.statusCode >= 400) throw new Error(`HTTP ${answer.statusCode}`);
  return answer.data;
}
