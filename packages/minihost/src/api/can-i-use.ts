import type { Bag, Platform } from "../types.ts";

const COMPONENTS = new Set(
  (
    "view text button input textarea image scroll-view swiper swiper-item icon label form picker picker-view switch checkbox " +
    "checkbox-group radio radio-group slider navigator progress rich-text page-meta root-portal"
  ).split(" "),
);
/** What a button can be asked to do, and this host does. */
const OPEN_TYPES: Record<Platform, string[]> = {
  weapp: ["share", "getPhoneNumber", "openSetting", "agreePrivacyAuthorization", "feedback", "contact"],
  alipay: ["share", "getAuthorize", "openSetting", "contactShare"],
};

/**
 * Answers for "api", "api.option…", "component" and "component.attribute…": yes for what this host has. What comes behind a
 * function's or a component's name is believed, except the open-type of a button, by which apps decide what to draw.
 */
export function canIUse(api: Bag, platform: Platform, name: string): boolean {
  const [first = "", attribute, value] = name.split(".");
  if (Object.hasOwn(api, first)) return true;
  if (!COMPONENTS.has(first)) return false;
  if (first !== "button" || attribute !== "open-type" || value === undefined) return true;
  return OPEN_TYPES[platform].includes(value);
}
