/** Browsers for the walks: a visit is one person's phone or desk, with everything that went wrong on its pages. */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { type Browser, type BrowserContext, chromium, type Locator, type Page, type Request } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFailed } from "vitest";
import { type County, openCounty, screens } from "./county.ts";

const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

async function openBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}: install it or set CHROMIUM`);
  return chromium.launch({ executablePath, args: flags.split(" ") });
}

/** A county and a browser for the walks of one file: opened before its tests, closed after them. */
export function aWalk() {
  let here: [County, Browser] | null = null;
  const open = () => {
    if (!here) throw new Error("the county opens before the tests");
    return here;
  };
  beforeAll(async () => {
    here = await Promise.all([openCounty(), openBrowser()]);
  });
  afterAll(async () => {
    const [county, browser] = here ?? [];
    await browser?.close();
    await county?.close();
  });
  return {
    county: () => open()[0],
    visit(options: VisitOptions = {}) {
      const [county, browser] = open();
      return visit(browser, county, options);
    },
  };
}

export type VisitOptions = {
  /** Signed in by phone already; with the second factor when the person has one. */
  as?: string;
  desk?: boolean;
  width?: number;
  height?: number;
  scale?: number;
  userAgent?: string;
  scripts?: boolean;
  skin?: 0 | 1 | 2;
};

export type Visit = {
  context: BrowserContext;
  page: Page;
  /** Console errors, uncaught faults and refused loads so far. */
  problems: string[];
  open(address: string): Promise<void>;
  close(): Promise<void>;
};

const noNetwork = "no network";

/** Takes the network away, or gives it back. Some versions of Chromium forget with each document that they are to know of it. */
export async function network({ context, page }: Visit, on: boolean): Promise<void> {
  const forgot = await page.evaluate(
    (word) => {
      window.name = word;
      return Reflect.get(Navigator.prototype, "onLine", navigator) as boolean;
    },
    on ? "" : noNetwork,
  );
  await context.setOffline(!on);
  // Nothing has changed for it, so it tells the page nothing.
  if (on && forgot) await page.evaluate(() => dispatchEvent(new Event("online")));
}

let at = 1;
type State = Awaited<ReturnType<BrowserContext["storageState"]>>;
const known = new WeakMap<County, Map<string, State>>();

async function visit(browser: Browser, county: County, options: VisitOptions): Promise<Visit> {
  const { width = options.desk ? 1280 : 390, height = options.desk ? 900 : 844, scripts = true } = options;
  const state =
    options.as === undefined ? undefined : await signedIn(browser, county, options.as, options.desk ?? false);
  const context = await browser.newContext({
    baseURL: county.url,
    viewport: { width, height },
    deviceScaleFactor: options.scale ?? 1,
    isMobile: !options.desk,
    hasTouch: !options.desk,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
    ...(options.userAgent ? { userAgent: options.userAgent } : {}),
    ...(state ? { storageState: state } : {}),
  });
  context.setDefaultTimeout(10_000);
  await context.addInitScript((word) => {
    if (window.name === word) Object.defineProperty(navigator, "onLine", { get: () => false });
  }, noNetwork);
  if (options.skin) {
    // As the switch on the home page leaves it: on the phone and in the word for the site's server.
    const cookie = { name: "skin", value: `${options.skin}`, url: county.url };
    await context.addCookies([cookie]);
    await context.addInitScript((skin) => {
      if (localStorage.getItem("skin") === null) localStorage.setItem("skin", JSON.stringify({ data: skin }));
    }, options.skin);
  }
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (said) => {
    // The platforms' own pages are not ours to keep quiet.
    const { url } = said.location();
    if (said.type() === "error" && (url === "" || url.startsWith(county.url)))
      problems.push(`${new URL(page.url()).pathname}: ${said.text()} (${url})`);
  });
  page.on("pageerror", (fault) => problems.push(`${new URL(page.url()).pathname}: ${fault.message}`));
  onTestFailed(async ({ task }) => {
    mkdirSync(path.join(screens, "failed"), { recursive: true });
    const file = path.join(screens, `failed/${task.name.slice(0, 60).replaceAll("/", "-")} ${at++}.png`);
    await page.screenshot({ path: file }).catch((fault: unknown) => problems.push(String(fault)));
    console.log([`${page.url()} is in ${file}`, ...problems].join("\n  "));
  });
  const asked = new Set<Request>();
  const listening = new Set<() => void>();
  const answered = () => new Promise<void>((resolve) => listening.add(resolve));
  page.on("request", (one) => one.url().includes("/trpc/") && asked.add(one));
  for (const end of ["requestfinished", "requestfailed"] as const)
    page.on(end as "requestfinished", (one) => {
      if (!asked.delete(one)) return;
      for (const tell of listening) tell();
      listening.clear();
    });
  return {
    context,
    page,
    problems,
    async open(address) {
      await page.goto(address);
      if (!scripts) return;
      await ready(page);
      // Who is here is known, and what follows from it is asked and drawn.
      do {
        while (asked.size > 0) await answered();
        await drawn(page);
      } while (asked.size > 0);
      await ready(page);
    },
    close: () => context.close(),
  };
}

/** Three frames later: what came is drawn, and what follows from it is asked. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
}

/** The app has taken over and nothing is being asked. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const over = document.documentElement.classList.contains("first");
    const main = document.querySelector("#app main, #root main");
    const busy = document.querySelector("#app [role=status][aria-label^=正在读取], #root .ant-skeleton");
    return !over && main !== null && busy === null;
  });
}

/** Signs in over the API as the page would, once for a person. */
async function signedIn(browser: Browser, county: County, phone: string, desk: boolean): Promise<State> {
  const states = known.get(county) ?? new Map<string, State>();
  known.set(county, states);
  const name = `${phone} ${desk}`;
  const before = states.get(name);
  if (before) return before;
  const context = await browser.newContext({ baseURL: county.url });
  const post = async (procedure: string, data: object) => {
    const headers = { "x-client": `${desk ? "desk" : "web"}/1.0.0`, origin: county.url };
    const answer = await context.request.post(`/trpc/${procedure}`, { data, headers });
    if (!answer.ok()) throw new Error(`${procedure} for ${phone}: ${await answer.text()}`);
    return (await answer.json()) as { result: { data: { me?: { enrolled: boolean; strong: boolean } } } };
  };
  const messages = county.messages(phone);
  await post("signIn.requestCode", { phone, consent: privacyVersion });
  const code = await county.codeOn(phone, messages);
  const { result } = await post("signIn.withCode", { phone, code, consent: privacyVersion, desk });
  if (result.data.me?.enrolled && !result.data.me.strong)
    await post("signIn.second", { digits: await county.digits(phone) });
  const state = await context.storageState();
  await context.close();
  states.set(name, state);
  return state;
}

/** What is shown with these words; pages behind the current one are not. */
export const text = (page: Page | Locator, words: string | RegExp): Locator =>
  page.getByText(words).filter({ visible: true }).first();
export const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole("button", { name }).first();
export const link = (page: Page | Locator, name: string | RegExp): Locator => page.getByRole("link", { name }).first();
export const field = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole("textbox", { name }).first();
export const select = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole("combobox", { name }).first();
export const heading = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole("heading", { name }).first();

export const sees = (page: Page | Locator, words: string | RegExp): Promise<void> => text(page, words).waitFor();

/** The desk and the site log nothing and refuse nothing when all goes well. */
export const quiet = (...visits: Visit[]): void => expect(visits.flatMap(({ problems }) => problems)).toEqual([]);

/** The whole page as it would be scrolled through, into the ignored folder: for people; nothing is judged by it. */
export async function picture(page: Page, folder: string, name: string): Promise<void> {
  if (process.env["PICTURES"] === "no") return;
  const dir = path.join(screens, folder);
  mkdirSync(dir, { recursive: true });
  const { width, height } = page.viewportSize() ?? { width: 390, height: 844 };
  const long = await page.evaluate(() =>
    Math.max(
      document.body.scrollHeight,
      ...[...document.querySelectorAll(".taro_page, main, #first")].map((el) => el.scrollHeight),
    ),
  );
  await page.setViewportSize({ width, height: Math.min(Math.max(height, long), 4000) });
  await page.screenshot({ path: path.join(dir, `${name}.png`) });
  await page.setViewportSize({ width, height });
}
