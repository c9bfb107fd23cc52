import Taro from "@tarojs/taro";

export function setTitle(title: string): void {
  if (PLATFORM === "h5") {
    document.title = title;
  } else {
    Taro.setNavigationBarTitle({ title }).catch((error: unknown) => console.warn("title not set", error));
  }
}
