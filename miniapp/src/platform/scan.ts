import Taro from "@tarojs/taro";
import { isWeb } from "./env.ts";

/** A browser has no scanner that every phone's knows. */
export const canScan = !isWeb;

/** What a code says; null when nothing was scanned. */
export async function scanCode(): Promise<string | null> {
  try {
    const { result } = await Taro.scanCode({ onlyFromCamera: true, scanType: ["qrCode"] });
    return typeof result === "string" && result !== "" ? result : null;
  } catch {
    // Closed without one, or no leave to use the camera: both platforms answer both the same way.
    return null;
  }
}
