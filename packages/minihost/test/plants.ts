import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "../src/index.ts";

/** A bug put into a copy of the built bundle, and who must notice it. */
export interface Plant {
  bug: string;
  platform: Platform;
  by: "jsdom" | "chromium" | "wechat's compilers";
  put(dist: string): void;
}

const edit = (file: string, from: string, to: string) => (dist: string) => {
  const path = join(dist, file);
  const before = readFileSync(path, "utf8");
  const after = before.split(from).join(to);
  if (after === before) throw new Error(`the plant found nothing to change in ${file}: ${from}`);
  writeFileSync(path, after);
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
    put: edit("base.wxml", 'bindtap="eh"', 'bindtap="ehh"'),
  },
  { bug: "a text binding is lost", platform: "weapp", by: "jsdom", put: edit("base.wxml", "{{i.v}}", "") },
  {
    bug: "the WXS helper names other templates",
    platform: "weapp",
    by: "jsdom",
    put: edit("utils.wxs", "'tmpl_'", "'tmp_'"),
  },
  { bug: "a tag is not closed", platform: "weapp", by: "jsdom", put: edit("base.wxml", "</button>", "") },
  {
    bug: "the template for deep nesting is broken",
    platform: "weapp",
    by: "jsdom",
    put: edit("comp.wxml", "i.nn", "i.mm"),
  },
  {
    bug: "names for the screen reader are lost",
    platform: "weapp",
    by: "jsdom",
    put: edit("base.wxml", " aria-label=", " data-label="),
  },
  {
    bug: "names for the screen reader are lost",
    platform: "alipay",
    by: "jsdom",
    put: edit("base.axml", " aria-label=", " data-label="),
  },
  {
    bug: "WeChat's syntax is in AXML",
    platform: "alipay",
    by: "jsdom",
    put: edit("base.axml", 'onTap="eh"', 'bindtap="eh"'),
  },
  {
    bug: "Alipay's syntax is in WXML",
    platform: "weapp",
    by: "jsdom",
    put: edit("base.wxml", 'bindtap="eh"', 'onTap="eh"'),
  },
  { bug: "taps are bound to nothing", platform: "alipay", by: "jsdom", put: edit("base.axml", ' onTap="eh"', "") },
  { bug: "a:for is misspelt", platform: "alipay", by: "jsdom", put: edit("base.axml", "a:for=", "a:fro=") },
  {
    bug: "the SJS helper names other templates",
    platform: "alipay",
    by: "jsdom",
    put: edit("utils.sjs", "'tmpl_'", "'tmp_'"),
  },
];

const styles: Plant[] = [
  {
    bug: "an invisible overlay eats taps",
    platform: "weapp",
    by: "chromium",
    put: last("app.wxss", '.page::after{content:"";position:fixed;top:0;left:0;right:0;bottom:0}'),
  },
  {
    bug: "buttons stand outside the screen",
    platform: "alipay",
    by: "chromium",
    put: last("app.acss", ".btn{position:fixed;left:-9999px}"),
  },
  {
    bug: "buttons let taps through",
    platform: "weapp",
    by: "chromium",
    put: last("app.wxss", ".btn{pointer-events:none}"),
  },
  {
    bug: "buttons are shrunk to nothing",
    platform: "alipay",
    by: "chromium",
    put: last("app.acss", ".btn{height:0;overflow:hidden;border:0;padding:0}"),
  },
  { bug: "buttons are display: none", platform: "alipay", by: "jsdom", put: last("app.acss", ".btn{display:none}") },
  {
    bug: "a stylesheet imports a file that is not there",
    platform: "weapp",
    by: "jsdom",
    put: last("app.wxss", '@import "./gone.wxss";'),
  },
  {
    bug: "a style rule is not closed",
    platform: "weapp",
    by: "wechat's compilers",
    put: last("app.wxss", ".x{color:red;}}}.y{"),
  },
];

const realm: Plant[] = [
  ["URL", 'new URL("http://a/");'],
  ["localStorage", 'localStorage.getItem("a");'],
  ["new Function", 'new Function("return 1")();'],
  ["Intl", "new Intl.NumberFormat();"],
  ["AbortController", "new AbortController();"],
  ["a method that old phones lack", "[1].at(-1);"],
  ["an API that does not exist", "wx.fooBar();"],
].map(([what, code]) => ({ bug: `code needs ${what}`, platform: "weapp", by: "jsdom", put: first(HOME, `${code}`) }));

const behaviour: Plant[] = [
  {
    bug: "wx is called in the Alipay bundle",
    platform: "alipay",
    by: "jsdom",
    put: first(HOME, "wx.getSystemInfoSync();"),
  },
  {
    bug: "a page is listed and its file is missing",
    platform: "weapp",
    by: "jsdom",
    put: (dist) => rmSync(join(dist, "pages/detail/index.js")),
  },
  {
    bug: "a component is not registered",
    platform: "weapp",
    by: "jsdom",
    put: edit("pages/detail/index.json", '"comp":', '"comq":'),
  },
  {
    bug: "requests go to an origin that is not listed",
    platform: "weapp",
    by: "jsdom",
    put: edit("common.js", '"base"', '"bose"'),
  },
  {
    bug: "requests go to an origin that is not listed",
    platform: "alipay",
    by: "jsdom",
    put: edit("common.js", '"base"', '"bose"'),
  },
  {
    bug: "one setData is larger than 64 KB",
    platform: "weapp",
    by: "jsdom",
    put: edit(HOME, escaped("看不见的字"), "x".repeat(70_000)),
  },
  {
    bug: "a stored value is larger than WeChat allows",
    platform: "weapp",
    by: "jsdom",
    put: edit(HOME, 'setStorageSync("token",', 'setStorageSync("token","x".repeat(2e6)+'),
  },
  {
    bug: "a stored value is larger than Alipay allows",
    platform: "alipay",
    by: "jsdom",
    put: edit(HOME, 'setStorageSync("token",', 'setStorageSync("token","x".repeat(3e5)+'),
  },
  {
    bug: "a link leads to a page that does not exist",
    platform: "alipay",
    by: "jsdom",
    put: edit(HOME, "/pages/detail/index", "/pages/detial/index"),
  },
  {
    bug: "an upload does not say its type",
    platform: "alipay",
    by: "jsdom",
    put: edit("pkg/device/index.js", 'fileType:"image"', 'filetype:"image"'),
  },
  {
    bug: "the payment lacks a field",
    platform: "weapp",
    by: "jsdom",
    put: edit("common.js", "requestPayment(", "requestPayment(0*"),
  },
  {
    bug: "a promise is forgotten",
    platform: "weapp",
    by: "jsdom",
    put: first(HOME, 'Promise.reject(new Error("forgotten"));'),
  },
  {
    bug: "something is printed as an error",
    platform: "weapp",
    by: "jsdom",
    put: first(HOME, 'console.error("oops");'),
  },
];

export const PLANTS: Plant[] = [...template, ...styles, ...realm, ...behaviour];
