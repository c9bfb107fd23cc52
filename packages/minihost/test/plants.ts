import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "../src/index.ts";

/** A bug put into a copy of the built bundle, and who must notice it. */
export interface Plant {
  bug: string;
  platform: Platform;
  by: "jsdom" | "chromium" | "wechat's compilers";
  /** What the failure must say, so that it is this bug that was noticed. */
  says: RegExp;
  put(dist: string): void;
}

const edit = (file: string, from: string, to: string) => (dist: string) => {
  const path = join(dist, file);
  const before = readFileSync(path, "utf8");
  const after = before.split(from).join(to);
  if (after === before) throw new Error(`the plant found nothing to change in ${file}: ${from}`);
  writeFileSync(path, after);
};
/** Alipay's pages each carry their own copy of the templates. */
const editTemplates = (from: string, to: string) => (dist: string) => {
  for (const file of ["pages/index", "pages/detail", "pages/forms", "pkg/device"])
    edit(`${file}/index.axml`, from, to)(dist);
};
const first = (file: string, code: string) => (dist: string) => {
  const path = join(dist, file);
  writeFileSync(path, code + readFileSync(path, "utf8"));
};
const last = (file: string, text: string) => (dist: string) => appendFileSync(join(dist, file), text);
/** As the minifier writes Chinese. */
const escaped = (text: string) =>
  [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

const HOME = "pages/index/index.js";
const template: Plant[] = [
  {
    bug: "a tap handler is misspelt",
    platform: "weapp",
    by: "jsdom",
    says: /数 0/,
    put: edit("base.wxml", 'bindtap="eh"', 'bindtap="ehh"'),
  },
  {
    bug: "a text binding is lost",
    platform: "weapp",
    by: "jsdom",
    says: /expected ''/,
    put: edit("base.wxml", "{{i.v}}", ""),
  },
  {
    bug: "the WXS helper names other templates",
    platform: "weapp",
    by: "jsdom",
    says: /no element .*加一/,
    put: edit("utils.wxs", "'tmpl_'", "'tmp_'"),
  },
  {
    bug: "a tag is not closed",
    platform: "weapp",
    by: "jsdom",
    says: /missing end tag/,
    put: edit("base.wxml", "</button>", ""),
  },
  {
    bug: "the template for deep nesting is broken",
    platform: "weapp",
    by: "jsdom",
    says: /no element "#deep"/,
    put: edit("comp.wxml", "i.nn", "i.mm"),
  },
  {
    bug: "names for the screen reader are lost",
    platform: "weapp",
    by: "jsdom",
    says: /no element .*label.*加一/,
    put: edit("base.wxml", " aria-label=", " data-label="),
  },
  {
    bug: "names for the screen reader are lost",
    platform: "alipay",
    by: "jsdom",
    says: /no element .*label.*加一/,
    put: editTemplates(" aria-label=", " data-label="),
  },
  {
    bug: "WeChat's syntax is in AXML",
    platform: "alipay",
    by: "jsdom",
    says: /WeChat's attribute \"bindtap\"/,
    put: editTemplates('onTap="eh"', 'bindtap="eh"'),
  },
  {
    bug: "Alipay's syntax is in WXML",
    platform: "weapp",
    by: "jsdom",
    says: /Alipay's attribute \"onTap\"/,
    put: edit("base.wxml", 'bindtap="eh"', 'onTap="eh"'),
  },
  {
    bug: "taps are bound to nothing",
    platform: "alipay",
    by: "jsdom",
    says: /数 0/,
    put: editTemplates(' onTap="eh"', ""),
  },
  {
    bug: "a:for is misspelt",
    platform: "alipay",
    by: "jsdom",
    says: /invalid attribute prefix/,
    put: editTemplates("a:for=", "a:fro="),
  },
  {
    bug: "the SJS helper names other templates",
    platform: "alipay",
    by: "jsdom",
    says: /no element .*加一/,
    put: edit("utils.sjs", "'tmpl_'", "'tmp_'"),
  },
];

const styles: Plant[] = [
  {
    bug: "an invisible overlay eats taps",
    platform: "weapp",
    by: "chromium",
    says: /intercepts pointer events/,
    put: last("app.wxss", '.page::after{content:"";position:fixed;top:0;left:0;right:0;bottom:0}'),
  },
  {
    bug: "buttons stand outside the screen",
    platform: "alipay",
    by: "chromium",
    says: /outside of the viewport/,
    put: last("app.acss", ".btn{position:fixed;left:-9999px}"),
  },
  {
    bug: "buttons let taps through",
    platform: "weapp",
    by: "chromium",
    says: /intercepts pointer events/,
    put: last("app.wxss", ".btn{pointer-events:none}"),
  },
  {
    bug: "buttons are shrunk to nothing",
    platform: "alipay",
    by: "chromium",
    says: /not visible|intercepts pointer events/,
    put: last("app.acss", ".btn{height:0;overflow:hidden;border:0;padding:0}"),
  },
  {
    bug: "buttons are display: none",
    platform: "alipay",
    by: "jsdom",
    says: /no element .*加一/,
    put: last("app.acss", ".btn{display:none}"),
  },
  {
    bug: "a stylesheet imports a file that is not there",
    platform: "weapp",
    by: "jsdom",
    says: /gone\.wxss", which is not there/,
    put: last("app.wxss", '@import "./gone.wxss";'),
  },
  {
    bug: "a style rule is not closed",
    platform: "weapp",
    by: "wechat's compilers",
    says: /app\.wxss.*unexpected/,
    put: last("app.wxss", ".x{color:red;}}}.y{"),
  },
];

const needs: Array<[what: string, says: RegExp, code: string]> = [
  ["URL", /URL is not defined/, 'new URL("http://a/");'],
  ["localStorage", /localStorage is not defined/, 'localStorage.getItem("a");'],
  ["new Function", /Code generation from strings disallowed/, 'new Function("return 1")();'],
  ["Intl", /Intl is not defined/, "new Intl.NumberFormat();"],
  ["AbortController", /AbortController is not defined/, "new AbortController();"],
  ["a method that old phones lack", /at is not a function/, "[1].at(-1);"],
  ["an API that does not exist", /fooBar is not a function/, "wx.fooBar();"],
];
const realm = needs.map(([what, says, code]): Plant => {
  return { bug: `code needs ${what}`, platform: "weapp", by: "jsdom", says, put: first(HOME, code) };
});

const behaviour: Plant[] = [
  {
    bug: "wx is called in the Alipay bundle",
    platform: "alipay",
    by: "jsdom",
    says: /wx is not defined/,
    put: first(HOME, "wx.getSystemInfoSync();"),
  },
  {
    bug: "a page is listed and its file is missing",
    platform: "weapp",
    by: "jsdom",
    says: /pages\/detail\/index\.js' is not defined/,
    put: (dist) => rmSync(join(dist, "pages/detail/index.js")),
  },
  {
    bug: "a component is not registered",
    platform: "weapp",
    by: "jsdom",
    says: /no element "#deep"/,
    put: edit("pages/detail/index.json", '"comp":', '"comq":'),
  },
  {
    bug: "requests go to an origin that is not listed",
    platform: "weapp",
    by: "jsdom",
    says: /url not in domain list/,
    put: edit("common.js", '"base"', '"bose"'),
  },
  {
    bug: "requests go to an origin that is not listed",
    platform: "alipay",
    by: "jsdom",
    says: /url not in domain list/,
    put: edit("common.js", '"base"', '"bose"'),
  },
  {
    bug: "one setData is larger than 64 KB",
    platform: "weapp",
    by: "jsdom",
    says: /largest setData/,
    put: edit(HOME, escaped("看不见的字"), "x".repeat(70_000)),
  },
  {
    bug: "a stored value is larger than WeChat allows",
    platform: "weapp",
    by: "jsdom",
    says: /entry size limit reached/,
    put: edit(HOME, 'setStorageSync("token",', 'setStorageSync("token","x".repeat(2e6)+'),
  },
  {
    bug: "a stored value is larger than Alipay allows",
    platform: "alipay",
    by: "jsdom",
    says: /"status":401/,
    put: edit(HOME, 'setStorageSync("token",', 'setStorageSync("token","x".repeat(3e5)+'),
  },
  {
    bug: "a link leads to a page that does not exist",
    platform: "alipay",
    by: "jsdom",
    says: /detial.* is not found/,
    put: edit(HOME, "/pages/detail/index", "/pages/detial/index"),
  },
  {
    bug: "an upload does not say its type",
    platform: "alipay",
    by: "jsdom",
    says: /fileType should b/,
    put: edit("pkg/device/index.js", 'fileType:"image"', 'filetype:"image"'),
  },
  {
    bug: "the payment lacks a field",
    platform: "weapp",
    by: "jsdom",
    says: /requestPayment:fail parameter erro/,
    put: edit("common.js", "requestPayment(", "requestPayment(0*"),
  },
  {
    bug: "a promise is forgotten",
    platform: "weapp",
    by: "jsdom",
    says: /unhandled rejection: Error: forgotten/,
    put: first(HOME, 'Promise.reject(new Error("forgotten"));'),
  },
  {
    bug: "something is printed as an error",
    platform: "weapp",
    by: "jsdom",
    says: /console\.error: oops/,
    put: first(HOME, 'console.error("oops");'),
  },
];

export const PLANTS: Plant[] = [...template, ...styles, ...realm, ...behaviour];
