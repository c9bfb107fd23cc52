import type { StoredFile } from "./files.ts";
import type { Stack } from "./logic/stack.ts";
import type { Network } from "./network.ts";
import type { Phone } from "./phone.ts";
import type { Storage } from "./storage.ts";
import { tabBarBelow } from "./tab-bar.ts";
import type {
  A11yNode,
  ApiCall,
  CalendarEntry,
  Callable,
  Found,
  LogLine,
  RequestRecord,
  Selector,
  SetDataRecord,
  ShareCard,
  SocketRecord,
  SystemInfo,
  TestFile,
} from "./types.ts";
import { bag } from "./values.ts";
import { wireSelector } from "./view/driver.ts";

/** How long an app may take to become quiet, and how long `waitFor` waits, in ms. */
const PATIENCE = 10_000;

/** What a person does with a phone and sees on it, and what a test may look up afterwards. */
export abstract class Hands {
  readonly #phone: Phone;
  readonly #stack: Stack;

  constructor(phone: Phone, stack: Stack) {
    this.#phone = phone;
    this.#stack = stack;
  }

  /** Everything that must not happen: throws, view errors, foreign syntax, oversized setData. Empty in a clean run. */
  get errors(): readonly string[] {
    return this.#phone.errors;
  }
  get logs(): readonly LogLine[] {
    return this.#phone.logs;
  }
  get requests(): readonly RequestRecord[] {
    return this.#phone.requests;
  }
  get sockets(): readonly SocketRecord[] {
    return this.#phone.socketRecords;
  }
  get setDatas(): readonly SetDataRecord[] {
    return this.#phone.setDatas;
  }
  get calls(): readonly ApiCall[] {
    return this.#phone.calls;
  }
  get shares(): readonly ShareCard[] {
    return this.#phone.shares;
  }
  /** Files that were sent into a chat, with the name that is shown there. */
  get sent(): readonly TestFile[] {
    return this.#phone.sent;
  }
  /** What stands in the phone's calendar. */
  get calendar(): readonly CalendarEntry[] {
    return this.#phone.calendar;
  }
  get storage(): Storage {
    return this.#phone.storage;
  }
  /** Files that outlive the app: give them to the next start, together with the storage. */
  get saved(): StoredFile[] {
    return this.#phone.files.saved;
  }
  get network(): Network {
    return this.#phone.network;
  }
  get system(): SystemInfo {
    return this.#phone.system;
  }
  get clipboard(): string {
    return this.#phone.clipboard;
  }
  /** Is the page still showing that it refreshes? */
  get refreshing(): boolean {
    return this.#phone.refreshing;
  }
  /** The last toast's words, "" when there was none. */
  get toast(): string {
    const { title, content } = bag(this.callsOf("showToast").at(-1)?.args);
    return String(title ?? content ?? "");
  }
  get route(): string {
    return this.#stack.top?.route ?? "";
  }
  /** As the page got it: not decoded. */
  get query(): Record<string, string> {
    return { ...this.#stack.top?.query };
  }
  get title(): string {
    return this.#stack.top?.title ?? "";
  }
  /** Routes of the open pages, the one in front last. */
  get routes(): string[] {
    return this.#stack.pages.map((page) => page.route);
  }

  callsOf(name: string): ApiCall[] {
    return this.#phone.calls.filter((call) => call.name === name);
  }

  /** Replaces a platform API, by its own name. What `answer` returns succeeds, what it throws fails. */
  mock(name: string, answer: Callable): void {
    if (!this.#phone.mockable.has(name)) throw new Error(`there is no "${name}" to mock: give it in apis`);
    this.#phone.mocks.set(name, answer);
  }

  /** Every element that fits, in the page's order. */
  async findAll(selector: Selector): Promise<Found[]> {
    const found = await this.#phone.view.call("query", wireSelector(selector));
    return Array.isArray(found) ? found : [];
  }
  /** The first element that fits, or null. */
  async find(selector: Selector): Promise<Found | null> {
    return (await this.findAll(selector))[0] ?? null;
  }
  /** The visible text of the first element that fits; refuses when there is none. */
  async text(selector: Selector): Promise<string> {
    const found = await this.find(selector);
    if (!found) throw new Error(`there is no element ${JSON.stringify(selector)} on ${this.route}`);
    return found.text;
  }
  /** The whole visible text of the page in front: one line per block. */
  async texts(): Promise<string> {
    return String(await this.#phone.view.call("texts"));
  }
  /** How many elements the page in front has. */
  async nodes(): Promise<number> {
    return Number(await this.#phone.view.call("nodes"));
  }
  /** What a screen reader meets on the page in front. */
  async a11y(): Promise<A11yNode[]> {
    const tree = await this.#phone.view.call("a11y");
    return Array.isArray(tree) ? tree : [];
  }
  async html(): Promise<string> {
    return String(await this.#phone.view.call("html"));
  }

  async tap(selector: Selector): Promise<void> {
    await this.#phone.view.tap(wireSelector(selector));
    await this.idle();
  }
  /** Replaces a field's text, key by key. */
  async type(selector: Selector, text: string): Promise<void> {
    await this.#phone.view.type(wireSelector(selector), text, () => this.idle(8));
    await this.idle();
  }
  /** Presses a key in a field, for example "Enter". */
  async key(selector: Selector, key: string): Promise<void> {
    await this.#view("key", selector, key);
  }
  async blur(selector: Selector): Promise<void> {
    await this.#view("blur", selector);
  }
  /** Picks in a picker, slider or swiper: the value that the component's `change` carries. */
  async choose(selector: Selector, value: unknown): Promise<void> {
    await this.#view("choose", selector, value);
  }
  /** An event that no finger can make, or that takes time: "longpress" (WeChat), "longtap" (Alipay), "touchmove"… */
  async trigger(selector: Selector, type: string, detail: unknown = {}): Promise<void> {
    await this.#view("trigger", selector, type, detail);
  }
  /** Writes a PNG; Chromium only. */
  async screenshot(file: string, { fullPage = false } = {}): Promise<void> {
    await this.#phone.view.screenshot(file, fullPage, tabBarBelow(this.#phone, this.route));
  }

  /** Resolves when nothing has gone on for `quiet` ms: no request, no picture on its way, no drawing, no navigation, no short timer. */
  async idle(quiet = 30): Promise<void> {
    const started = performance.now();
    this.#phone.activity.touch();
    while (performance.now() - started < PATIENCE) {
      await pause(5);
      await this.#stack.settled();
      if (!this.#phone.activity.quiet(quiet)) continue;
      // Messages arrive in order: after this answer nothing of the view is still on its way.
      const loading = await this.#phone.view.call("ping");
      if (loading === 0 && this.#phone.activity.quiet(quiet)) return;
    }
    throw new Error(`the app did not become quiet within ${PATIENCE} ms on ${this.route}`);
  }

  /** Asks until the answer is truthy, and gives it. */
  async waitFor<T>(ask: () => T | Promise<T>, what = "the condition", patience = PATIENCE): Promise<T> {
    const started = performance.now();
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      if (performance.now() - started > patience)
        throw new Error(`waited ${patience} ms in vain for ${what} on ${this.route}`);
      await pause(15);
    }
  }

  async #view(name: string, selector: Selector, ...args: unknown[]): Promise<void> {
    await this.#phone.view.call(name, wireSelector(selector), ...args);
    await this.idle();
  }
}

const pause = (milliseconds: number) => new Promise<void>((go) => setTimeout(go, milliseconds));
