import { resolve } from "node:path";
import { friendlyAnswers } from "./answers.ts";
import { alipayApi } from "./api/alipay.ts";
import { Kit } from "./api/kit.ts";
import { weappApi } from "./api/weapp.ts";
import { readBundle } from "./compile/bundle.ts";
import { mediaType, type StoredFile } from "./files.ts";
import { Hands } from "./hands.ts";
import { Application } from "./logic/application.ts";
import { Inbox } from "./logic/inbox.ts";
import { callLifecycle, lifecycle, type Page } from "./logic/page.ts";
import { watchRejections } from "./logic/rejections.ts";
import { shareCard } from "./logic/share.ts";
import { parseUrl, Stack } from "./logic/stack.ts";
import type { NetworkType } from "./network.ts";
import { Phone } from "./phone.ts";
import { fetchPicture } from "./pictures.ts";
import { Storage } from "./storage.ts";
import { systemInfo } from "./system.ts";
import type { Answers, Bag, Callable, Platform, ShareCard, SystemInfo, TabState } from "./types.ts";
import { bag, describe } from "./values.ts";
import type { View } from "./view/driver.ts";

/** Longer in the background than this and WeChat suspends the app: timers stand still, exchanges are interrupted. Seconds. */
const SUSPENDED_AFTER = 5;

export interface StartOptions {
  /** The built bundle's folder: the one with app.json. */
  dist: string;
  platform: Platform;
  view: View;
  /** Origins that requests, uploads and downloads may go to, as in the vendor's console. */
  allow: string[];
  /** Where allowed origins really answer, as in a hosts file: lets a finished bundle speak to a server on another port. */
  hosts?: Record<string, string>;
  /** What the phone already keeps: values by key, or an earlier host's storage. */
  storage?: Storage | Record<string, unknown>;
  /** Files that the app saved when it ran before: an earlier host's `saved`. */
  saved?: readonly StoredFile[];
  system?: Partial<SystemInfo>;
  /** Where to start, as from a scanned code or a card. Default: the first page. */
  url?: string;
  scene?: number;
  clipboard?: string;
  /** The network at the start; "none" starts without one. Default: "wifi". */
  network?: NetworkType;
  /** "needed": the person has not agreed to the privacy text yet (WeChat). */
  privacy?: "needed" | "agreed";
  on?: Partial<Answers>;
  /** Platform functions by their own name that answer differently already at the start, as `host.mock` does later. */
  mocks?: Record<string, Callable>;
  /** Platform functions that this host does not have; they are put on `wx` or `my` as they are. */
  apis?: Record<string, unknown>;
}

/** One phone with one mini-program on it. Every action waits until the app is quiet again. */
export class MiniHost extends Hands {
  readonly #phone: Phone;
  readonly #stack: Stack;
  readonly #application: Application;
  readonly #inbox: Inbox;
  readonly #forget: () => void;

  /** Starts the app as a phone does: all modules, onLaunch, onShow, the page. Throws when it cannot start at all. */
  static async start(options: StartOptions): Promise<MiniHost> {
    const host = new MiniHost(options);
    try {
      await host.#start(options);
    } catch (error) {
      host.#phone.fail(error);
      await host.stop();
      throw error;
    }
    return host;
  }

  private constructor(options: StartOptions) {
    const { platform, view } = options;
    const phone = new Phone({
      bundle: readBundle(resolve(options.dist), platform),
      view,
      storage: options.storage instanceof Storage ? options.storage : new Storage(options.storage),
      system: systemInfo(platform, view.width, view.height, options.system ?? {}),
      answers: { ...friendlyAnswers(platform), ...options.on },
      allow: options.allow,
      hosts: options.hosts ?? {},
      clipboard: options.clipboard ?? "",
      saved: options.saved ?? [],
      privacyNeeded: options.privacy === "needed",
    });
    phone.network.type = options.network ?? "wifi";
    const stack = new Stack(phone);
    super(phone, stack);
    this.#phone = phone;
    this.#stack = stack;
    this.#application = new Application(phone, stack);
    this.#inbox = new Inbox(phone, stack, this.#application);
    const kit = new Kit(phone);
    phone.api = { ...(platform === "weapp" ? weappApi(kit, stack) : alipayApi(kit, stack)), ...options.apis };
    phone.realm.globals[platform === "weapp" ? "wx" : "my"] = phone.api;
    for (const [name, answer] of Object.entries(options.mocks ?? {})) this.mock(name, answer);
    this.#forget = watchRejections(phone.realm.Promise, (reason) => this.#rejected(reason));
  }

