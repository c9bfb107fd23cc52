import Taro from "@tarojs/taro";
import { isWeb } from "./env.ts";

export function setTitle(title: string): void {
  if (isWeb) document.title = title;
  else Taro.setNavigationBarTitle({ title }).catch((error: unknown) => console.warn("title not set", error));
}
