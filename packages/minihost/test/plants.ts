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

const on =
  (platform: Platform) =>
  (bug: string, says: RegExp, put: Plant["put"], by: Plant["by"] = "jsdom"): Plant => ({
    bug,
    platform,
    by,
    says,
    put,
  });
const weapp = on("weapp");
const alipay = on("alipay");

const HOME = "pages/index/index.js";
const template: Plant[] = [
  weapp("a tap handler is misspelt", /数 0/, edit("base.wxml", 'bindtap="eh"', 'bindtap="ehh"')),
  weapp("a text binding is lost", /expected ''/, edit("base.wxml", "{{i.v}}", "")),
  weapp("the WXS helper names other templates", /no element .*加一/, edit("utils.wxs", "'tmpl_'", "'tmp_'")),
  weapp("a tag is not closed", /missing end tag/, edit("base.wxml", "</button>", "")),
  weapp("the template for deep nesting is broken", /no element "#deep"/, edit("comp.wxml", "i.nn", "i.mm")),
  weapp(
    "names for the screen reader are lost",
    /no element .*label.*加一/,
    edit("base.wxml", " aria-label=", " data-label="),
  ),
  alipay(
    "names for the screen reader are lost",
    /no element .*label.*加一/,
    editTemplates(" aria-label=", " data-label="),
  ),
  alipay("WeChat's syntax is in AXML", /WeChat's attribute "bindtap"/, editTemplates('onTap="eh"', 'bindtap="eh"')),
  weapp("Alipay's syntax is in WXML", /Alipay's attribute "onTap"/, edit("base.wxml", 'bindtap="eh"', 'onTap="eh"')),
  alipay("taps are bound to nothing", /数 0/, editTemplates(' onTap="eh"', "")),
  alipay("a:for is misspelt", /invalid attribute prefix/, editTemplates("a:for=", "a:fro=")),
  alipay("the SJS helper names other templates", /no element .*加一/, edit("utils.sjs", "'tmpl_'", "'tmp_'")),
];

const styles: Plant[] = [
  weapp(
    "an invisible overlay eats taps",
    /intercepts pointer events/,
    last("app.wxss", '.page::after{content:"";position:fixed;top:0;left:0;right:0;bottom:0}'),
    "chromium",
  ),
  alipay(
    "buttons stand outside the screen",
    /outside of the viewport/,
    last("app.acss", ".btn{position:fixed;left:-9999px}"),
    "chromium",
  ),
  weapp(
    "buttons let taps through",
    /intercepts pointer events/,
    last("app.wxss", ".btn{pointer-events:none}"),
    "chromium",
  ),
  alipay(
    "buttons are shrunk to nothing",
    /not visible|intercepts pointer events/,
    last("app.acss", ".btn{height:0;overflow:hidden;border:0;padding:0}"),
    "chromium",
  ),
  alipay("buttons are display: none", /no element .*加一/, last("app.acss", ".btn{display:none}")),
  weapp(
    "a stylesheet imports a file that is not there",
    /gone\.wxss", which is not there/,
    last("app.wxss", '@import "./gone.wxss";'),
  ),
  weapp(
    "a style rule is not closed",
    /app\.wxss.*unexpected/,
    last("app.wxss", ".x{color:red;}}}.y{"),
    "wechat's compilers",
  ),
];

const needs: Array<[what: string, says: RegExp, code: string]> = [
  ["URL", /URL is not defined/, 'new URL("http://a/");'],
  ["localStorage", /localStorage is not defined/, 'localStorage.getItem("a");'],
  ["new Function", /Code generation from strings disallowed/, 'new Function("return 1")();'],
  ["Intl", /Intl is not defined/, "new Intl.NumberFormat();"],
  ["AbortController", /AbortController is not defined/, "new AbortController();"],
  ["a method that old phones lack", /at is not a function/, "[1].at(-1);"],
  ["a look behind in a pattern", /looks behind/, '/(?<=a)b/.test("ab");'],
  [
    "numbers in the words of a place",
    /1234\.5 is not/,
    'if((1234.5).toLocaleString("zh-CN")!=="1,234.5")throw new Error((1234.5).toLocaleString("zh-CN")+" is not 1,234.5");',
  ],
  ["an API that does not exist", /fooBar is not a function/, "wx.fooBar();"],
];
const realm = needs.map(([what, says, code]) => weapp(`code needs ${what}`, says, first(HOME, code)));

const behaviour: Plant[] = [
  alipay("wx is called in the Alipay bundle", /wx is not defined/, first(HOME, "wx.getSystemInfoSync();")),
  weapp("a page is listed and its file is missing", /pages\/detail\/index\.js' is not defined/, (dist) =>
    rmSync(join(dist, "pages/detail/index.js")),
  ),
  weapp("a component is not registered", /no element "#deep"/, edit("pages/detail/index.json", '"comp":', '"comq":')),
  weapp("requests go to an origin that is not listed", /url not in domain list/, edit("common.js", '"base"', '"bose"')),
  alipay(
    "requests go to an origin that is not listed",
    /url not in domain list/,
    edit("common.js", '"base"', '"bose"'),
  ),
  weapp("one setData is larger than 64 KB", /largest setData/, edit(HOME, escaped("看不见的字"), "x".repeat(70_000))),
  weapp(
    "a stored value is larger than WeChat allows",
    /entry size limit reached/,
    edit(HOME, 'setStorageSync("token",', 'setStorageSync("token","x".repeat(2e6)+'),
  ),
  alipay(
    "a stored value is larger than Alipay allows",
    /"status":401/,
    edit(HOME, 'setStorageSync("token",', 'setStorageSync("token","x".repeat(3e5)+'),
  ),
  alipay(
    "a link leads to a page that does not exist",
    /detial.* is not found/,
    edit(HOME, "/pages/detail/index", "/pages/detial/index"),
  ),
  alipay(
    "an upload does not say its type",
    /fileType should b/,
    edit("pkg/device/index.js", 'fileType:"image"', 'filetype:"image"'),
  ),
  weapp(
    "headers stand in an option of another name",
    /HTTP 401|no element .*#who/,
    edit("common.js", "header:", "headers:"),
  ),
  weapp("a second listener to the privacy question replaces the first", /no element .*#agree/, (dist) => {
    const name = "wx.onNeedPrivacyAuthorization(";
    const files = ["common.js", "pkg/device/index.js"];
    const file = files.find((one) => readFileSync(join(dist, one), "utf8").includes(name)) ?? "";
    edit(file, name, `setTimeout(function(){${name}function(){})},0),${name}`)(dist);
  }),
  weapp(
    "a sub-package requires the code of another package",
    /module 'pkg\/device\/index\.js' is not defined/,
    first(HOME, 'require("../../pkg/device/index.js");'),
  ),
  weapp(
    "the payment lacks a field",
    /requestPayment:fail parameter erro/,
    edit("common.js", "requestPayment(", "requestPayment(0*"),
  ),
  weapp(
    "a promise is forgotten",
    /unhandled rejection: Error: forgotten/,
    first(HOME, 'Promise.reject(new Error("forgotten"));'),
  ),
  weapp("something is printed as an error", /console\.error: oops/, first(HOME, 'console.error("oops");')),
];

export const PLANTS: Plant[] = [...template, ...styles, ...realm, ...behaviour];
