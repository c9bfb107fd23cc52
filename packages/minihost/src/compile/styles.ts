import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

const TAGS =
  "view|text|button|input|textarea|image|scroll-view|swiper|swiper-item|icon|label|form|picker|picker-view|switch|checkbox|" +
  "checkbox-group|radio|radio-group|slider|navigator|progress|rich-text|video|map|canvas|web-view|cover-view|cover-image|" +
  "movable-area|movable-view|page-meta|root-portal";
const BEFORE = "(^|[\\s,>+~(])";
const AFTER = "(?=$|[\\s,>+~.:#\\[)])";
const TAG_SELECTOR = new RegExp(`${BEFORE}(${TAGS})${AFTER}`, "g");
const PAGE_SELECTOR = new RegExp(`${BEFORE}page${AFTER}`, "g");

/** Where a style file is: the bundle's folder, the file's path in it without the ending, and that ending (".wxss"). */
export interface StyleFile {
  dist: string;
  base: string;
  extension: string;
  problem(message: string): void;
}

/** Turns a style file into what a browser understands: imports inlined, rpx as a share of the width, tags renamed. */
export function browserStyles(source: string, file: StyleFile): string {
  const inlined = source.replace(/@import\s+(?:url\()?["']([^"']+)["']\)?\s*;?/g, (_all, target: string) =>
    importedStyles(target, file),
  );
  return inlined
    .replace(/(-?[\d.]+)rpx\b/g, (_all, amount: string) => `calc(${amount} * 100vw / 750)`)
    .replace(/([^{}]+)\{/g, (rule, selector: string) => (isSelector(selector) ? `${renamed(selector)}{` : rule));
}

function importedStyles(target: string, file: StyleFile): string {
  const path = target.startsWith("/") ? target.slice(1) : posix.join(posix.dirname(file.base), target);
  const onDisk = join(file.dist, path);
  if (!existsSync(onDisk)) {
    file.problem(`${file.base}${file.extension}: imports "${target}", which is not there`);
    return "";
  }
  return browserStyles(readFileSync(onDisk, "utf8"), { ...file, base: path.slice(0, -file.extension.length) });
}

const isSelector = (text: string) => !/@|^\s*(from|to|[\d.]+%)/.test(text);
const renamed = (selector: string) => selector.replace(TAG_SELECTOR, "$1wx-$2").replace(PAGE_SELECTOR, "$1.wx-page");
