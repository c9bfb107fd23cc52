import type { Bag } from "../types.ts";
import { bag } from "../values.ts";
import { type Kit, Refused } from "./kit.ts";

/** WeChat's storage: keys as arguments, errors thrown. */
export function wechatStorage(kit: Kit): Record<string, unknown> {
  const { storage } = kit.phone;
  const put = (key: unknown, value: unknown) => {
    const refusal = storage.put("weapp", String(key), value);
    if (refusal !== "") throw new Refused(refusal);
  };
  const info = () => ({ keys: storage.keys(), currentSize: Math.ceil(storage.bytes() / 1024), limitSize: 10240 });
  return {
    getStorageSync: kit.now("getStorageSync", (key) => storage.get(String(key)) ?? ""),
    setStorageSync: kit.now("setStorageSync", put),
    removeStorageSync: kit.now("removeStorageSync", (key) => storage.delete(String(key))),
    clearStorageSync: kit.now("clearStorageSync", () => storage.clear()),
    getStorageInfoSync: kit.now("getStorageInfoSync", info),
    getStorage: kit.later("getStorage", ({ key }) => {
      if (!storage.has(String(key))) throw new Error("data not found");
      return { data: storage.get(String(key)) };
    }),
    setStorage: kit.later("setStorage", ({ key, data }) => put(key, data)),
    removeStorage: kit.later("removeStorage", ({ key }) => storage.delete(String(key))),
    clearStorage: kit.later("clearStorage", () => storage.clear()),
    getStorageInfo: kit.later("getStorageInfo", info),
  };
}

/** Alipay's storage: options, and the synchronous ones answer an object with `success`. */
export function alipayStorage(kit: Kit): Record<string, unknown> {
  const { storage } = kit.phone;
  const get = ({ key }: Bag) => ({ data: storage.get(String(key)) ?? null });
  const put = ({ key, data }: Bag) => {
    const refusal = storage.put("alipay", String(key), data);
    if (refusal !== "") throw new Refused(refusal, { error: 14 });
  };
  const info = () => ({
    keys: storage.keys(),
    currentSize: Math.ceil(storage.bytes() / 1024),
    limitSize: 10240,
    success: true,
  });
  const sync = (name: string, work: (options: Bag) => unknown) =>
    kit.now(name, (options) => {
      try {
        return { success: true, ...bag(work(bag(options))) };
      } catch (error) {
        return { success: false, ...kit.failure(name, error) };
      }
    });
  return {
    getStorageSync: sync("getStorageSync", get),
    setStorageSync: sync("setStorageSync", put),
    removeStorageSync: sync("removeStorageSync", ({ key }) => storage.delete(String(key))),
    clearStorageSync: sync("clearStorageSync", () => storage.clear()),
    getStorageInfoSync: sync("getStorageInfoSync", info),
    getStorage: kit.later("getStorage", get),
    setStorage: kit.later("setStorage", put),
    removeStorage: kit.later("removeStorage", ({ key }) => storage.delete(String(key))),
    clearStorage: kit.later("clearStorage", () => storage.clear()),
    getStorageInfo: kit.later("getStorageInfo", info),
  };
}
