import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { TmplGroup } from "glass-easel-template-compiler";
import type { Bag, Platform } from "../types.ts";
import { bag, isBag } from "../values.ts";
import { rewriteMarkup, sjsToWxs } from "./markup.ts";
import { browserStyles } from "./styles.ts";

const ENDINGS = {
  weapp: { template: ".wxml", script: ".wxs", style: ".wxss" },
  alipay: { template: ".axml", script: ".sjs", style: ".acss" },
} as const;

/** What Taro's own templates draw from the compiler: an id on <block>, a handler given twice. */
const HARMLESS = new Set(["invalid attribute", "duplicated attribute"]);

/** In code or in a text that becomes a pattern. */
const LOOK_BEHIND = /\(\?<[=!]/;

export interface Tab {
  route: string;
  text: string;
  /** Paths in the bundle, "" when there is none. */
  icon: string;
  selectedIcon: string;
}

/** A built mini-program, read from disk and made ready for the view. Nothing of its JavaScript has run yet. */
export interface Bundle {
  dist: string;
  platform: Platform;
  /** Source of the compiled templates: an expression that yields template groups by path. */
  templates: string;
  /** Browser styles by path without ending; "app" applies to every page. */
  styles: Record<string, string>;
  /** The json files by path without ending. */
  configs: Record<string, Bag>;
  app: Bag;
  /** Every page, those of subpackages too, without a leading slash. */
  routes: string[];
  /** Where the sub-packages lie, without slashes at the ends. */
  roots: string[];
  tabs: Tab[];
  /** What would silently not work on a phone. */
  problems: string[];
  /** What the template compiler finds odd. */
  warnings: string[];
}

/** The last bundle of each folder and platform: many phones of a process start from the same. */
const known = new Map<string, { print: string; bundle: Bundle }>();

/** Reads `dist` (a folder that holds app.json) when a file of it has changed. Throws when it is not a mini-program of that platform. */
export function readBundle(dist: string, platform: Platform): Bundle {
  const files = filesBelow(dist);
  const print = files
    .map((file) => {
      const { ino, size, mtimeMs, ctimeMs } = statSync(file);
      return `${file} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
    })
    .join("\n");
  const before = known.get(`${platform} ${dist}`);
  if (before?.print === print) return before.bundle;
  const names = files.map((file) => relative(dist, file).split(sep).join("/"));
  const bundle = compiled(dist, platform, names);
  known.set(`${platform} ${dist}`, { print, bundle });
  return bundle;
}

function compiled(dist: string, platform: Platform, files: string[]): Bundle {
  const ending = ENDINGS[platform];
  const problems: string[] = [];
  const warnings: string[] = [];
  const problem = (message: string) => void problems.push(message);
  const text = (file: string) => readFileSync(join(dist, file), "utf8");

  const configs: Record<string, Bag> = {};
  for (const file of files.filter((f) => f.endsWith(".json"))) {
    const parsed: unknown = JSON.parse(text(file));
    if (isBag(parsed)) configs[file.slice(0, -5)] = parsed;
  }
  const app = configs.app;
  if (!app) throw new Error(`${dist} holds no app.json: build the mini-program first`);
  if (!files.some((f) => f.endsWith(ending.template))) throw new Error(`${dist} holds no ${ending.template} file`);

  const custom = new Set(Object.values(configs).flatMap((config) => Object.keys(bag(config.usingComponents))));
  const styles: Record<string, string> = {};
  const group = new TmplGroup();
  for (const file of files) {
    const base = file.slice(0, file.lastIndexOf("."));
    if (file.endsWith(ending.template)) {
      const faults: unknown = group.addTmpl(base, rewriteMarkup(text(file), file, { platform, custom, problem }));
      for (const fault of Array.isArray(faults) ? faults.map(bag) : []) {
        const list = HARMLESS.has(String(fault.message)) ? warnings : problems;
        list.push(`${file}: ${fault.message}, line ${Number(fault.startLine) + 1}`);
      }
    } else if (file.endsWith(ending.script)) {
      group.addScript(base, platform === "alipay" ? sjsToWxs(text(file)) : text(file));
    } else if (file.endsWith(ending.style)) {
      styles[base] = browserStyles(text(file), { dist, base, extension: ending.style, problem });
    }
  }
  for (const file of files.filter((name) => name.endsWith(".js"))) {
    if (LOOK_BEHIND.test(text(file)))
      problem(`${file}: a pattern looks behind ("(?<=" or "(?<!"), and iOS before 16.4 cannot even read such a file`);
  }
  const templates = group.getTmplGenObjectGroups();
  group.free();
  return {
    dist,
    platform,
    templates,
    styles,
    configs,
    app,
    routes: routesOf(app),
    roots: packagesOf(app).map(({ root }) => root),
    tabs: tabsOf(app),
    problems,
    warnings,
  };
}

/** Custom components that `config` of the file at `base` uses: tag name → path without ending. */
export function componentsOf(base: string, config: Bag): Record<string, string> {
  const used: Record<string, string> = {};
  for (const [tag, target] of Object.entries(bag(config.usingComponents))) {
    if (typeof target !== "string" || /^(dynamic-)?plugin:/.test(target)) continue;
    used[tag] = target.startsWith("/") ? target.slice(1) : posix.join(posix.dirname(base), target);
  }
  return used;
}

function routesOf(app: Bag): string[] {
  const sub = packagesOf(app).flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`));
  return [...strings(app.pages), ...sub];
}

function packagesOf(app: Bag): Array<{ root: string; pages: string[] }> {
  const packages = [app.subPackages, app.subpackages].flatMap((list) => (Array.isArray(list) ? list : []));
  return packages
    .filter(isBag)
    .map(({ root, pages }) => ({ root: String(root).replace(/^\/|\/$/g, ""), pages: strings(pages) }));
}

function tabsOf(app: Bag): Tab[] {
  const bar = bag(app.tabBar);
  const list = Array.isArray(bar.list) ? bar.list : Array.isArray(bar.items) ? bar.items : [];
  return list.filter(isBag).map((tab) => ({
    route: String(tab.pagePath),
    text: String(tab.text ?? tab.name ?? ""),
    icon: String(tab.iconPath ?? tab.icon ?? ""),
    selectedIcon: String(tab.selectedIconPath ?? tab.activeIcon ?? tab.iconPath ?? tab.icon ?? ""),
  }));
}

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
