import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let running: Promise<Browser> | undefined;
let users = 0;

/** One Chromium for all views of this process. Every `borrow` is followed by one `giveBack`. */
export function borrowBrowser(executable?: string): Promise<Browser> {
  users++;
  running ??= launch(executable);
  return running;
}

/** Chromium ends a moment after the last view did, so that a row of tests shares one. */
export function giveBackBrowser(): void {
  users--;
  if (users > 0) return;
  setTimeout(() => {
    if (users > 0) return;
    const ending = running;
    running = undefined;
    void ending?.then((browser) => browser.close());
  }, 2000).unref();
}

async function launch(executable: string | undefined): Promise<Browser> {
  const executablePath = executable ?? process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath)
    throw new Error(`no Chromium found at ${PLACES.join(", ")}: install the package chromium, or name one in CHROMIUM`);
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}