  async #start(options: StartOptions): Promise<void> {
    const phone = this.#phone;
    for (const problem of phone.bundle.problems) phone.fail(problem);
    for (const text of phone.bundle.warnings) phone.log({ level: "warn", text });
    const { route, query } = parseUrl(options.url ?? `/${phone.bundle.routes[0]}`);
    phone.launchOptions = enterOptions(phone.platform, route, query, options.scene ?? 1001);
    phone.enterOptions = phone.launchOptions;
    await phone.view.start(phone.bundle.dist, {
      message: (message) => this.#inbox.take(message),
      file: (url) => {
        const file = phone.files.get(url);
        return file && { bytes: file.bytes, type: mediaType(file.path) };
      },
      picture: (url) => fetchPicture(phone, url),
    });
    await this.#application.load();
    this.#application.launch();
    await this.#stack.launch(route, query);
    await this.idle();
  }

  /** The app leaves the front for so many seconds (no real time passes). After 5 s WeChat suspends it. */
  async background({ seconds = 0 }: { seconds?: number } = {}): Promise<void> {
    this.#stack.hide();
    this.#phone.inBackground = true;
    this.#application.hide();
    if (seconds > SUSPENDED_AFTER) this.#phone.cutSockets("interrupted");
    if (this.#phone.platform === "weapp" && seconds > SUSPENDED_AFTER) {
      this.#phone.realm.timers.sleep();
      this.#phone.network.interrupted = true;
      for (const running of [...this.#phone.running]) running.interrupt();
    }
    await this.idle();
  }

  /**
   * Comes back as it was, or at a url as from a card or a scanned code: then all pages are replaced. An app that is in front
   * leaves it first: nobody opens a card without leaving what they see.
   */
  async foreground(url?: string, scene = url === undefined ? 1001 : 1011): Promise<void> {
    const phone = this.#phone;
    if (!phone.inBackground) await this.background();
    phone.inBackground = false;
    phone.network.interrupted = false;
    phone.realm.timers.wake();
    const target = url === undefined ? { route: this.route, query: this.query } : parseUrl(url);
    phone.enterOptions = enterOptions(phone.platform, target.route, target.query, scene);
    this.#application.show();
    if (url === undefined) await this.#stack.show();
    else await this.#stack.launch(target.route, target.query);
    await this.idle();
  }

  /** Breaks every WebSocket, as a router does that forgets them. */
  async dropSockets(): Promise<void> {
    this.#phone.cutSockets("net::ERR_CONNECTION_RESET");
    await this.idle();
  }

  /** Goes back as with the system's gesture or the arrow at the top. */
  async back(): Promise<void> {
    await this.#stack.go("navigateBack", "");
    await this.idle();
  }

  /** Taps the tab bar, by position or by text. Refuses when no tab bar is in sight. */
  async tab(which: number | string): Promise<void> {
    const index = typeof which === "number" ? which : this.tabs.findIndex((tab) => tab.text === which);
    const tab = this.tabs[index];
    if (!tab) throw new Error(`there is no tab ${which}`);
    if (!this.#stack.isTab(this.route) || !this.#phone.tabBarShown)
      throw new Error(`no tab bar is in sight on ${this.route}`);
    await this.#stack.go("switchTab", `/${tab.route}`);
    const top = this.#stack.top;
    if (top) callLifecycle(this.#phone, top, "onTabItemTap", { index, pagePath: tab.route, text: tab.text });
    await this.idle();
  }

  /** Pulls the page down. Refuses when the page's configuration does not allow it. */
  async pullDown(): Promise<void> {
    const page = this.#top();
    if (page.config.enablePullDownRefresh !== true && page.config.pullRefresh !== true) {
      throw new Error(`${page.route} does not enable pulling down`);
    }
    this.#phone.refreshing = true;
    callLifecycle(this.#phone, page, "onPullDownRefresh");
    await this.idle();
  }

  async reachBottom(): Promise<void> {
    callLifecycle(this.#phone, this.#top(), "onReachBottom");
    await this.idle();
  }

  /** Scrolls the page to a height in pixels; `onPageScroll` is told by the view. */
  async scrollTo(top: number): Promise<void> {
    await this.#phone.view.call("scroll", top);
    await this.idle();
  }

  /** The card of the menu's "send to a friend"; refuses when the page cannot be shared. */
  async share(): Promise<ShareCard> {
    const card = await shareCard(this.#phone, this.#top(), "menu");
    this.#phone.shares.push(card);
    await this.idle();
    return card;
  }
  /** Can the page in front be shared? */
  get shareable(): boolean {
    return lifecycle(this.#top(), "onShareAppMessage") !== undefined;
  }

  get tabs(): readonly TabState[] {
    return this.#phone.tabs;
  }

  /** Ends app and view. What was collected stays readable. */
  async stop(): Promise<void> {
    this.#forget();
    this.#phone.realm.timers.end();
    this.#phone.network.interrupted = true;
    for (const socket of [...this.#phone.sockets]) socket.abandon();
    await this.#phone.view.stop();
  }

  #top(): Page {
    const { top } = this.#stack;
    if (!top) throw new Error("no page is open");
    return top;
  }

  #rejected(reason: unknown): void {
    const phone = this.#phone;
    const listeners = phone.listeners.of("UnhandledRejection");
    const detail = { reason, promise: undefined };
    phone.fail(`unhandled rejection: ${describe(reason)}`);
    for (const callback of listeners) phone.guard(() => callback(detail));
  }
}

function enterOptions(platform: Platform, path: string, query: Bag, scene: number): Bag {
  return { path, query: bag(query), scene: platform === "weapp" ? scene : String(scene), referrerInfo: {} };
}
