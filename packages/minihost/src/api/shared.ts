import { type Navigation, parseUrl, type Stack } from "../logic/stack.ts";
import { menuButton } from "../system.ts";
import type { Bag, Callable } from "../types.ts";
import { isCallable } from "../values.ts";
import { canIUse } from "./can-i-use.ts";
import { fileApis } from "./files.ts";
import { type Kit, needText, Refused } from "./kit.ts";
import { requestApi } from "./request.ts";
import { selectorQuery } from "./selector-query.ts";

/** What both platforms call by the same name. */
export function sharedApis(kit: Kit, stack: Stack): Record<string, unknown> {
  const { phone } = kit;
  const system = () => ({ ...phone.system });
  return {
    ...fileApis(kit),
    ...navigation(kit, stack),
    ...tabBar(kit, stack),
    ...kit.listen(
      "AppShow",
      "AppHide",
      "Error",
      "UnhandledRejection",
      "PageNotFound",
      "NetworkStatusChange",
      "MemoryWarning",
    ),
    ...kit.listen("KeyboardHeightChange", "UserCaptureScreen"),
    ...kit.noted("showToast", "hideToast", "showLoading", "hideLoading", "hideKeyboard", "vibrateShort", "vibrateLong"),
    ...kit.noted(
      "showNavigationBarLoading",
      "hideNavigationBarLoading",
      "setBackgroundColor",
      "setBackgroundTextStyle",
    ),
    ...kit.noted(
      "navigateToMiniProgram",
      "navigateBackMiniProgram",
      "showShareMenu",
      "hideShareMenu",
      "setKeepScreenOn",
    ),
    request: requestApi(kit),
    previewImage: kit.later("previewImage", ({ urls }) => {
      if (!Array.isArray(urls) || urls.length === 0) throw new Refused("parameter error: urls is empty", { error: 2 });
    }),
    makePhoneCall: kit.later(
      "makePhoneCall",
      (options) => void needText(options, kit.wechat ? "phoneNumber" : "number"),
    ),
    openLocation: kit.later("openLocation"),
    startPullDownRefresh: kit.later("startPullDownRefresh", () => {
      phone.refreshing = true;
      const top = stack.top;
      const method = top?.instance.onPullDownRefresh;
      if (isCallable(method)) phone.guard(() => method.call(top?.instance));
    }),
    stopPullDownRefresh: kit.later("stopPullDownRefresh", () => {
      phone.refreshing = false;
    }),
    pageScrollTo: kit.later("pageScrollTo", async ({ scrollTop, selector }) => {
      await phone.view.call("scroll", typeof selector === "string" ? selector : Number(scrollTop) || 0);
    }),
    getSystemInfoSync: kit.now("getSystemInfoSync", system),
    getSystemInfo: kit.later("getSystemInfo", system),
    getWindowInfo: kit.now("getWindowInfo", system),
    getDeviceInfo: kit.now("getDeviceInfo", system),
    getAppBaseInfo: kit.now("getAppBaseInfo", system),
    getMenuButtonBoundingClientRect: kit.now("getMenuButtonBoundingClientRect", () =>
      menuButton(phone.system.windowWidth),
    ),
    getLaunchOptionsSync: kit.now("getLaunchOptionsSync", () => phone.launchOptions),
    getEnterOptionsSync: kit.now("getEnterOptionsSync", () => phone.enterOptions),
    createSelectorQuery: selectorQuery(phone),
    createIntersectionObserver: () => intersectionObserver(kit),
    getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
    nextTick: (work: unknown) => setTimeout(() => phone.guard(() => (isCallable(work) ? work() : undefined)), 0),
    canIUse: (name: unknown) => canIUse(phone.api, kit.phone.platform, String(name)),
  };
}

function navigation(kit: Kit, stack: Stack): Record<string, Callable> {
  const kinds: Navigation[] = ["navigateTo", "redirectTo", "reLaunch", "switchTab", "navigateBack"];
  const api = (kind: Navigation) =>
    kit.later(kind, async (options) => {
      const url = kind === "navigateBack" ? "" : needText(options, "url");
      if (kind === "switchTab" && Object.keys(parseUrl(url).query).some((key) => key !== "$taroTimestamp")) {
        kit.phone.log({ level: "warn", text: `switchTab drops the query of ${url}` });
      }
      await stack.go(kind, url, Number(options.delta) || 1);
      return kind === "navigateTo" ? { eventChannel: { on() {}, once() {}, off() {}, emit() {} } } : {};
    });
  return Object.fromEntries(kinds.map((kind) => [kind, api(kind)]));
}

function tabBar(kit: Kit, stack: Stack): Record<string, Callable> {
  const change = (name: string, work: (tab: { badge: string; dot: boolean; text: string }, options: Bag) => void) =>
    kit.later(name, (options) => {
      const tab = kit.phone.tabs[Number(options.index)];
      if (!tab) throw new Error("tabbar item not found");
      work(tab, options);
    });
  const show = (shown: boolean) => async () => {
    kit.phone.tabBarShown = shown;
    await stack.layOut();
  };
  return {
    setTabBarBadge: change("setTabBarBadge", (tab, { text }) => {
      tab.badge = String(text ?? "");
    }),
    removeTabBarBadge: change("removeTabBarBadge", (tab) => {
      tab.badge = "";
    }),
    showTabBarRedDot: change("showTabBarRedDot", (tab) => {
      tab.dot = true;
    }),
    hideTabBarRedDot: change("hideTabBarRedDot", (tab) => {
      tab.dot = false;
    }),
    setTabBarItem: change("setTabBarItem", (tab, { text }) => {
      if (typeof text === "string") tab.text = text;
    }),
    setTabBarStyle: kit.later("setTabBarStyle"),
    hideTabBar: kit.later("hideTabBar", show(false)),
    showTabBar: kit.later("showTabBar", show(true)),
  };
}

/** Says at once that everything observed is in sight, so that what loads lazily does load. */
function intersectionObserver(kit: Kit): Record<string, Callable> {
  const observer: Record<string, Callable> = {
    relativeTo: () => observer,
    relativeToViewport: () => observer,
    disconnect: () => undefined,
    observe: (_selector, callback) => {
      const detail = kit.phone.realm.adopt({ intersectionRatio: 1, time: 0 });
      setTimeout(() => kit.phone.guard(() => (isCallable(callback) ? callback(detail) : undefined)), 0);
    },
  };
  return observer;
}
