import Taro from "@tarojs/taro";

/** What the phone keeps. Full or forbidden storage (private mode) is not an error: then nothing is remembered. */
export const phoneStore = {
  get(key: string): unknown {
    try {
      const value: unknown = Taro.getStorageSync(key);
      return value === "" ? null : value;
    } catch (error) {
      return forget("read", key, error);
    }
  },
  set(key: string, value: unknown): boolean {
    try {
      // WeChat throws when it is full; Alipay answers so.
      const answer: unknown = Taro.setStorageSync(key, value);
      return !(typeof answer === "object" && answer !== null && "success" in answer && answer.success === false);
    } catch (error) {
      forget("write", key, error);
      return false;
    }
  },
  remove(key: string): void {
    try {
      Taro.removeStorageSync(key);
    } catch (error) {
      forget("remove", key, error);
    }
  },
};

function forget(what: string, key: string, error: unknown): null {
  console.warn(`storage: cannot ${what} ${key}`, error);
  return null;
}
