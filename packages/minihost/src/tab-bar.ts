import type { Bag, TabState } from "./types.ts";
import { bag } from "./values.ts";

/** Height of the bar on both platforms, in CSS pixels. */
export const BAR_HEIGHT = 50;

/** The bar below a tab page as the client draws it. */
export interface TabBar {
  color: string;
  selectedColor: string;
  background: string;
  border: string;
  items: Array<{ text: string; icon: string; selected: boolean; badge: string; dot: boolean }>;
}

/** What of a phone says how its tab bar looks. */
interface Barred {
  bundle: { app: Bag };
  tabs: readonly TabState[];
  tabBarShown: boolean;
}

/** The tab bar under a page; null where there is none: no tab page, hidden by the app, or drawn by the app itself. */
export function tabBarBelow({ bundle, tabs, tabBarShown }: Barred, route: string): TabBar | null {
  const bar = bag(bundle.app.tabBar);
  if (!tabBarShown || bar.custom === true || !tabs.some((tab) => tab.route === route)) return null;
  const text = (value: unknown, otherwise: string) => (typeof value === "string" ? value : otherwise);
  return {
    color: text(bar.color ?? bar.textColor, "#000"),
    selectedColor: text(bar.selectedColor, "#000"),
    background: text(bar.backgroundColor, "#fff"),
    border: text(bar.borderStyle, "black"),
    items: tabs.map((tab) => {
      const selected = tab.route === route;
      return { text: tab.text, icon: selected ? tab.selectedIcon : tab.icon, selected, badge: tab.badge, dot: tab.dot };
    }),
  };
}
