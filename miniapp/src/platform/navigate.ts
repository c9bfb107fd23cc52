import Taro from "@tarojs/taro";
import routes from "../routes.json";
import { isWeb } from "./env.ts";

export type RouteName = keyof typeof routes;
export type Query = Record<string, string>;
/** Where a tap leads: a page and its question, e.g. `to("notice", { id })`. */
export type Target = { name: RouteName; query?: Query };

export const tabs = ["home", "services", "circle", "me"] as const;
export type TabName = (typeof tabs)[number];

export const to = (name: RouteName, query?: Query): Target => (query ? { name, query } : { name });

const isTab = (name: RouteName): boolean => (tabs as readonly RouteName[]).includes(name);

function queryText(query: Query | undefined): string {
  const parts = Object.entries(query ?? {}).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** The address of a page on the site: what `<a href>` carries. */
export const hrefOf = (target: Target): string => `${routes[target.name].path}${queryText(target.query)}`;

const urlOf = (target: Target): string => `/${routes[target.name].page}${queryText(target.query)}`;

/** Phones keep at most ten pages open; the eleventh replaces the last. */
const deepest = 10;

let left: string | null = null;

/** The address (site) of the page from which the last step was made; home when there was none. */
export const cameFrom = (): string => left ?? hrefOf(to("home"));

export function go(target: Target, how: "push" | "replace" = "push"): void {
  const url = urlOf(target);
  if (isWeb && how === "push") left = `${location.pathname}${location.search}`;
  if (isTab(target.name)) settle(Taro.switchTab({ url: `/${routes[target.name].page}` }));
  else if (how === "replace" || Taro.getCurrentPages().length >= deepest) settle(Taro.redirectTo({ url }));
  else settle(Taro.navigateTo({ url }));
}

/** Back to where the person came from; the home page when this page was opened directly. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) settle(Taro.navigateBack());
  else if (isWeb && history.length > 1) history.back();
  else go(to("home"));
}

/** Ends a page that has done its work: back where the person came from, or on to `target` when nothing of ours lies behind. */
export function finish(target: Target = to("home")): void {
  if (Taro.getCurrentPages().length > 1) settle(Taro.navigateBack());
  else go(target);
}

export function startAgain(target: Target): void {
  settle(Taro.reLaunch({ url: urlOf(target) }));
}

/** The question a page was opened with; values arrive decoded on every platform. */
export function pageQuery(): Query {
  const params = Taro.getCurrentInstance().router?.params ?? {};
  const entries = Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries.map(([key, value]) => [key, decoded(value)]));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    console.warn("address: not a percent-encoded text", error);
    return value;
  }
}

function settle(moving: Promise<unknown>): void {
  moving.catch((error: unknown) => console.warn("navigation did not happen", error));
}
