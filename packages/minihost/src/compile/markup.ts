import type { Platform } from "../types.ts";

const STRUCTURAL = new Set(["template", "block", "import", "include", "wxs", "slot"]);
const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>/g;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'))?/g;

export interface MarkupRules {
  platform: Platform;
  /** Tag names that mean custom components; every other tag is a built-in one and gets the prefix `wx-`. */
  custom: ReadonlySet<string>;
  /** Told about an attribute that the platform silently ignores. */
  problem(message: string): void;
}

/**
 * Rewrites one template file to the one dialect that the template compiler reads: AXML becomes WXML, and `<view>` becomes
 * `<wx-view>` as WeChat itself does. An attribute of the other platform is a problem, because on a phone it does nothing.
 */
export function rewriteMarkup(source: string, file: string, rules: MarkupRules): string {
  return source
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(TAG, (_all, close: string, tag: string, attributes: string, selfClosing: string) => {
      const name = elementName(tag, rules);
      if (close) return `</${name}>`;
      const rewritten = attributes.replace(ATTRIBUTE, (_a, key: string, value: string | undefined) => {
        reportForeign(file, tag, key, rules);
        return rules.platform === "alipay" ? alipayAttribute(tag, key, value) : attribute(key, value);
      });
      return `<${name}${rewritten}${selfClosing ? "/" : ""}>`;
    });
}

/** SJS is WXS with the module syntax of ES6. */
export function sjsToWxs(source: string): string {
  return source
    .replace(/export\s+default\s*/, "module.exports = ")
    .replace(/import\s+(\w+)\s+from\s+(['"][^'"]+)\.sjs(['"])\s*;?/g, "var $1 = require($2.wxs$3);");
}

function elementName(tag: string, { platform, custom }: MarkupRules): string {
  const name = platform === "alipay" && tag === "import-sjs" ? "wxs" : tag;
  return STRUCTURAL.has(name) || custom.has(name) ? name : `wx-${name}`;
}

function reportForeign(file: string, tag: string, key: string, { platform, problem }: MarkupRules): void {
  if (platform === "alipay" && (key.startsWith("wx:") || /^(bind|catch)[a-z:]/.test(key))) {
    problem(`${file}: WeChat's attribute "${key}" on <${tag}> does nothing on Alipay`);
  }
  if (platform === "weapp" && (key.startsWith("a:") || /^on[A-Z]/.test(key))) {
    problem(`${file}: Alipay's attribute "${key}" on <${tag}> does nothing on WeChat`);
  }
}

function alipayAttribute(tag: string, key: string, value: string | undefined): string {
  let name = key;
  if (tag === "import-sjs") name = key === "name" ? "module" : key === "from" ? "src" : key;
  else if (key.startsWith("a:")) name = `wx:${key.slice(2)}`;
  else if (/^on[A-Za-z]/.test(key)) name = `bind${key.slice(2).toLowerCase()}`;
  else if (/^catch[A-Z]/.test(key)) name = `catch${key.slice(5).toLowerCase()}`;
  return attribute(name, value?.replace(/\.axml(["'])$/, ".wxml$1").replace(/\.sjs(["'])$/, ".wxs$1"));
}

function attribute(key: string, value: string | undefined): string {
  // bindtap and bind:tap are the same; the compiler wants one spelling for names that contain dashes.
  const name = key.replace(/^(capture-)?(bind|catch)(?=[a-z])/, "$1$2:");
  return value === undefined ? name : `${name}=${value}`;
}
