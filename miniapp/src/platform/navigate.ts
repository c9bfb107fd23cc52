import Taro from "@tarojs/taro";
import routes from "../routes.json";
import { decoded, pageAt, pairs } from "./address.ts";
import { now } from "./clock.ts";
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
  move(url, () => {
    if (isWeb && how === "push") left = `${location.pathname}${location.search}`;
    if (isTab(target.name)) asked = target;
    if (isTab(target.name)) return Taro.switchTab({ url: `/${routes[target.name].page}` });
    if (how === "replace" || Taro.getCurrentPages().length >= deepest) return Taro.redirectTo({ url });
    return Taro.navigateTo({ url });
  });
}

/** Tabs are opened without a question, and may have stood there before: theirs waits here until the tab is shown. */
let asked: Target | null = null;

/** What this tab was asked for by the step that led to it; for its `useDidShow`. */
export function takeAsked(name: TabName): Query {
  const query = asked?.name === name ? asked.query : undefined;
  asked = null;
  return query ?? {};
}

/** Back to where the person came from; the home page when this page was opened directly. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) move(back, () => Taro.navigateBack());
  else if (isWeb && cameFromHere()) history.back();
  else go(to("home"));
}

/** Is the page behind this one (site) ours? Our own steps are counted in the history's state; the first came by a link of ours. */
function cameFromHere(): boolean {
  const state: unknown = history.state;
  const steps = typeof state === "object" && state !== null && "idx" in state ? state.idx : 0;
  if (typeof steps === "number" && steps > 0) return true;
  return history.length > 1 && document.referrer.startsWith(`${location.origin}/`);
}

/** Ends a page that has done its work: back where the person came from, or on to `target` when nothing of ours lies behind. */
export function finish(target: Target = to("home")): void {
  if (Taro.getCurrentPages().length > 1) move(back, () => Taro.navigateBack());
  else go(target);
}

export function startAgain(target: Target): void {
  Taro.reLaunch({ url: urlOf(target) }).catch(notMoved);
}

/** Somebody else is here: nothing of whoever was before stays on any page. `here`: this one page, which has just been opened. */
export function openAnew(target: Target | "here"): void {
  if (target === "here") {
    if (isWeb) location.reload();
  } else if (isWeb) location.replace(hrefOf(target));
  else startAgain(target);
}

/** The question a page was opened with, or with which a scanned code asks for it; values arrive decoded on every platform. */
export function pageQuery(): Query {
  const query = params();
  if (isWeb) return query;
  const scanned = scannedPage(query) ?? handed;
  if (scanned) return isHere(scanned) ? { ...query, ...scanned.query } : query;
  return query.scene ? { ...query, ...sceneQuery(query.scene) } : query;
}

/** What was chosen on this page stays chosen when it is loaded anew (site); null takes it out of the address. */
export function keepInAddress(name: string, value: string | null): void {
  if (!isWeb) return;
  const address = new URL(location.href);
  if (value === null) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  history.replaceState(history.state, "", address);
}

/** A printed code may lead to one page of the app while its address means another: that one is opened over it. */
export function goWhereScanned(): void {
  if (isWeb) return;
  const scanned = scannedPage(params()) ?? handed;
  handed = null;
  if (scanned && !isHere(scanned)) go(scanned);
}

let handed: Target | null = null;
let lastHanded = "";

/** Alipay hands the scanned address to the app, not to its page: kept until a page is there that can lead on. */
export function handScanned(query: Record<string, unknown> | undefined): void {
  const address = typeof query?.qrCode === "string" ? decoded(query.qrCode) : "";
  // Coming back later, the app is told of the same scan again.
  if (address !== lastHanded) handed = pageAt(address);
  lastHanded = address;
}

/** For a page that was there already when the code was scanned. */
export function goWhereHanded(): void {
  const scanned = handed;
  handed = null;
  if (scanned && !isHere(scanned)) go(scanned);
}

function params(): Query {
  const given = Taro.getCurrentInstance().router?.params ?? {};
  const entries = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries.map(([key, value]) => [key, decoded(value)]));
}

/** An ordinary code with an address of our site: WeChat hands the address over as `q`, Alipay as `qrCode`. */
const scannedPage = ({ q, qrCode }: Query): Target | null => pageAt(q ?? qrCode ?? "");

function isHere({ name }: Target): boolean {
  const open = Taro.getCurrentPages();
  return (open[open.length - 1]?.route ?? "").replace(/^\//, "") === routes[name].page;
}

/** WeChat's round codes carry at most 32 letters: `id=…`, or nothing but the id. */
const sceneQuery = (scene: string): Query => (scene.includes("=") ? pairs(scene) : { id: scene });

/** Longer than this no page takes to open: the platform has forgotten to answer. */
const slowestMs = 2_000;
/** Two taps so close are one tap of an unsteady hand. */
const twiceMs = 500;
let last = { url: "", at: 0, done: true, here: "" };

const back = "back";

/** A second quick tap finds the first page still on its way: it leads nowhere. */
function move(url: string, start: () => Promise<unknown>): void {
  const age = now() - last.at;
  if (!last.done && age < slowestMs) return;
  // In a browser the address changes at once and the page is drawn later.
  if (isWeb && url === last.url && url !== back && age < twiceMs && last.here === location.href) return;
  const mine = { url, at: now(), done: false, here: "" };
  last = mine;
  const end = () => {
    mine.done = true;
    if (isWeb) mine.here = location.href;
  };
  start().then(end, (error: unknown) => {
    end();
    notMoved(error);
  });
}

const notMoved = (error: unknown): void => console.warn("navigation did not happen", error);
