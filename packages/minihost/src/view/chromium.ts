import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import type { BrowserContext, ElementHandle, Page, Route } from "playwright-core";
import { VIEW_CALL, VIEW_EMIT, type ViewMessage, type WireSelector } from "../client/protocol.ts";
import { mediaType } from "../files.ts";
import type { TabBar } from "../tab-bar.ts";
import { messageOf } from "../values.ts";
import { borrowBrowser, giveBackBrowser } from "./browser.ts";
import { clientBundle } from "./client-bundle.ts";
import type { View, ViewEvents } from "./driver.ts";
import { withTabBar } from "./frame.ts";

const ORIGIN = "http://mini.test";
const SHELL =
  '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"></head><body></body></html>';
/** How long a tap waits for its element to be reachable, in ms. */
const REACH = 2000;

/** Real layout, hit testing, touch input and screenshots. `executable` when Chromium lies in an unusual place. */
export function chromiumView(options: { width?: number; height?: number; executable?: string } = {}): View {
  return new ChromiumView(options.width ?? 390, options.height ?? 844, options.executable);
}

class ChromiumView implements View {
  readonly name = "chromium";
  readonly width: number;
  readonly height: number;
  readonly #executable: string | undefined;
  #context: BrowserContext | undefined;
  #page: Page | undefined;
  #dist = "";
  #below = 0;

  constructor(width: number, height: number, executable: string | undefined) {
    this.width = width;
    this.height = height;
    this.#executable = executable;
  }

  async start(dist: string, events: ViewEvents): Promise<void> {
    this.#dist = dist;
    const script = await clientBundle();
    const browser = await borrowBrowser(this.#executable);
    this.#context = await browser.newContext({
      viewport: { width: this.width, height: this.height },
      deviceScaleFactor: 2,
      isMobile: true,
      hasTouch: true,
      serviceWorkers: "block",
    });
    const page = await this.#context.newPage();
    this.#page = page;
    await page.route("**/*", (route) => this.#serve(route, events).catch((error: unknown) => this.#late(error)));
    await page.exposeFunction(VIEW_EMIT, (json: string) => {
      const message: ViewMessage = JSON.parse(json);
      events.message(message);
    });
    page.on("pageerror", (error) => events.message({ kind: "error", message: error.message }));
    await page.goto(`${ORIGIN}/`);
    await page.evaluate(script);
  }

  async call(name: string, ...args: unknown[]): Promise<unknown> {
    // As text: a test runner may have rewritten functions of this file in ways that a page does not know.
    return this.#open
      .evaluate(`${VIEW_CALL}.call(${JSON.stringify(name)}, ${JSON.stringify(args)})`)
      .catch(rethrowFromPage);
  }

  async tap(selector: WireSelector): Promise<void> {
    const element = await this.#element("touchable", selector);
    await element.tap({ timeout: REACH });
  }

  async type(selector: WireSelector, text: string, settle: () => Promise<void>): Promise<void> {
    const field = await this.#element("nativeField", selector);
    await field.tap({ timeout: REACH });
    await field.selectText({ timeout: REACH });
    await this.#open.keyboard.press("Backspace");
    await settle();
    for (const key of text) {
      await this.#open.keyboard.insertText(key);
      await settle();
    }
  }

  async leaveBelow(height: number): Promise<void> {
    if (this.#below === height) return;
    this.#below = height;
    await this.#open.setViewportSize({ width: this.width, height: this.height - height });
  }

  async screenshot(file: string, fullPage: boolean, bar: TabBar | null): Promise<void> {
    if (!bar) {
      await this.#open.screenshot({ path: file, fullPage });
      return;
    }
    const page = await this.#open.screenshot({ fullPage });
    const frame = await this.#open.context().newPage();
    try {
      await frame.setViewportSize({ width: this.width, height: this.height });
      await frame.setContent(withTabBar(page, bar, this.#dist), { waitUntil: "load" });
      await frame.screenshot({ path: file, fullPage: true });
    } finally {
      await frame.close();
    }
  }

  async stop(): Promise<void> {
    if (!this.#context) return;
    const context = this.#context;
    this.#context = undefined;
    this.#page = undefined;
    await context.close();
    giveBackBrowser();
  }

  get #open(): Page {
    if (!this.#page) throw new Error("the view is not running");
    return this.#page;
  }

  async #element(finder: "touchable" | "nativeField", selector: WireSelector): Promise<ElementHandle<HTMLElement>> {
    const handle = await this.#open
      .evaluateHandle(`${VIEW_CALL}.${finder}(${JSON.stringify(selector)})`)
      .catch(rethrowFromPage);
    const element = handle.asElement();
    if (!element) throw new Error(`there is no element ${JSON.stringify(selector)}`);
    return element as ElementHandle<HTMLElement>;
  }

  /** The view has no network of its own: files of the bundle, files of the phone, and pictures from allowed origins. */
  async #serve(route: Route, events: ViewEvents): Promise<void> {
    const url = route.request().url();
    if (url === `${ORIGIN}/`) return route.fulfill({ contentType: "text/html", body: SHELL });
    const kept = events.file(url);
    if (kept) return route.fulfill({ contentType: kept.type, body: Buffer.from(kept.bytes) });
    if (url.startsWith(`${ORIGIN}/dist/`)) {
      const path = normalize(decodeURIComponent(new URL(url).pathname.slice("/dist/".length)));
      const file = join(this.#dist, path);
      if (path.startsWith("..") || !existsSync(file)) return route.fulfill({ status: 404, body: "" });
      return route.fulfill({ contentType: mediaType(path), body: readFileSync(file) });
    }
    // Fetched outside of the page, which the browser would not let reach a server on this machine.
    const picture = await events.picture(url);
    if (!picture) return route.abort("failed");
    return route.fulfill({ contentType: picture.type, body: Buffer.from(picture.bytes) });
  }

  /** A picture may come when its page has gone. */
  #late(error: unknown): void {
    if (this.#context) throw error;
  }
}

/** The sentence that was thrown in the page, without the driver's words and the page's stack around it. */
function rethrowFromPage(error: unknown): never {
  const [first = ""] = messageOf(error).split("\n");
  throw new Error(first.replace(/^page\.\w+: (Error: )?/, ""));
}
