import Taro from "@tarojs/taro";

/** The list is asked anew and shows that itself; the phone's own sign goes away at once. */
export function endPullDown(): void {
  if (PLATFORM !== "h5") {
    Taro.stopPullDownRefresh();
  }
}
