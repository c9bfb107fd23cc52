import Taro from "@tarojs/taro";
import { create } from "zustand";
import { countText } from "../ui/count.ts";
import { isWeb } from "./env.ts";
import { type TabName, tabs } from "./navigate.ts";

/** The numbers on the site's bar, which each of its tab pages draws itself. */
export const useTabCounts = create<Partial<Record<TabName, number>>>(() => ({}));

/** The number on a tab. */
export function tabBadge(tab: TabName, count: number): void {
  if (isWeb) return useTabCounts.setState({ [tab]: count });
  const index = tabs.indexOf(tab);
  const done = count > 0 ? Taro.setTabBarBadge({ index, text: countText(count) }) : Taro.removeTabBarBadge({ index });
  // Refused while no tab page is in front: the next one that comes asks again.
  done.catch((fault: unknown) => console.warn("the number on the tab was not set", fault));
}
