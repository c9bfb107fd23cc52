import type { Platform, Rect, SystemInfo } from "./types.ts";

/** The capsule button at the top right, which no page may cover; from a common phone, moved with the width. */
export function menuButton(width: number): Rect {
  return { top: 24, bottom: 56, left: width - 94, right: width - 7, width: 87, height: 32 };
}

/** A common phone of the view's size; `change` overrides single facts. */
export function systemInfo(platform: Platform, width: number, height: number, change: Partial<SystemInfo>): SystemInfo {
  const statusBarHeight = 20;
  return {
    brand: "test",
    model: "test",
    pixelRatio: 2,
    windowWidth: width,
    windowHeight: height,
    screenWidth: width,
    screenHeight: height,
    statusBarHeight,
    language: platform === "weapp" ? "zh_CN" : "zh-Hans",
    version: platform === "weapp" ? "8.0.50" : "10.5.0",
    system: platform === "weapp" ? "iOS 17.0" : "17.0",
    platform: platform === "weapp" ? "ios" : "iOS",
    SDKVersion: platform === "weapp" ? "3.5.0" : "2.8.0",
    fontSizeSetting: 16,
    theme: "light",
    safeArea: { top: statusBarHeight, bottom: height, left: 0, right: width, width, height: height - statusBarHeight },
    ...change,
  };
}
