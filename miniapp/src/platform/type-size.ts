import Taro from "@tarojs/taro";

/** The system's type size as a factor of the usual one (1 … 2). The site needs none: its sizes are in rem. */
export function systemTypeScale(): number {
  if (PLATFORM === "h5") {
    return 1;
  } else {
    try {
      const info: { fontSizeSetting?: number } = Taro.getSystemInfoSync();
      const setting = info.fontSizeSetting ?? 16;
      return Math.min(2, Math.max(1, Math.round((setting / 16) * 100) / 100));
    } catch (error) {
      console.warn("type size of the system is not known", error);
      return 1;
    }
  }
}
