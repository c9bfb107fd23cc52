import Taro from "@tarojs/taro";
import { addressOf, isWeb, platform } from "./env.ts";
import { watchStall } from "./stall.ts";

/** Can a tap on a foreign address open it? Mini-programs cannot: there it is copied. */
export const opensLinks = isWeb;

export function openLink(href: string): void {
  if (isWeb) window.open(href, "_blank", "noopener,noreferrer");
}

export function call(phone: string): void {
  if (PLATFORM === "h5") {
    location.assign(`tel:${phone}`);
  } else {
    Taro.makePhoneCall({ phoneNumber: phone }).catch((error: unknown) => console.warn("call not made", error));
  }
}

/** Shows pictures large, starting with one; the phone's own viewer zooms. */
export function showPictures(urls: string[], current: string): void {
  if (PLATFORM === "h5") {
    window.open(addressOf(current), "_blank", "noopener");
  } else {
    const shown = Taro.previewImage({ urls: urls.map(addressOf), current: addressOf(current) });
    shown.catch((error: unknown) => console.warn("pictures not shown", error));
  }
}

const documents = ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx"] as const;
type DocumentKind = (typeof documents)[number];
const isDocument = (kind: string): kind is DocumentKind => (documents as readonly string[]).includes(kind);
const pictures = ["jpg", "jpeg", "png", "webp", "gif"];

/** A file that is on its way may take so long on the slowest network. */
const longestMs = 600_000;

/**
 * Opens an attachment; `onShare` tells how much of it is here, from 0 to 1. Alipay's viewer knows PDF only; other kinds
 * say no, and the page offers the address instead. Throws when the file did not come, or something else came for it.
 */
export async function openDocument(
  url: string,
  kind: string,
  onShare: (share: number) => void,
): Promise<"opened" | "no"> {
  const address = addressOf(url);
  if (PLATFORM === "h5") {
    window.open(address, "_blank", "noopener");
    return "opened";
  } else {
    if (pictures.includes(kind)) {
      await Taro.previewImage({ urls: [address], current: address });
      return "opened";
    }
    if (!isDocument(kind) || (platform === "alipay" && kind !== "pdf")) return "no";
    await Taro.openDocument({ filePath: await download(address, onShare), fileType: kind });
    return "opened";
  }
}

function download(url: string, onShare: (share: number) => void): Promise<string> {
  if (PLATFORM === "h5") {
    return Promise.reject(new Error("download:fail not on the site"));
  } else {
    return new Promise((resolve, reject) => {
      const watch = watchStall(() => {
        task.abort?.();
        reject(new Error("download:timeout"));
      });
      const task = Taro.downloadFile({
        url,
        timeout: longestMs,
        success: ({ statusCode, tempFilePath }) =>
          statusCode === 200 ? resolve(tempFilePath) : reject(new Error(`download:fail status ${statusCode}`)),
        fail: ({ errMsg }) => reject(new Error(errMsg ?? "download:fail")),
        complete: watch.end,
      });
      // Taro also gives a promise for the same outcome; `fail` has told it already.
      task.catch?.(() => undefined);
      task.progress?.(({ totalBytesWritten, totalBytesExpectedToWrite }) => {
        watch.moved();
        if (totalBytesExpectedToWrite > 0) onShare(totalBytesWritten / totalBytesExpectedToWrite);
      });
    });
  }
}
