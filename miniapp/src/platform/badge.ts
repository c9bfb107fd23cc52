import Taro from "@tarojs/taro";
import { isWeb } from "./env.ts";
import { type TabName, tabs } from "./navigate.ts";

/** The number on a tab of the phone's own bar. The site draws its bar itself, without one. */
export function tabBadge(tab: TabName, count: number): void {
  if (isWeb) return;
  const index = tabs.indexOf(tab);
  const done =
    count > 0
      ? Taro.setTabBarBadge({ index, text: count > 99 ? "99+" : String(count) })
      : Taro.removeTabBarBadge({ index });
  // Refused while no tab page is in front: the next one that comes asks again.
  done.catch((fault: unknown) => console.warn("the number on the tab was not set", fault));
}
