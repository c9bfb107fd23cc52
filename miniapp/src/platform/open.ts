import Taro from "@tarojs/taro";
import { addressOf, isWeb, platform } from "./env.ts";

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

/** Opens an attachment. Alipay's viewer knows PDF only; other kinds say no, and the page offers the address instead. */
export async function openDocument(url: string, kind: string): Promise<"opened" | "no"> {
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
    const { tempFilePath } = await Taro.downloadFile({ url: address });
    await Taro.openDocument({ filePath: tempFilePath, fileType: kind });
    return "opened";
  }
}
