import Taro, { useShareAppMessage } from "@tarojs/taro";
import routes from "../routes.json";
import { isWeb } from "./env.ts";
import { hrefOf, type Target } from "./navigate.ts";

/** Makes the page's own share menu (mini-programs) carry this title and place. */
export function useShare(title: string, target: Target): void {
  useShareAppMessage(() => {
    const query = Object.entries(target.query ?? {}).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    return { title, path: `/${routes[target.name].page}${query.length > 0 ? `?${query.join("&")}` : ""}` };
  });
}

/** Mini-programs share by a button with `openType="share"`. */
export const sharesByButton = !isWeb;

/** On the site: the browser's share sheet, else the address is copied. Tells which happened. */
export async function shareOnWeb(title: string, target: Target): Promise<"shared" | "copied" | "no"> {
  const url = `${location.origin}${hrefOf(target)}`;
  if (typeof navigator.share === "function") {
    return navigator.share({ title, url }).then(
      () => "shared" as const,
      () => "no" as const,
    );
  }
  return (await copyText(url)) ? "copied" : "no";
}

export async function copyText(text: string): Promise<boolean> {
  const yes = () => true;
  const no = () => false;
  if (PLATFORM === "h5") {
    // Absent where the page did not come over https.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    return clipboard ? clipboard.writeText(text).then(yes, no) : false;
  } else {
    return Taro.setClipboardData({ data: text }).then(yes, no);
  }
}
