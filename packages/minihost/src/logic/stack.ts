import { posix } from "node:path";
import type { Phone } from "../phone.ts";
import { BAR_HEIGHT, tabBarBelow } from "../tab-bar.ts";
import type { Bag } from "../types.ts";
import { callIfThere } from "../values.ts";
import { callLifecycle, drawPage, makePage, type Page } from "./page.ts";

/** Both platforms keep at most ten pages open. */
const DEEPEST = 10;

export type Navigation = "navigateTo" | "redirectTo" | "reLaunch" | "switchTab" | "navigateBack";

/** Splits a url into route and query. Values stay as they are written: WeChat hands them undecoded to `onLoad`. */
export function parseUrl(url: string, from = ""): { route: string; query: Record<string, string> } {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  const route = path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(from), path);
  const query: Record<string, string> = {};
  for (const pair of mark < 0 ? [] : url.slice(mark + 1).split("&")) {
    const equals = pair.indexOf("=");
    if (pair !== "") query[equals < 0 ? pair : pair.slice(0, equals)] = equals < 0 ? "" : pair.slice(equals + 1);
  }
  return { route: route.replace(/\.html$/, ""), query };
}

/** The pages that are open, one above the other, and the tab pages that wait beside them. */
export class Stack {
  readonly #phone: Phone;
  readonly #definitions = new Map<string, Bag>();
  readonly #waitingTabs = new Map<string, Page>();
  #pages: Page[] = [];
  #queue: Promise<unknown> = Promise.resolve();
  #lastId = 0;

  constructor(phone: Phone) {
    this.#phone = phone;
  }

  define(route: string, definition: Bag): void {
    this.#definitions.set(route, definition);
  }
  get pages(): readonly Page[] {
    return this.#pages;
  }
  get top(): Page | undefined {
    return this.#pages.at(-1);
  }
  /** An open or waiting page by its id. */
  find(id: number): Page | undefined {
    return [...this.#pages, ...this.#waitingTabs.values()].find((page) => page.id === id);
  }
  /** Resolves when no page is on its way. */
  async settled(): Promise<void> {
    await this.#queue;
  }
  isTab(route: string): boolean {
    return this.#phone.bundle.tabs.some((tab) => tab.route === route);
  }

  /** One navigation after the other. Rejects with the platform's words when it is not allowed. */
  go(kind: Navigation, url: string, delta = 1): Promise<void> {
    const done = this.#queue.then(() => (kind === "navigateBack" ? this.#back(delta) : this.#goTo(kind, url)));
    this.#queue = done.catch(() => {});
    return done;
  }

  async #goTo(kind: Exclude<Navigation, "navigateBack">, url: string): Promise<void> {
    const { route, query } = parseUrl(url, this.top?.route);
    if (!this.#phone.bundle.routes.includes(route)) throw new Error(`page "${route}" is not found`);
    const tab = this.isTab(route);
    if (kind === "switchTab" && !tab) throw new Error("can not switch to no-tabBar page");
    if (tab && (kind === "navigateTo" || kind === "redirectTo")) throw new Error(`can not ${kind} a tabbar page`);
    if (kind === "navigateTo" && this.#pages.length >= DEEPEST)
      throw new Error(`webview count limit exceed: ${DEEPEST}`);
    if (kind === "switchTab") return this.#switch(route);
    if (kind === "navigateTo") this.hide();
    if (kind === "redirectTo") await this.#closeTop();
    if (kind === "reLaunch") await this.closeAll();
    await this.#open(route, query);
  }

  /** Tab pages are not closed when another tab is chosen: they wait, keep their state, and are shown again. */
  async #switch(route: string): Promise<void> {
    while (this.#pages.length > 1) await this.#closeTop();
    const [bottom] = this.#pages;
    if (bottom?.route === route) return this.show();
    if (bottom && this.isTab(bottom.route)) {
      this.hide();
      this.#waitingTabs.set(bottom.route, bottom);
      this.#pages = [];
    } else if (bottom) await this.#closeTop();
    const waiting = this.#waitingTabs.get(route);
    if (!waiting) return this.#open(route, {});
    this.#waitingTabs.delete(route);
    this.#pages = [waiting];
    await this.show();
  }

  async #back(delta: number): Promise<void> {
    const count = Math.min(delta, this.#pages.length - 1);
    if (count < 1) throw new Error("cannot navigate back at first page");
    for (let i = 0; i < count; i++) await this.#closeTop();
    await this.show();
  }

  async #open(route: string, query: Record<string, string>): Promise<void> {
    const definition = this.#definitions.get(route);
    if (!definition) throw new Error(`page "${route}" did not call Page()`);
    const page = makePage(this.#phone, ++this.#lastId, route, query, definition);
    this.#pages.push(page);
    await drawPage(this.#phone, page);
    callLifecycle(this.#phone, page, "onLoad", query);
    page.opened = true;
    await this.show();
    const end = this.#phone.activity.begin();
    setTimeout(() => {
      callLifecycle(this.#phone, page, "onReady");
      end();
    }, 0);
  }

  /** Brings the top page to the person's eyes, if it is not there already. */
  async show(): Promise<void> {
    const page = this.top;
    if (!page) return;
    await this.#phone.view.call("showPage", page.id);
    await this.layOut();
    if (page.shown || !page.opened || this.#phone.inBackground) return;
    page.shown = true;
    callLifecycle(this.#phone, page, "onShow");
  }
  /** Gives the page the room that the tab bar leaves. */
  async layOut(): Promise<void> {
    const bar = tabBarBelow(this.#phone, this.top?.route ?? "");
    await this.#phone.view.leaveBelow(bar ? BAR_HEIGHT : 0);
  }
  hide(): void {
    const page = this.top;
    if (!page?.shown) return;
    page.shown = false;
    callLifecycle(this.#phone, page, "onHide");
  }

  async #closeTop(): Promise<void> {
    const page = this.#pages.pop();
    if (page) await this.#close(page);
  }
  async closeAll(): Promise<void> {
    const all = [...this.#pages.reverse(), ...this.#waitingTabs.values()];
    this.#pages = [];
    this.#waitingTabs.clear();
    for (const page of all) await this.#close(page);
  }
  async #close(page: Page): Promise<void> {
    page.shown = false;
    callLifecycle(this.#phone, page, "onUnload");
    await this.#phone.view.call("closePage", page.id);
  }

  /** Starts at a url, as from a scanned code or a share card; an unknown page is told to the app. */
  async launch(route: string, query: Record<string, string>): Promise<void> {
    if (this.#phone.bundle.routes.includes(route)) {
      this.#queue = this.#queue.then(() => this.closeAll()).then(() => this.#open(route, query));
      await this.#queue;
      return;
    }
    const detail = { path: route, query, isEntryPage: true };
    const heard =
      typeof this.#phone.app.onPageNotFound === "function" || this.#phone.listeners.of("PageNotFound").length > 0;
    if (!heard) this.#phone.fail(`page "${route}" is not found, and the app has no onPageNotFound`);
    this.#phone.guard(() => callIfThere(this.#phone.app, "onPageNotFound", this.#phone.realm.adopt(detail)));
    this.#phone.tell("PageNotFound", detail);
  }
}
